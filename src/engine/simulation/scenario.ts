import type { Release } from "../core/engine.ts";
import type { RetryLimit } from "../core/structures.ts";
import type { LogLevel } from "../platform/log.ts";

/** A stretch of a simulation during which the environment stays as it is. */
export interface Phase {
  readonly name: string;
  /** Virtual seconds, more than 0; may be a fraction. */
  readonly seconds: number;
  /** Ids of the outputs whose endpoints are down. */
  readonly down: readonly number[];
  /** Whether records come in. */
  readonly feeding: boolean;
  /** The process is killed and started again as the phase begins. */
  readonly restart?: boolean;
}

/** The limits of an engine, under Fluent Bit's names where it has them. */
export interface Limits {
  /** A fixed number of task ids; the release's own map if absent. */
  readonly taskMapSize?: number;
  /** `storage.max_chunks_up`. */
  readonly maxChunksUp: number;
  readonly overLimitQuota?: number;
  readonly retryLimit: RetryLimit;
  /** `scheduler.base`, seconds. */
  readonly schedulerBase: number;
  /** `scheduler.cap`, seconds. */
  readonly schedulerCap: number;
  /** Timers that retries may hold at once; unlimited if absent. */
  readonly timerLimit?: number;
  readonly pauseOnChunksOverlimit: boolean;
}

/** Fluent Bit's own limits. */
export const realLimits: Limits = {
  maxChunksUp: 128,
  retryLimit: "no_limits",
  schedulerBase: 5,
  schedulerCap: 2000,
  pauseOnChunksOverlimit: false,
};

/** One input of a simulation. */
export interface InputLoad {
  /** Each gets one record every period, and has a chunk of its own. */
  readonly tags: readonly string[];
  /** Milliseconds. */
  readonly period: number;
  /** Milliseconds after a flush at which records come in. */
  readonly offset: number;
  /** The limit's own setting if absent. */
  readonly pauseOnChunksOverlimit?: boolean;
}

/** Chunks that a former process left in `storage.path`, one record each. */
interface InheritedChunks {
  readonly tag: string;
  readonly count: number;
}

/** A story to be told on the virtual clock. */
export interface Scenario {
  readonly release: Release;
  readonly limits: Limits;
  readonly phases: readonly Phase[];
  /** Of everything that is left to chance: backoff, latency. */
  readonly seed: number;
  /** Different tags; each gets one record every period, and has a chunk of its own. */
  readonly tags: number;
  /** Milliseconds. */
  readonly period: number;
  /** Several inputs, in the place of the one that `tags`, `period` and `inputOffset` describe. */
  readonly inputs?: readonly InputLoad[];
  /** What is in `storage.path` when the story begins; nothing if absent. */
  readonly inherited?: readonly InheritedChunks[];
  /** One endpoint for each wildcard. */
  readonly matches: readonly string[];
  /** `Retry_Limit` of single outputs, by id; that of the limits where absent. */
  readonly retryLimits?: readonly (RetryLimit | undefined)[];
  /** `flush`, seconds. */
  readonly flush: number;
  /** Milliseconds after a flush at which records come in; whether they meet one is a race. */
  readonly inputOffset: number;
  /** Milliseconds until an endpoint answers: uniform between these two. */
  readonly latency: readonly [number, number];
  /** Milliseconds until an endpoint that is down refuses. */
  readonly refusal: readonly [number, number];
  /**
   * Milliseconds by which a retry may fire late, because the event loop has other things to do. Without
   * it retries stay in step with the flushes for ever, which only an engine with little to do does.
   */
  readonly lateness: readonly [number, number];
  /** Retries fire on whole seconds, as those of a real engine with nothing else to do; never late. */
  readonly onWholeSeconds?: boolean;
  /** Virtual seconds between two samples. */
  readonly sampleEvery: number;
  readonly log?: { readonly level: LogLevel; readonly write: (line: string) => void };
  /** Called with each sample, e.g. to show progress. */
  readonly onSample?: (sample: Sample) => void;
}

/** The gauges at one moment; those that come and go quickly have their most since the moment before. */
export interface Sample {
  /** Virtual seconds since the start. */
  readonly time: number;
  /** The most since the sample before. */
  readonly up: number;
  readonly down: number;
  readonly tasks: number;
  /** Chunks charged, over all outputs: the most since the sample before. */
  readonly overLimit: number;
  /** Different records that have arrived, over all outputs. */
  readonly delivered: number;
  /** Those that arrived since the sample before, for each second. */
  readonly deliveredPerSecond: number;
  /** Bytes of content of the chunks that are up. */
  readonly bytesInMemory: number;
}

/** The inputs of a scenario, whichever way it describes them. */
export function inputLoads(scenario: Scenario): readonly InputLoad[] {
  const { inputs, tags, period, inputOffset } = scenario;
  if (inputs !== undefined) return inputs;
  return [
    { tags: Array.from({ length: tags }, (_, tag) => `t.${tag}`), period, offset: inputOffset },
  ];
}
