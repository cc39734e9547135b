import type { StateProperty } from "../property.ts";
import type { Observation } from "../rules.ts";
import type { Chunk, Delivery, Placed, ReleaseState } from "./release-state.ts";
import { chargedTo, isMapped, liveOf, owedBy, tasksOf, upOf } from "./release-state.ts";
import type { Settings } from "./settings.ts";

/** What the properties ask about a state of a release. */
export function observeRelease(settings: Settings, state: ReleaseState): Observation {
  const live = liveOf(state);
  return {
    phase: state.phase,
    outputs: state.outputs,
    up: upOf(state),
    live: live.map(({ slot }) => slot),
    owed: live.flatMap(({ slot, chunk }) => owedBy(chunk).map((output) => ({ slot, output }))),
    paused: [...state.paused.keys()].filter((input) => state.paused[input]),
    unsafe: [...unsafe].filter(([, is]) => is(settings, state)).map(([property]) => property),
  };
}

/** Where each property of states is violated. */
const unsafe = new Map<StateProperty, (settings: Settings, state: ReleaseState) => boolean>([
  [
    "memoryBound",
    ({ maxChunksUp, overLimitQuota }, state) =>
      upOf(state) > maxChunksUp + overLimitQuota * state.outputs.length,
  ],
  [
    "quotaConserved",
    (_, state) =>
      state.overLimitUp.some((count, output) => count !== overLimitOf(state, output).length),
  ],
  [
    "flushingIsMapped",
    (_, state) => liveOf(state).some(({ chunk }) => has(chunk, "flushing") && !isMapped(chunk)),
  ],
  ["taskMapBound", ({ taskMapSize }, state) => tasksOf(state) > taskMapSize],
  [
    "ownerAlive",
    (_, state) =>
      state.phase === "stopped" &&
      state.outputs.some((_, output) => overLimitOf(state, output).length > 0),
  ],
  [
    "pauseOwned",
    (_, state) =>
      state.phase === "running" &&
      state.paused.some((paused, input) => paused && !ownsAnything(state, input)),
  ],
  [
    "taskAlive",
    (_, state) =>
      liveOf(state).some(
        ({ chunk }) => chunk.task !== null && !has(chunk, "flushing") && !has(chunk, "retry"),
      ),
  ],
  [
    "limitHolds",
    ({ totalLimits }, state) =>
      totalLimits.some((limit, output) => chargedTo(state, output) > limit),
  ],
  [
    "diskBound",
    ({ totalLimits }, state) =>
      liveOf(state).filter(({ chunk }) => chunk.storage !== "memory").length >
      totalLimits.reduce((sum, limit) => sum + limit, 0),
  ],
]);

function overLimitOf(state: ReleaseState, output: number): Placed[] {
  return liveOf(state).filter(
    ({ chunk: { storage } }) => typeof storage === "object" && storage.upForOutput === output,
  );
}

function has({ task }: Chunk, wanted: Delivery["status"]): boolean {
  return task?.some(({ status }) => status === wanted) ?? false;
}

function ownsAnything(state: ReleaseState, input: number): boolean {
  return liveOf(state).some(({ chunk }) => chunk.input === input && !chunk.restored);
}
