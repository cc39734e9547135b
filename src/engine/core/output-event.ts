import type { Engine } from "./engine.ts";
import type { FlushResult, Task, TaskRoute } from "./structures.ts";
import { taskUsersDecrement } from "./task.ts";
import { retryClean, retryCount } from "./task-retry.ts";

/**
 * An output has answered a flush. Stands for `flb_engine.c::handle_output_event` (v3.0.4). The retry
 * branch is the release's: there they differ.
 */
export function handleOutputEvent(
  engine: Engine,
  task: Task,
  route: TaskRoute,
  result: FlushResult,
): void {
  if (result === "ok") flushSucceeded(engine, task, route);
  else if (result === "retry") engine.release.flushFailed(engine, task, route);
  else flushError(engine, task, route);
  engine.release.endOfStep(engine);
}

function flushSucceeded(engine: Engine, task: Task, route: TaskRoute): void {
  const { output } = route;
  output.metrics.procRecords += task.records;
  output.metrics.procBytes += task.chunk.chunk.dataSize;
  if (task.retries.length > 0) {
    const retries = retryCount(task, output);
    if (retries !== undefined) {
      engine.log.info(
        () =>
          `[engine] flush chunk '${task.chunk.chunk.name}' succeeded at retry ${retries}: ${path(task, route)}`,
      );
    }
  } else if (task.chunk.backlog) {
    engine.log.info(
      () =>
        `[engine] flush backlog chunk '${task.chunk.chunk.name}' succeeded: ${path(task, route)}`,
    );
  }
  route.status = "delivered";
  engine.release.routeEnded(engine, task, route);
  retryClean(engine, task, output);
  taskUsersDecrement(engine, task, true);
}

function flushError(engine: Engine, task: Task, route: TaskRoute): void {
  const { output } = route;
  output.metrics.errors += 1;
  output.metrics.droppedRecords += task.records;
  route.status = "dropped";
  engine.release.routeEnded(engine, task, route);
  retryClean(engine, task, output);
  taskUsersDecrement(engine, task, true);
}

/** Names task, input and output as the log does. */
export function path(task: Task, route: TaskRoute): string {
  const { output } = route;
  return `task_id=${task.id}, input=${task.chunk.input.name} > output=${output.name} (out_id=${output.id})`;
}
