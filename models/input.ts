import { setup } from "xstate";
import type { MachineEvent } from "./description.ts";

type InputEvent =
  { type: "append" } | { type: "protect" } | { type: "setLimits" } | { type: "restart" };

/** An input plugin: it makes chunks, and is paused by a latch. */
export const inputMachine = setup({
  types: { events: {} as InputEvent },
  actions: { appendRecords: () => undefined, startAgain: () => undefined },
}).createMachine({
  id: "input",
  initial: "running",
  states: {
    running: {
      description: "Makes chunks.",
      on: {
        append: {
          actions: "appendRecords",
          description: "flb_input_chunk.c::flb_input_chunk_append_raw",
        },
        protect: {
          target: "paused",
          description:
            "flb_input_chunk.c::flb_input_chunk_protect: after an append, with as much in memory as may be",
        },
        restart: {
          actions: "startAgain",
          description: "the process is killed and started again",
        },
      },
    },
    paused: {
      description: "Refuses records.",
      on: {
        setLimits: {
          target: "running",
          description:
            "flb_input_chunk.c::flb_input_chunk_set_limits: a task of this input has ended, and there is room",
        },
        restart: { target: "running", description: "the process is killed and started again" },
      },
    },
  },
});

/** Every event of the input machine. */
export const inputEvents: readonly MachineEvent[] = [
  { type: "append" },
  { type: "protect" },
  { type: "setLimits" },
  { type: "restart" },
];
