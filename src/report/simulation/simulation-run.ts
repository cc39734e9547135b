import type { Release } from "../../engine/core/engine.ts";
import { inputLoads, type Limits, type Scenario } from "../../engine/simulation/scenario.ts";
import type { SimulationResult } from "../../engine/simulation/simulation-result.ts";
import type { LogDigest } from "./simulation-log.ts";
import { countWords } from "./simulation-words.ts";

/** A scenario and what it came to. */
export interface SimulationRun {
  readonly scenario: Scenario;
  readonly result: SimulationResult;
  /** What the engine wrote, where a page is to show it. */
  readonly log?: LogDigest;
}

/** Several runs of one story, which differ in their releases. */
export interface SimulationReport {
  readonly runs: readonly SimulationRun[];
  readonly outputNames: readonly string[];
  /** What of a configuration was left out, in sentences. */
  readonly notes: readonly string[];
}

/** The limits that a run really had: what was not set is the release's own. */
export function limitsInForce({ release, limits }: Scenario): Limits & {
  readonly taskMapSize: number;
  readonly overLimitQuota: number;
} {
  return {
    ...limits,
    taskMapSize: limits.taskMapSize ?? release.taskMap.limit,
    overLimitQuota: quotaInForce(release, limits),
  };
}

function quotaInForce(release: Release, limits: Limits): number {
  return release.overLimitQuota === 0 ? 0 : (limits.overLimitQuota ?? release.overLimitQuota);
}

/** The limits in a few words. */
export function limitWords(scenario: Scenario): string {
  const { taskMapSize, maxChunksUp, overLimitQuota, timerLimit } = limitsInForce(scenario);
  return [
    `${countWords(taskMapSize)} tasks`,
    `${countWords(maxChunksUp)} chunks up`,
    ...(overLimitQuota > 0 ? [`${countWords(overLimitQuota)} more for each output`] : []),
    ...(timerLimit === undefined ? [] : [`${countWords(timerLimit)} timers`]),
  ].join(" · ");
}

/** The load in a few words. */
export function loadWords(scenario: Scenario): string {
  const inputs = inputLoads(scenario);
  const tags = inputs.reduce((sum, input) => sum + input.tags.length, 0);
  const rate = inputs.reduce((sum, input) => sum + (1000 / input.period) * input.tags.length, 0);
  return [
    `${countWords(tags)} tags`,
    `${countWords(Number(rate.toFixed(1)))} records/s`,
    `seed ${scenario.seed}`,
  ].join(" · ");
}
