import { setup } from "xstate";
import type { MachineEvent } from "./description.ts";

type EngineEvent =
  | { type: "work" }
  | { type: "serve" }
  | { type: "restart" }
  | { type: "shutdown" }
  | { type: "exit" }
  | { type: "endService" }
  | { type: "segregate" }
  | { type: "stop" };

/** The process: everything happens while it runs, and nothing after it has stopped. */
export const engineMachine = setup({
  types: { events: {} as EngineEvent },
  actions: { turnTheLoop: () => undefined, startAgain: () => undefined },
}).createMachine({
  id: "engine",
  initial: "running",
  states: {
    running: {
      description: "The event loop turns.",
      on: {
        work: { actions: "turnTheLoop", description: "flb_engine.c::flb_engine_start" },
        serve: {
          actions: "turnTheLoop",
          description:
            "flb_input.c::flb_input_collector_fd: inputs are served while it is not ending",
        },
        restart: {
          actions: "startAgain",
          description: "the process is killed and started again on the same storage",
        },
        shutdown: { target: "stopped", description: "flb_engine.c::flb_engine_shutdown" },
        exit: {
          target: "stopped",
          description:
            "flb_input_chunk.c::flb_input_chunk_find_space_new_data: exit(0) (to v3.1.3)",
        },
        endService: {
          target: "ending",
          description:
            "flb_engine.c::flb_engine_start: every input is paused, the grace time begins",
        },
      },
    },
    ending: {
      description: "No input any more; tasks go on.",
      on: {
        work: { actions: "turnTheLoop", description: "flb_engine.c::flb_engine_start" },
        segregate: {
          target: "segregated",
          description: "flb_engine.c::flb_engine_start calls sb.c::sb_segregate_chunks again",
        },
        stop: { target: "stopped", description: "flb_engine.c::flb_engine_shutdown" },
      },
    },
    segregated: {
      description: "Ending; every chunk has been put down once.",
      on: {
        work: { actions: "turnTheLoop", description: "flb_engine.c::flb_engine_start" },
        stop: { target: "stopped", description: "flb_engine.c::flb_engine_shutdown" },
      },
    },
    stopped: { description: "Every output is destroyed; chunks are about to be closed." },
  },
});

/** Events of an engine that stops at once when it is told to. */
export const engineEvents: readonly MachineEvent[] = [
  { type: "work" },
  { type: "serve" },
  { type: "shutdown" },
  { type: "restart" },
];

/** The event of an engine that ends the process where storage has no room. */
export const exitEvent: MachineEvent = { type: "exit" };

/** Events of an engine whose shutdown is a phase. */
export const endingEvents: readonly MachineEvent[] = [{ type: "endService" }, { type: "stop" }];

/** The event of an engine that puts chunks down while it ends. */
export const segregateEvent: MachineEvent = { type: "segregate" };
