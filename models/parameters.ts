import type { Routing } from "./description.ts";

/** `Retry_Limit` of the outputs: `no_limits`, or the number of retries a delivery may use; 0 is `no_retries`. */
export type RetryLimit = number | "unlimited";

/** A value for each input, or one that stands for all. */
type PerInput<Value> = Value | readonly Value[];

/** A value for each output, or one that stands for all. */
type PerOutput<Value> = Value | readonly Value[];

/** How a flush may fail to start (semantics 9.5). */
export type FlushFailure = "start" | "retry" | "worker" | "read";

/** What happens where nothing can be evicted for a new chunk, and what is charged, by release (semantics 9.6). */
export type LimitRule = "v3.0.4" | "v3.1.4" | "v4.0.0" | "v5.0.8";

/**
 * The parameters of Fluent Bit's model; counts are chunks, tasks or outputs, never bytes or seconds. A type and no interface:
 * so it can be read as the values of any system.
 */
export type Parameters = Readonly<{
  /** N: chunk slots, each free or holding one live chunk. At least 1. */
  chunks: number;
  /** T: the task map (2048 in 3.x, grows to 16384 since 4.0). At least 1. */
  taskMapSize: number;
  /** X: `storage.max_chunks_up` (default 128 in Fluent Bit). At least 1. */
  maxChunksUp: number;
  /** M: number of `[OUTPUT]` sections. At least 1. */
  outputs: number;
  routing: Routing;
  retryLimit: RetryLimit;
  /** Q: `MAX_OVER_LIMIT_OUTPUT_CHUNKS_UP`; 0 means that the over-limit quota is absent. */
  overLimitQuota: number;
  /** Whether closing a chunk gives its over-limit unit back. */
  releaseOnClose: boolean;
  /** Whether dispatch looks for a task slot before it brings a chunk up (since v3.0.2). */
  checkMapFirst: boolean;
  /** `storage.pause_on_chunks_overlimit`: the input pauses when it appends while as many chunks are up as may be. */
  pauseOnChunksOverlimit: PerInput<boolean>;
  /** Whether an idle chunk in memory may be put down while the task map is full. */
  evictIdleWhenMapFull: boolean;
  /** Whether the process may be killed and restarted. */
  crash: boolean;
  /** Whether a retry may fail to be scheduled ("could not be re-scheduled"). */
  schedulerFails: boolean;
  /** Whether the engine may be shut down. */
  shutdown: boolean;
  /** Whether an exiting output takes its mark off the chunks that are charged to it. */
  detachOnOutputExit: boolean;
  /** Whether a flush may end by an error, whatever the state of its output: it is not retried. */
  flushError: boolean;
  /** I: number of `[INPUT]` sections. At least 1. */
  inputs: number;
  /** B: `mem_buf_limit`, in chunks; at least 1. */
  memBufLimit: PerInput<number | "none">;
  /** Whether an append may fill a chunk, which is then put down over `mem_buf_limit`. */
  chunksFull: boolean;
  /** `storage.type` of the inputs. */
  storageType: PerInput<"filesystem" | "memory">;
  /** Whether outputs may hang: flushes that neither succeed nor fail. */
  outputHangs: boolean;
  /** How flushes may fail to start. */
  flushFails: readonly FlushFailure[];
  /** Whether a chunk that cannot be read costs an attempt (v5.1.1). */
  readCostsAttempt: boolean;
  /** D: `storage.total_limit_size` of the outputs, in chunks; at least 1. */
  totalLimit: PerOutput<number | "none">;
  limitRule: LimitRule;
  /** Whether chunks of an earlier run are queued one by one after a restart. */
  backlog: boolean;
  /** What a shutdown waits for; `none`: it is no phase, the engine stops at once. */
  shutdownPhase: "none" | "tasks" | "chunks";
  /** Whether the shutdown is a hot reload, which waits without end. */
  reload: boolean;
  /** `storage.backlog.flush_on_shutdown`. */
  flushOnShutdown: boolean;
  /** `storage.keep.rejected`: whether what is given up is copied into the dead letter queue. */
  deadLetter: boolean;
  /** R: `storage.rejected.limit`, in chunks; at least 1. */
  deadLetterLimit: number | "none";
  /** What a restart does with dead letters: they are kept and stay up (v5.0.0), or deleted (v4.2). */
  deadLetterRestart: "kept" | "deleted";
}>;

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
  flushError: false,
  inputs: 1,
  memBufLimit: "none",
  chunksFull: false,
  storageType: "filesystem",
  outputHangs: false,
  flushFails: [],
  readCostsAttempt: false,
  totalLimit: "none",
  limitRule: "v4.0.0",
  backlog: false,
  shutdownPhase: "none",
  reload: false,
  flushOnShutdown: false,
  deadLetter: false,
  deadLetterLimit: "none",
  deadLetterRestart: "kept",
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
  "flushError",
  "inputs",
  "memBufLimit",
  "chunksFull",
  "storageType",
  "outputHangs",
  "flushFails",
  "readCostsAttempt",
  "totalLimit",
  "limitRule",
  "backlog",
  "shutdownPhase",
  "reload",
  "flushOnShutdown",
  "deadLetter",
  "deadLetterLimit",
  "deadLetterRestart",
];

/** The value of one input or output, by its number; a list that is too short leaves the last ones with `otherwise`. */
export function valueAt<Value extends string | number | boolean>(
  values: Value | readonly Value[],
  index: number,
  otherwise: Value,
): Value {
  return typeof values === "object" ? (values[index] ?? otherwise) : values;
}
