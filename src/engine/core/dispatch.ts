import { isUp } from "../chunkio/chunk.ts";
import { chunkDown } from "../chunkio/chunk-store.ts";
import { disposeOfDamaged } from "../chunkio/rejected.ts";
import type { Engine } from "./engine.ts";
import { inputChunkFlush } from "./input-chunk.ts";
import { outputTaskFlush } from "./output.ts";
import type { InputChunk, InputInstance, OutputInstance, Task, TaskRetry } from "./structures.ts";
import { taskCreate, taskUsersRelease } from "./task.ts";
import { mapGetTaskId } from "./task-map.ts";
import { retryDestroy, retryReschedule } from "./task-retry.ts";

/**
 * Gives the idle chunks of an input tasks, in order, until the task map is full, and starts their
 * flushes. Stands for `flb_engine_dispatch.c::flb_engine_dispatch` (v3.0.4).
 */
export function engineDispatch(engine: Engine, input: InputInstance): void {
  for (const chunk of input.chunks) {
    if (!dispatchChunk(engine, chunk).proceed) break;
  }
  tasksStart(engine, input);
}

/** What became of one chunk in the dispatch loop. */
export interface DispatchOutcome {
  /** Whether the loop looks at further chunks. */
  readonly proceed: boolean;
  /** Whether anything changed. */
  readonly acted: boolean;
}

const passed: DispatchOutcome = { proceed: true, acted: false };

/** The body of the loop of `flb_engine_dispatch.c::flb_engine_dispatch` (v3.0.4), for one chunk. */
export function dispatchChunk(engine: Engine, inputChunk: InputChunk): DispatchOutcome {
  if (inputChunk.busy || !engine.release.mayDispatch(engine, inputChunk)) return passed;
  if (mapGetTaskId(engine.taskMap) === undefined) {
    return engine.release.taskMapFull(engine, inputChunk);
  }
  const content = inputChunkFlush(engine, inputChunk);
  if (content === undefined || content.length === 0) return passed;
  const task = taskCreate(engine, inputChunk);
  if (task !== undefined) engine.release.chunkBusy(engine, inputChunk);
  engine.release.endOfStep(engine);
  return { proceed: true, acted: true };
}

/** Starts the flushes of new tasks. Stands for `flb_engine_dispatch.c::tasks_start` (v3.0.4). */
export function tasksStart(engine: Engine, input: InputInstance): void {
  for (const task of input.tasks) {
    if (task.status !== "new") continue;
    task.status = "running";
    for (const route of task.routes) outputTaskFlush(engine, task, route);
  }
}

/**
 * A retry is due. If its chunk cannot be brought up it is put off again.
 * Stands for `flb_engine_dispatch.c::flb_engine_dispatch_retry` (v3.0.4).
 */
export function engineDispatchRetry(engine: Engine, retry: TaskRetry): void {
  const { task } = retry;
  const { chunk } = task.chunk;
  const result = engine.release.setUpForRetry(engine, retry);
  if (result === "error") {
    retryReschedule(engine, retry);
  } else if (result === "corrupted" || !isUp(chunk)) {
    engine.log.error(() => "[engine_dispatch] could not retrieve chunk content, removing retry");
    retryDestroy(engine, retry);
    retry.route.status = "lost";
    // In C the task is never released after this: it keeps its id until a restart.
    if (engine.store.options.keepRejected) giveUp(engine, task, retry.output);
  } else {
    outputTaskFlush(engine, task, retry.route);
  }
  engine.release.endOfStep(engine);
}

/** The file of a chunk is gone or damaged: it is kept if there is one, and the task ends with its last retry. */
function giveUp(engine: Engine, task: Task, output: OutputInstance): void {
  output.metrics.errors += 1;
  output.metrics.droppedRecords += task.records;
  disposeOfDamaged(engine.store, task.chunk.chunk);
  taskUsersRelease(engine, task);
}

/** Puts an idle chunk down, if it is up. Stands for `flb_input_chunk.c::flb_input_chunk_down`. */
export function inputChunkDown(engine: Engine, inputChunk: InputChunk): void {
  if (isUp(inputChunk.chunk)) chunkDown(engine.store, inputChunk.chunk);
}
