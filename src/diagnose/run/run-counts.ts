import type { Tally } from "./mark.ts";

/** What a log counts. */
export class RunCounts {
  /** Flushes that failed and are tried again. */
  failed = 0;
  /** Deliveries that name their task: retries and the backlog. First tries of most plugins are not logged. */
  delivered = 0;
  /** Retries that found no memory. */
  rescheduled = 0;
  /** Chunks that were deleted because no timer was to be had. */
  lost: Tally | null = null;
  /** Chunks that were given up for good, as their `Retry_Limit` wants. */
  dropped: Tally | null = null;
  /** Chunks that were deleted to make room under `storage.total_limit_size`, as far as the log tells. */
  evicted: Tally | null = null;
  /** Appends that found no chunk to go into. */
  refused: Tally | null = null;
  /** Reads of a chunk's file that failed. */
  unreadable: Tally | null = null;
  /** Tasks that neither are flushed nor wait any more, because their file cannot be read. */
  gone = 0;
  /** Times that nothing was left to delete under `storage.total_limit_size`. */
  cannotEvict: Tally | null = null;
  /** Chunks given up that were copied to the dead letter queue. */
  quarantined = 0;
}
