import { setup } from "xstate";
import type { MachineEvent } from "./description.ts";

type ChargeEvent = { type: "charge" } | { type: "release" };

/** Whether a chunk is charged to an output's `storage.total_limit_size`: a bit of its routes mask. */
export const chargeMachine = setup({ types: { events: {} as ChargeEvent } }).createMachine({
  id: "charge",
  initial: "free",
  states: {
    free: {
      description: "Not counted for the output.",
      on: {
        charge: {
          target: "charged",
          description: "flb_input_chunk.c::flb_input_chunk_update_output_instances",
        },
      },
    },
    charged: {
      description: "Counted in the output's fs_chunks_size.",
      on: {
        release: {
          target: "free",
          description: "flb_input_chunk.c::flb_input_chunk_release_space",
        },
      },
    },
  },
});

/** Every event of the charge machine. */
export const chargeEvents: readonly MachineEvent[] = [{ type: "charge" }, { type: "release" }];
