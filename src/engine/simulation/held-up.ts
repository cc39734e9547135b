import { hasRoom, isUp } from "../chunkio/chunk.ts";
import type { Engine } from "../core/engine.ts";

/**
 * Do tasks and memory wait for each other? Nothing is being flushed, memory is full, every waiting retry needs a place
 * there and its output has no over-limit unit left, and no idle chunk can get a task. Whether the endpoints answer
 * makes no difference: nobody asks them any more.
 */
export function isDeadlocked(engine: Engine): boolean {
  const { store, taskMap } = engine;
  if (hasRoom(store) || taskMap.count < taskMap.limit) return false;
  for (const input of engine.inputs) {
    for (const task of input.tasks) {
      if (isUp(task.chunk.chunk)) return false;
      for (const { output, status } of task.routes) {
        if (status === "flushing") return false;
        if (status === "retry" && output.quota.overLimitUp < engine.overLimitQuota) return false;
      }
    }
  }
  return true;
}

/** What an engine that does not move has, in numbers: who reads them sees what holds it up. */
export interface HeldUp {
  /** Tasks and memory wait for each other, which nothing but a restart ends. */
  readonly deadlocked: boolean;
  readonly tasks: number;
  readonly taskLimit: number;
  /** Tasks with neither a flush under way nor a retry: nothing will ever end them. */
  readonly leakedTasks: number;
  /** Tasks that wait for a retry. */
  readonly retries: number;
  /** Chunks without a task. */
  readonly idleChunks: number;
  readonly up: number;
  readonly upLimit: number;
}

/** Looks at an engine that does not move. */
export function heldUp(engine: Engine): HeldUp {
  let leakedTasks = 0;
  let retries = 0;
  let idleChunks = 0;
  for (const { chunks, tasks } of engine.inputs) {
    for (const task of tasks) {
      if (task.retries.length > 0) retries += 1;
      else if (task.users === 0) leakedTasks += 1;
    }
    for (const chunk of chunks) if (!chunk.busy) idleChunks += 1;
  }
  return {
    deadlocked: isDeadlocked(engine),
    tasks: engine.taskMap.count,
    taskLimit: engine.taskMap.limit,
    leakedTasks,
    retries,
    idleChunks,
    up: engine.store.totalChunksUp,
    upLimit: engine.store.options.maxChunksUp,
  };
}
