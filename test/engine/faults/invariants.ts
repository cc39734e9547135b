import type { Engine } from "../../../src/engine/core/engine.ts";
import { chunkFaults } from "./chunk-invariants.ts";
import { differs, type Known } from "./known.ts";
import { schedulerFaults } from "./scheduler-invariants.ts";
import { taskFaults } from "./task-invariants.ts";

/** What must hold after every turn of the event loop; a sentence for everything that is wrong. */
export function faultsOf(engine: Engine, known: Known): readonly string[] {
  return [
    ...chunkFaults(engine, known),
    ...taskFaults(engine, known),
    ...schedulerFaults(engine, known),
  ];
}

/** What must hold after a clean stop: everything is given back, and nothing is due any more. */
export function faultsOfStopped(engine: Engine, { timers }: Known): readonly string[] {
  const { inputs, scheduler, store } = engine;
  return [
    ...differs("timers in use after a stop", scheduler.timersInUse, 0),
    ...differs("timers held after a stop", timers.held, 0),
    ...differs("retries that wait after a stop", scheduler.requests.size, 0),
    ...differs("chunks open after a stop", store.totalChunks, 0),
    ...differs("chunks up after a stop", store.totalChunksUp, 0),
    ...inputs.flatMap(({ name, chunks, tasks }) =>
      chunks.size + tasks.size === 0 ? [] : [`${name} has chunks or tasks after a stop`],
    ),
  ];
}
