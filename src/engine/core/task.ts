import { allocateAddress } from "./address.ts";
import { inputChunkDestroy, inputChunkSetLimits } from "./input-chunk.ts";
import type { Engine } from "./engine.ts";
import type { InputChunk, InputInstance, Task } from "./structures.ts";
import { mapFreeTaskId, mapGetTaskId, mapSetTaskId } from "./task-map.ts";
import { retryDestroy } from "./task-retry.ts";

/**
 * Gives an idle chunk that is up a task with one route for each of its outputs. Answers undefined if
 * no id is free, or if the chunk goes nowhere: then it is closed.
 * Stands for `flb_task.c::flb_task_create` (v3.0.4).
 */
export function taskCreate(engine: Engine, chunk: InputChunk): Task | undefined {
  const id = mapGetTaskId(engine.taskMap);
  if (id === undefined) return undefined;
  const task: Task = {
    id,
    address: allocateAddress(engine),
    chunk,
    status: "new",
    users: 0,
    routes: engine.release.attempted(engine, chunk).map((output) => ({ output, status: "new" })),
    retries: [],
    records: chunk.totalRecords,
  };
  mapSetTaskId(engine.taskMap, id, task);
  chunk.task = task;
  chunk.busy = true;
  chunk.input.tasks.add(task);
  if (task.routes.length === 0) {
    engine.log.debug(
      () => `[task] created task=${task.address} id=${task.id} without routes, dropping.`,
    );
    taskDestroy(engine, task, true);
    return undefined;
  }
  engine.log.debug(() => `[task] created task=${task.address} id=${task.id} OK`);
  return task;
}

/**
 * Frees the id and closes the chunk. Stands for `flb_task.c::flb_task_destroy` (v3.0.4): the id is free
 * before the chunk is gone, and the retries leave the scheduler last.
 */
export function taskDestroy(engine: Engine, task: Task, deleteFile: boolean): void {
  engine.log.debug(() => `[task] destroy task=${task.address} (task_id=${task.id})`);
  mapFreeTaskId(engine.taskMap, task.id);
  task.chunk.input.tasks.delete(task);
  task.chunk.task = undefined;
  inputChunkDestroy(engine, task.chunk, deleteFile);
  for (const retry of [...task.retries]) retryDestroy(engine, retry);
  inputChunkSetLimits(engine, task.chunk.input);
}

/**
 * Frees the id of a task whose chunk lives on and is idle again. Fluent Bit has no such function; it is
 * what the candidate `park` adds.
 */
export function taskRelease(engine: Engine, task: Task): void {
  engine.log.debug(() => `[task] destroy task=${task.address} (task_id=${task.id})`);
  mapFreeTaskId(engine.taskMap, task.id);
  task.chunk.input.tasks.delete(task);
  task.chunk.task = undefined;
  task.chunk.busy = false;
}

/** Settles the task if nothing is under way or waiting. Stands for `flb_task_users_release`. */
export function taskUsersRelease(engine: Engine, task: Task): void {
  if (task.users === 0 && task.retries.length === 0) engine.release.settle(engine, task);
}

/** Stands for `flb_task_users_dec`. */
export function taskUsersDecrement(engine: Engine, task: Task, releaseCheck: boolean): void {
  task.users -= 1;
  if (releaseCheck) taskUsersRelease(engine, task);
}

/** Tasks with a flush under way or a retry waiting. Stands for `flb_task_running_count`. */
export function taskRunningCount(engine: Engine): number {
  let count = 0;
  for (const input of engine.inputs) {
    for (const task of input.tasks) {
      if (task.users > 0 || task.retries.length > 0) count += 1;
    }
  }
  return count;
}

/** Logs the tasks that a shutdown waits for. Stands for `flb_task_running_print`. */
export function taskRunningPrint(engine: Engine): void {
  for (const input of engine.inputs) {
    engine.log.info(() => pendingTasks(input));
    for (const task of input.tasks) {
      const routes = task.routes
        .map(({ output }) => `${output.pluginName}/${output.name} `)
        .join("");
      engine.log.info(() => `[task]   task_id=${task.id} still running on route(s): ${routes}`);
    }
  }
}

function pendingTasks(input: InputInstance): string {
  return `[task] ${input.plugin}/${input.name} has ${input.tasks.size} pending task(s):`;
}
