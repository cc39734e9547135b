import type { Chunk, OverLimitOwner, Stream } from "../chunkio/chunk.ts";
import type { TimerHandle } from "../platform/clock.ts";
import type { ByteRange } from "./salvage.ts";

/**
 * The structs of the engine, as the header files of Fluent Bit v3.0.4 have them. Like those they refer
 * to each other, which is why they share a file; the functions that act on them do not.
 */

/** What an output says about a flush. Stands for `FLB_OK`, `FLB_RETRY` and `FLB_ERROR`. */
export type FlushResult = "ok" | "retry" | "error";

/** One delivery, of a task to an output. Stands for `struct flb_task_route`. */
export interface TaskRoute {
  readonly output: OutputInstance;
  status: "new" | "flushing" | "retry" | "delivered" | "dropped" | "lost";
}

/** A failed delivery that will be tried again. Stands for `struct flb_task_retry`. */
export interface TaskRetry {
  /** Retries used, from 1. */
  attempts: number;
  readonly output: OutputInstance;
  readonly task: Task;
  readonly route: TaskRoute;
  /** Printed where C prints a pointer. */
  readonly address: string;
}

/** A chunk on its way to its outputs. Stands for `struct flb_task`. */
export interface Task {
  readonly id: number;
  readonly address: string;
  readonly chunk: InputChunk;
  /** Stands for `task->status`: new until the flushes were started. */
  status: "new" | "running";
  /** Flushes under way. */
  users: number;
  readonly routes: TaskRoute[];
  readonly retries: TaskRetry[];
  readonly records: number;
}

/** A chunk as the engine sees it. Stands for `struct flb_input_chunk`. */
export interface InputChunk {
  readonly chunk: Chunk;
  readonly input: InputInstance;
  readonly tag: string;
  /** Outputs to which the chunk goes. Stands for `ic->routes_mask`. */
  routes: readonly OutputInstance[];
  /** True while a task refers to the chunk. */
  busy: boolean;
  /** True if a former process wrote the chunk. Stands for `ic->fs_backlog`. */
  readonly backlog: boolean;
  task: Task | undefined;
  totalRecords: number;
  /** The chunk is full: it stays locked even if it should become idle again. */
  sealed: boolean;
  /** Where chunks are parked: one that became idle is new until no old one is left. */
  age: "new" | "old";
}

/** Counts of one input, as `/api/v1/metrics` shows them. */
interface InputMetrics {
  records: number;
  bytes: number;
}

/** Stands for `struct flb_input_instance`. */
export interface InputInstance {
  readonly id: number;
  /** e.g. `tail.0`. */
  readonly name: string;
  /** e.g. `tail`. */
  readonly plugin: string;
  readonly stream: Stream;
  readonly chunks: Set<InputChunk>;
  readonly tasks: Set<Task>;
  /** The last chunk of each tag. Stands for `in->ht_log_chunks`. */
  readonly chunkOfTag: Map<string, InputChunk>;
  /** `storage.pause_on_chunks_overlimit`. */
  readonly pauseOnChunksOverlimit: boolean;
  /** Stands for `in->storage_buf_status`. A paused input's records are refused; it keeps them and asks again. */
  paused: boolean;
  readonly metrics: InputMetrics;
}

/** Counts of one output, as `/api/v1/metrics` shows them. */
interface OutputMetrics {
  procRecords: number;
  procBytes: number;
  errors: number;
  retries: number;
  retriesFailed: number;
  droppedRecords: number;
  retriedRecords: number;
}

/** What an output is given to flush. The content is valid until the flush is answered. */
export interface FlushRequest {
  readonly tag: string;
  readonly chunkName: string;
  /** msgpack log events, one after the other. */
  readonly content: Uint8Array;
  readonly records: number;
  /**
   * Says that parts of the content cannot be read, and that `readable` records can. The chunk's file is then kept aside,
   * where the engine keeps rejected chunks. False if that failed: the flush must be answered with a retry.
   */
  reject(damaged: readonly ByteRange[], readable: number): boolean;
}

/** The part of an output that moves data. Stands for `struct flb_output_plugin`. */
export interface OutputPlugin {
  /** Answers once, at once or later, through `done`. Stands for `cb_flush`. */
  flush(request: FlushRequest, done: (result: FlushResult) => void): void;
  /** Stands for `cb_exit`. */
  exit(): void;
}

/** `Retry_Limit`: a number of retries from 1, `no_limits`/`False`, or `no_retries`. */
export type RetryLimit = number | "no_limits" | "no_retries";

/** Stands for `struct flb_output_instance`. */
export interface OutputInstance {
  readonly id: number;
  /** The alias if there is one, else e.g. `http.0`. */
  readonly name: string;
  /** e.g. `http`. */
  readonly pluginName: string;
  /** Wildcard over tags. */
  readonly match: string;
  readonly retryLimit: RetryLimit;
  /** The over-limit counter of the proposed fix. */
  readonly quota: OverLimitOwner;
  readonly plugin: OutputPlugin;
  readonly metrics: OutputMetrics;
}

/** Stands for `config->tasks_map`. */
export interface TaskMap {
  /** Ids in the map now. */
  size: number;
  /** Ids that the map may grow to. */
  readonly limit: number;
  /** Ids added when the map is full and may grow. */
  readonly growth: number;
  readonly tasks: (Task | undefined)[];
  count: number;
  /** No id below this one is free. */
  lowestFree: number;
}

/** Stands for `struct flb_sched_request`: a retry that waits. */
export interface SchedulerRequest {
  readonly retry: TaskRetry;
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** Seconds. */
  readonly timeout: number;
  /** The timer that it holds, or undefined while it waits for its time frame without one. */
  timer: TimerHandle | undefined;
}
