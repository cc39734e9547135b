import type { Release } from "../../../src/engine/core/engine.ts";
import type { RetryLimit } from "../../../src/engine/core/structures.ts";
import type { EngineUnderTest } from "./engine-under-test.ts";

/** The size of a scenario. */
export interface Sizes {
  readonly engine: EngineUnderTest;
  readonly release: Release;
  readonly outputs: readonly { readonly match: string; readonly retryLimit: RetryLimit }[];
  readonly tags: readonly string[];
  /** Milliseconds between two records of a tag. */
  readonly period: number;
  readonly taskMapSize: number;
  readonly maxChunksUp: number;
  readonly overLimitQuota: number;
  readonly timerLimit: number;
  /** Seconds. */
  readonly schedulerBase: number;
  readonly schedulerCap: number;
  /** Seconds; -1 waits for everything. */
  readonly grace: number;
  /** Bytes of the backlog that are loaded at a time. */
  readonly backlogMemoryLimit: number;
  readonly checksum: boolean;
  readonly pauseOnChunksOverlimit: boolean;
}

/** Room for everything, so that whatever is on disk is delivered. */
export const roomy = {
  taskMapSize: 1000,
  maxChunksUp: 1000,
  timerLimit: Number.POSITIVE_INFINITY,
  schedulerBase: 1,
  schedulerCap: 2,
  backlogMemoryLimit: 5_000_000,
};
