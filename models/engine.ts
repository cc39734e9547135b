import { setup } from "xstate";
import type { MachineEvent } from "./description.ts";

type EngineEvent = { type: "work" } | { type: "shutdown" } | { type: "restart" };

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
        restart: {
          actions: "startAgain",
          description: "the process is killed and started again on the same storage",
        },
        shutdown: { target: "stopped", description: "flb_engine.c::flb_engine_shutdown" },
      },
    },
    stopped: { description: "Every output is destroyed; chunks are about to be closed." },
  },
});

/** Every event of the engine machine. */
export const engineEvents: readonly MachineEvent[] = [
  { type: "work" },
  { type: "shutdown" },
  { type: "restart" },
];
