import type { ReleaseParameters } from "./parameters.ts";
import type { Chunk, ReleaseState } from "./release-state.ts";
import { isUp, tasksOf, upOf } from "./release-state.ts";
import type { Observation, StateProperty } from "./rules.ts";

/** What the properties ask about a state of a release. */
export function observeRelease(parameters: ReleaseParameters, state: ReleaseState): Observation {
  const live = [...state.slots.entries()].filter(([, chunk]) => chunk !== null);
  return {
    running: !state.stopped,
    online: state.online,
    up: upOf(state),
    live: live.map(([slot]) => slot),
    owed: live.flatMap(([slot, chunk]) => owedBy(chunk).map((output) => ({ slot, output }))),
    unsafe: unsafeIn(parameters, state),
  };
}

function owedBy(chunk: Chunk | null): readonly number[] {
  if (chunk === null) {
    return [];
  }
  if (chunk.task === null) {
    return chunk.mask;
  }
  return chunk.task
    .filter(({ status }) => status === "flushing" || status === "retry")
    .map(({ output }) => output);
}

function unsafeIn(parameters: ReleaseParameters, state: ReleaseState): readonly StateProperty[] {
  const { taskMapSize = 1, maxChunksUp = 1, outputs = 1, overLimitQuota = 0 } = parameters;
  const chunks = state.slots.filter((chunk) => chunk !== null);
  const chargedTo = (output: number): number =>
    chunks.filter(({ storage }) => typeof storage === "object" && storage.upForOutput === output)
      .length;
  const unsafe: StateProperty[] = [];
  if (upOf(state) > maxChunksUp + overLimitQuota * outputs) {
    unsafe.push("memoryBound");
  }
  if (state.overLimitUp.some((count, output) => count !== chargedTo(output))) {
    unsafe.push("quotaConserved");
  }
  if (chunks.some((chunk) => !isUp(chunk) && chunk.task?.some((d) => d.status === "flushing"))) {
    unsafe.push("flushingIsMapped");
  }
  if (tasksOf(state) > taskMapSize) {
    unsafe.push("taskMapBound");
  }
  if (state.stopped && chunks.some(({ storage }) => typeof storage === "object")) {
    unsafe.push("ownerAlive");
  }
  return unsafe;
}
