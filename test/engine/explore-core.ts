import { EngineCore, type CoreParameters } from "../../src/engine/lockstep/engine-core.ts";
import type { EngineSnapshot } from "../../src/engine/lockstep/snapshot.ts";
import type { Step } from "../../src/engine/lockstep/step.ts";

/** What {@link exploreCore} may do besides the engine's own actions and outages. */
export interface Environment {
  readonly routing?: "all" | "any";
  readonly crash?: boolean;
  readonly schedulerFails?: boolean;
  readonly shutdown?: boolean;
}

/** Counts of a search through every state that the real engine can get into. */
export interface CoreExploration {
  readonly states: number;
  readonly transitions: number;
  readonly selfLoops: number;
  readonly mostUp: number;
}

/**
 * Every state of a small engine, found by replaying paths of steps on fresh engines. The key of a state
 * leaves out what the specification does not count: ages and retries where they do not apply.
 */
export function exploreCore(parameters: CoreParameters, environment: Environment): CoreExploration {
  const steps = candidateSteps(parameters, environment);
  const start = keyOf(new EngineCore(parameters).snapshot(), parameters);
  const paths = new Map<string, readonly Step[]>([[start, []]]);
  const result = { transitions: 0, selfLoops: 0, mostUp: 0 };
  for (const [state, path] of paths) {
    let core = replay(parameters, path);
    for (const step of steps) {
      if (!core.step(step)) continue;
      const snapshot = core.snapshot();
      const next = keyOf(snapshot, parameters);
      result.transitions += 1;
      if (next === state) result.selfLoops += 1;
      result.mostUp = Math.max(result.mostUp, snapshot.up);
      if (!paths.has(next)) paths.set(next, [...path, step]);
      core = replay(parameters, path);
    }
  }
  return { states: paths.size, ...result };
}

function replay(parameters: CoreParameters, path: readonly Step[]): EngineCore {
  const core = new EngineCore(parameters);
  for (const step of path) {
    if (!core.step(step)) throw new Error(`cannot replay ${JSON.stringify(step)}`);
  }
  return core;
}

function keyOf(snapshot: EngineSnapshot, { retryLimit }: CoreParameters): string {
  const hasLimit = typeof retryLimit === "number";
  return JSON.stringify([
    snapshot.running,
    snapshot.outputs,
    snapshot.slots.map(
      (slot) =>
        slot && [
          slot.parkedAs,
          slot.storage,
          slot.chargedTo ?? -1,
          slot.routes,
          // Where chunks are parked a delivery that does not flush is either owed, which the routes say, or over.
          slot.deliveries
            ?.filter(({ status }) => slot.parkedAs === undefined || status === "flushing")
            .map(({ output, status, retriesUsed }) => {
              const counts = hasLimit && (status === "flushing" || status === "retry");
              return [output, status, counts && slot.parkedAs === undefined ? retriesUsed : 0];
            }),
        ],
    ),
    hasLimit ? snapshot.slots.map((slot) => slot?.parkedAs && slot.failures) : "",
  ]);
}

function candidateSteps(parameters: CoreParameters, environment: Environment): Step[] {
  const outputs = Array.from({ length: parameters.outputs }, (_, output) => output);
  const all = 2 ** parameters.outputs - 1;
  const masks = Array.from({ length: all }, (_, index) => index + 1).filter(
    (mask) => environment.routing === "any" || mask === all,
  );
  const steps: Step[] = [];
  for (let slot = 0; slot < parameters.chunks; slot += 1) {
    for (const mask of masks) {
      steps.push({ type: "ingest", slot, routes: outputs.filter((o) => mask & (1 << o)) });
    }
    for (const type of ["dispatch", "dispatchWithoutTask", "evict"] as const) {
      steps.push({ type, slot });
    }
    for (const action of Object.keys(parameters.release.ownSteps)) {
      for (const output of [undefined, ...outputs]) {
        steps.push({ type: "own", action, slot, output });
      }
    }
    for (const output of outputs) {
      for (const type of [
        "flushOk",
        "flushRetry",
        "flushDrop",
        "retryFire",
        "retryFireOverLimit",
        "reschedule",
      ] as const) {
        steps.push({ type, slot, output });
      }
      if (environment.schedulerFails) steps.push({ type: "scheduleFail", slot, output });
    }
  }
  for (const output of outputs) {
    steps.push({ type: "outputDown", output }, { type: "outputUp", output });
  }
  if (environment.crash) steps.push({ type: "crash" });
  if (environment.shutdown) steps.push({ type: "shutdown" });
  return steps;
}
