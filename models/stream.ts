import { assign, setup } from "xstate";
import type { MachineEvent } from "./description.ts";

type StreamEvent =
  { type: "open"; input: number } | { type: "append" } | { type: "restore" } | { type: "close" };

/** Which input a chunk belongs to, and whether it has outlived a process. */
export const streamMachine = setup({
  types: {
    context: {} as { readonly input: number },
    events: {} as StreamEvent,
  },
  actions: {
    belongTo: assign({ input: ({ event }) => (event.type === "open" ? event.input : -1) }),
    belongToNone: assign({ input: -1 }),
    // What it does to the input is said by the composition.
    protect: () => undefined,
  },
}).createMachine({
  id: "stream",
  context: { input: -1 },
  initial: "none",
  states: {
    none: {
      description: "The slot is free.",
      on: {
        open: {
          target: "own",
          actions: "belongTo",
          description: "flb_input_chunk.c::flb_input_chunk_create: in the stream of its input",
        },
      },
    },
    own: {
      description: "Made by its input in this process.",
      on: {
        append: {
          actions: "protect",
          description:
            "flb_input_chunk.c::flb_input_chunk_append_raw, then flb_input_chunk_protect",
        },
        restore: {
          target: "restored",
          description: "sb.c::cb_queue_chunks: of the input storage_backlog from now on",
        },
        close: {
          target: "none",
          actions: "belongToNone",
          description: "flb_input_chunk.c::flb_input_chunk_destroy",
        },
      },
    },
    restored: {
      description: "Of an earlier process: storage_backlog has it, in the stream of its old input.",
      on: {
        close: {
          target: "none",
          actions: "belongToNone",
          description: "flb_input_chunk.c::flb_input_chunk_destroy",
        },
      },
    },
  },
});

/** Every event of the stream machine, for a number of inputs. */
export function streamEvents(inputs: number): readonly MachineEvent[] {
  return [
    ...Array.from({ length: inputs }, (_, input) => ({ type: "open", input })),
    { type: "append" },
    { type: "restore" },
    { type: "close" },
  ];
}
