import type { EvidencePlace } from "../evidence-place.ts";
import type { StorageSnapshot } from "../run/storage-snapshot.ts";

/** What an output has counted since the process began. */
export interface OutputCounters {
  /** Records that were delivered. */
  readonly delivered: number;
  /** Flushes that failed and are tried again. */
  readonly retries: number;
  /** Chunks given up at `Retry_Limit`. */
  readonly givenUp: number;
  /** Flushes that ended in an error and are not tried again. */
  readonly errors: number;
  /** Records that were thrown away. */
  readonly dropped: number;
}

/** What the HTTP server of an engine told at one moment. */
export interface MetricsSample {
  readonly place: EvidencePlace;
  /** Seconds, only to subtract one from another; null where the sample has no time. */
  readonly time: number | null;
  readonly version: string | null;
  /** When the process began, in seconds; null where that is not told. */
  readonly started: number | null;
  /** Null where the storage was not asked. */
  readonly storage: StorageSnapshot | null;
  /** Empty where the counters were not asked. */
  readonly outputs: ReadonlyMap<string, OutputCounters>;
  /** Records that each input took. */
  readonly inputs: ReadonlyMap<string, number>;
  /** Inputs that say that they are paused (`fluentbit_input_ingestion_paused`). */
  readonly paused: readonly string[];
}
