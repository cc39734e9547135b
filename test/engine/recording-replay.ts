import type { Release } from "../../src/engine/core/engine.ts";
import { findRelease } from "../../src/engine/releases/catalogue.ts";
import { scenarioOf } from "../../src/engine/simulation/default-story.ts";
import type { Limits, Phase } from "../../src/engine/simulation/scenario.ts";
import { simulate } from "../../src/engine/simulation/simulate.ts";
import type { SimulationResult } from "../../src/engine/simulation/simulation-result.ts";
import { type RecordingRun, recordingRuns } from "./recording-run.ts";

/** How the engine fared where a real one was recorded. */
interface Replay {
  readonly seed: number;
  readonly result: SimulationResult;
  readonly retriesSucceeded: number;
}

/** What of a replay is not in the recording's own limits. */
export interface Circumstances {
  /** Milliseconds after a flush at which records come in. */
  readonly inputOffset: number;
  readonly limits: Partial<Limits>;
  /** Whether retries fire on whole seconds, as they do while an engine is idle, or a little late. */
  readonly onWholeSeconds: boolean;
}

/** The restarts were made on what the recorded deadlocks had left on disk. */
function phasesOf(run: RecordingRun): readonly Phase[] {
  const before = recordingRuns.find(
    ({ name }) =>
      run.name.includes("_restart_after_") &&
      name === `${run.name.replace("_restart_after_deadlock", "")}_deadlock_map8_up8`,
  );
  if (before === undefined) return run.phases;
  return [...before.phases, ...run.phases.map((phase) => ({ ...phase, restart: true }))];
}

function releaseNamed(name: string): Release {
  const found = findRelease(name);
  if (found === undefined) throw new Error(`no release ${name}`);
  return found;
}

const known = new Map<string, Replay>();

/** Runs the engine under the limits of a recording, through its phases; the same run only once. */
export function replay(run: RecordingRun, seed: number, circumstances: Circumstances): Replay {
  const key = JSON.stringify([run.name, run.phases.length, seed, circumstances]);
  const result = known.get(key) ?? replayAfresh(run, seed, circumstances);
  known.set(key, result);
  return result;
}

function replayAfresh(
  run: RecordingRun,
  seed: number,
  { inputOffset, limits, onWholeSeconds }: Circumstances,
): Replay {
  let retriesSucceeded = 0;
  const one = run.name.includes("_dummy_")
    ? {
        inputs: Array.from({ length: run.tags }, (_, tag) => ({
          tags: [`t.${tag}`],
          period: 1000 / run.rate,
          offset: inputOffset,
        })),
      }
    : {};
  const result = simulate(
    scenarioOf(releaseNamed(run.release), phasesOf(run), seed, {
      limits: { ...run.limits, ...limits },
      tags: run.tags,
      period: 1000 / run.rate,
      flush: run.flush,
      inputOffset,
      latency: [1, 16],
      refusal: [1, 6],
      onWholeSeconds,
      matches: Array.from({ length: run.outputs }, () => "*"),
      sampleEvery: 1,
      ...one,
      log: {
        level: "info",
        write: (line) => {
          if (line.includes(" succeeded at retry ")) retriesSucceeded += 1;
        },
      },
    }),
  );
  return { seed, result, retriesSucceeded };
}
