import type { Chunk, ChunkStore } from "../chunkio/chunk.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Random } from "../platform/random.ts";
import type {
  InputChunk,
  InputInstance,
  OutputInstance,
  SchedulerRequest,
  Task,
  TaskMap,
  TaskRetry,
  TaskRoute,
} from "./structures.ts";

/** Stands for `struct flb_sched`. */
interface Scheduler {
  /** `scheduler.base`, seconds. */
  readonly base: number;
  /** `scheduler.cap`, seconds. */
  readonly cap: number;
  /** Timers (file descriptors) that retries may hold at once. */
  readonly timerLimit: number;
  timersInUse: number;
  /** Test hook for `scheduleFail`: the next request finds no timer, whatever the limit says. */
  refuseNext: boolean;
  /** Requests that hold a timer, and requests that wait for their time frame without one. */
  readonly requests: Map<TaskRetry, SchedulerRequest>;
  /** What the event loop does with a request that is due: `flb_engine_dispatch_retry`. */
  readonly dispatchRetry: (engine: Engine, retry: TaskRetry) => void;
}

/** Stands for `struct flb_config`: everything that one engine knows. */
export interface Engine {
  readonly release: Release;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly store: ChunkStore;
  readonly taskMap: TaskMap;
  readonly scheduler: Scheduler;
  readonly inputs: InputInstance[];
  readonly outputs: OutputInstance[];
  /** `MAX_OVER_LIMIT_OUTPUT_CHUNKS_UP`; 0 where the release has no such quota. */
  readonly overLimitQuota: number;
  /** Printed in chunk names. */
  readonly pid: number;
  running: boolean;
  /** Stands for `config->is_shutting_down`: retries are no longer put off. */
  shuttingDown: boolean;
  /** Source of what is printed where C prints pointers. */
  nextAddress: number;
  /** Time and count of the last chunk name, so that no two are the same. */
  lastName: { time: number; count: number };
}

/** A wait that an engine plans. */
export interface OwnWait {
  /** The longest that it can be. */
  readonly seconds: number;
  /** e.g. `the backoff of a retry`. */
  readonly what: string;
}

/** A step that only one release has; answers false, and changes nothing, where it is not possible. */
type OwnStep = (engine: Engine, chunk: InputChunk, output: OutputInstance | undefined) => boolean;

/** What a release reports of a chunk or an output beside what every release does, by name. */
export type Report = Readonly<Record<string, string | number>>;

/**
 * A release of Fluent Bit, or a candidate for one: everything in which releases differ, and nothing
 * else. The functions of the engine call these where their C counterparts differ between versions.
 * To add one, write a file in `src/engine/releases/` and list it in `catalogue.ts`.
 */
export interface Release {
  /** e.g. `v3.0.4`. */
  readonly name: string;
  /** One line that says what sets it apart. */
  readonly summary: string;
  /** The version that the log's first line gives. */
  readonly version: string;
  readonly timeStamp: "seconds" | "milliseconds";
  /** Stands for `config->tasks_map`: ids at the start, at most, and added at a time. */
  readonly taskMap: { readonly size: number; readonly limit: number; readonly growth: number };
  /** Default of `MAX_OVER_LIMIT_OUTPUT_CHUNKS_UP`; 0 if chunks are never brought up above the limit. */
  readonly overLimitQuota: number;

  /** Does a new chunk come up? In C the limit alone decides (`cio_file.c::open_and_up`). */
  opensUp(engine: Engine): boolean;
  /** A new chunk was left down by {@link opensUp}. */
  openedDown(engine: Engine, chunk: InputChunk): void;
  /** A chunk became idle: created, read from disk, or given up by its task. */
  chunkIdle(engine: Engine, chunk: InputChunk): void;
  /** An idle chunk got a task. */
  chunkBusy(engine: Engine, chunk: InputChunk): void;
  /** May this idle chunk be dispatched, as far as order is concerned? */
  mayDispatch(engine: Engine, chunk: InputChunk): boolean;
  /** The outputs that a new task of this idle chunk is flushed to. */
  attempted(engine: Engine, chunk: InputChunk): readonly OutputInstance[];
  /** The flush timer has fired, and nothing was dispatched yet. */
  beforeFlush(engine: Engine): void;
  /**
   * `flb_engine_dispatch` found this idle chunk and no free task id. May bring the chunk up or put it
   * down; answers whether to look at further chunks.
   */
  taskMapFull(engine: Engine, chunk: InputChunk): { proceed: boolean; acted: boolean };
  /** A retry is due: brings its chunk up if possible. Stands for `flb_input_chunk_set_up`. */
  setUpForRetry(engine: Engine, retry: TaskRetry): "ok" | "error" | "corrupted";
  /** An output asked for a retry; `attempts` failures are already behind this delivery. */
  flushFailed(engine: Engine, task: Task, route: TaskRoute): void;
  /** Retries used by a delivery, or failures so far: 0 at first. */
  retriesUsed(engine: Engine, chunk: InputChunk, output: OutputInstance): number;
  /** A delivery has ended, well or not, and its task is not settled yet. */
  routeEnded(engine: Engine, task: Task, route: TaskRoute): void;
  /** The last user and the last retry of a task are gone: every route has its final status. */
  settle(engine: Engine, task: Task): void;
  /** What the release itself makes deliveries wait for, beside the scheduler and the flush timer. */
  ownWaits(engine: Engine): readonly OwnWait[];
  /** A chunk is about to be closed. */
  chunkClosing(engine: Engine, chunk: InputChunk): void;
  /** The outputs to which a chunk goes that a former process left; it is up. */
  routesOnDisk(engine: Engine, chunk: Chunk, tag: string): readonly OutputInstance[];
  /** An output is being destroyed. */
  outputExit(engine: Engine, output: OutputInstance): void;
  /** The end of every step of the engine. */
  endOfStep(engine: Engine): void;

  /** Steps that no other release has, by the name of their action. */
  readonly ownSteps: Readonly<Record<string, OwnStep>>;
  /** Where a chunk waits, if a delivery that waits holds no task; undefined in a release where it holds one. */
  parkedAs(engine: Engine, chunk: InputChunk): Report | undefined;
  /** What the release keeps of an output, beside whether it answers. */
  reportOutput(engine: Engine, output: OutputInstance): Report;
}
