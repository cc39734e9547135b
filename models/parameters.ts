/** Which masks `ingest` may give a chunk: every output, or any non-empty subset of them. */
export type Routing = "all" | "any";

/** `Retry_Limit` of the outputs: `no_limits`, or the number of retries a delivery may use (at least 1). */
export type RetryLimit = number | "unlimited";

/** The parameters of the model; counts are chunks, tasks or outputs, never bytes or seconds. */
export interface Parameters {
  /** N: chunk slots, each free or holding one live chunk. At least 1. */
  readonly chunks: number;
  /** T: the task map (2048 in 3.x, grows to 16384 since 4.0). At least 1. */
  readonly taskMapSize: number;
  /** X: `storage.max_chunks_up` (default 128 in Fluent Bit). At least 1. */
  readonly maxChunksUp: number;
  /** M: number of `[OUTPUT]` sections. At least 1. */
  readonly outputs: number;
  readonly routing: Routing;
  readonly retryLimit: RetryLimit;
  /** Q: `MAX_OVER_LIMIT_OUTPUT_CHUNKS_UP`; 0 means that the over-limit quota is absent. */
  readonly overLimitQuota: number;
  /** Whether closing a chunk gives its over-limit unit back. */
  readonly releaseOnClose: boolean;
  /** Whether dispatch looks for a task slot before it brings a chunk up (since v3.0.2). */
  readonly checkMapFirst: boolean;
  /** `storage.pause_on_chunks_overlimit`: the input is paused while the up count is at the limit. */
  readonly pauseOnChunksOverlimit: boolean;
  /** Whether an idle chunk in memory may be put down while the task map is full. */
  readonly evictIdleWhenMapFull: boolean;
  /** Whether the process may be killed and restarted. */
  readonly crash: boolean;
  /** Whether a retry may fail to be scheduled ("could not be re-scheduled"). */
  readonly schedulerFails: boolean;
  /** Whether the engine may be shut down. */
  readonly shutdown: boolean;
  /** Whether an exiting output takes its mark off the chunks that are charged to it. */
  readonly detachOnOutputExit: boolean;
}

export type ParameterName = keyof Parameters;

/** The reference scope: one task, one chunk in memory, one output, two chunks, no fix, nothing fails. */
export const defaultParameters: Parameters = {
  chunks: 2,
  taskMapSize: 1,
  maxChunksUp: 1,
  outputs: 1,
  routing: "all",
  retryLimit: "unlimited",
  overLimitQuota: 0,
  releaseOnClose: true,
  checkMapFirst: true,
  pauseOnChunksOverlimit: false,
  evictIdleWhenMapFull: false,
  crash: false,
  schedulerFails: false,
  shutdown: false,
  detachOnOutputExit: false,
};

/** Every parameter name, in the order in which tables show them. */
export const parameterNames: readonly ParameterName[] = [
  "chunks",
  "taskMapSize",
  "maxChunksUp",
  "outputs",
  "routing",
  "retryLimit",
  "overLimitQuota",
  "releaseOnClose",
  "checkMapFirst",
  "pauseOnChunksOverlimit",
  "evictIdleWhenMapFull",
  "crash",
  "schedulerFails",
  "shutdown",
  "detachOnOutputExit",
];
