import { hasRoom, isUp } from "../chunkio/chunk.ts";
import type { Engine } from "../core/engine.ts";

/**
 * Is the engine in a state that only a restart can end? Nothing is being flushed, memory is full, every
 * waiting retry needs a place there and its output has no over-limit unit left, and no idle chunk can
 * get a task. Whether the endpoints answer makes no difference: nobody asks them any more.
 */
export function isStuck(engine: Engine): boolean {
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
