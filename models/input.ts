import { setup } from "xstate";
import type { Comparison, MachineEvent } from "./description.ts";

type InputEvent = { type: "overLimit" } | { type: "underLimit" } | { type: "append" };

/** An input plugin: it makes chunks, and may be paused while memory is full. */
export const inputMachine = setup({
  types: {
    context: {} as { readonly pauseOnChunksOverlimit: boolean },
    events: {} as InputEvent,
    input: {} as { readonly pauseOnChunksOverlimit: boolean },
  },
  guards: { pausesOnChunksOverlimit: ({ context }) => context.pauseOnChunksOverlimit },
  actions: { appendRecords: () => undefined },
}).createMachine({
  id: "input",
  context: ({ input }) => ({ pauseOnChunksOverlimit: input.pauseOnChunksOverlimit }),
  initial: "running",
  states: {
    running: {
      description: "Makes chunks.",
      on: {
        append: {
          actions: "appendRecords",
          description: "flb_input_chunk.c::flb_input_chunk_append_raw",
        },
        overLimit: {
          guard: "pausesOnChunksOverlimit",
          target: "paused",
          description:
            "flb_input_chunk.c::flb_input_chunk_protect: storage.pause_on_chunks_overlimit",
        },
      },
    },
    paused: {
      description: "Refuses records (storage buf overlimit).",
      on: {
        underLimit: {
          target: "running",
          description: "flb_input_chunk.c::flb_input_chunk_set_limits",
        },
      },
    },
  },
});

/** Every event of the input machine. */
export const inputEvents: readonly MachineEvent[] = [
  { type: "overLimit" },
  { type: "underLimit" },
  { type: "append" },
];

/** When the input is over the limit: as many chunks are in memory as may be. */
export const overLimit: Comparison = {
  quantity: { total: "up" },
  relation: ">=",
  bound: { constant: 0, maxChunksUp: 1 },
};
