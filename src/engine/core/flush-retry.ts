import type { Engine } from "./engine.ts";
import { path } from "./output-event.ts";
import { schedRequestCreate } from "./scheduler.ts";
import type { Task, TaskRoute } from "./structures.ts";
import { taskUsersDecrement, taskUsersRelease } from "./task.ts";
import { retryClean, retryCreate, retryDestroy } from "./task-retry.ts";

/**
 * An output asked for a retry. The chunk is put down *before* a timer is asked for; if there is none,
 * the delivery is lost, and with the last delivery the chunk's file is deleted, whatever `Retry_Limit`
 * says. Stands for the `FLB_RETRY` branch of `flb_engine.c::handle_output_event` (v3.0.4).
 */
export function flushRetry(engine: Engine, task: Task, route: TaskRoute): void {
  const { output } = route;
  const { name } = task.chunk.chunk;
  if (output.retryLimit === "no_retries") {
    output.metrics.droppedRecords += task.records;
    engine.log.info(
      () => `[engine] chunk '${name}' is not retried (no retry config): ${path(task, route)}`,
    );
    route.status = "dropped";
    retryClean(engine, task, output);
    taskUsersDecrement(engine, task, true);
    return;
  }
  const retry = retryCreate(engine, task, route);
  if (retry === undefined) {
    output.metrics.retriesFailed += 1;
    output.metrics.droppedRecords += task.records;
    engine.log.error(
      () =>
        `[engine] chunk '${name}' cannot be retried: task_id=${task.id}, input=${task.chunk.input.name} > output=${output.name}`,
    );
    route.status = "dropped";
    retryClean(engine, task, output);
    taskUsersDecrement(engine, task, true);
    return;
  }
  taskUsersDecrement(engine, task, false);
  route.status = "retry";
  const seconds = schedRequestCreate(engine, retry);
  if (seconds === undefined) {
    engine.log.warn(
      () =>
        `[engine] retry for chunk '${name}' could not be scheduled: input=${task.chunk.input.name} > output=${output.name}`,
    );
    route.status = "lost";
    retryDestroy(engine, retry);
    taskUsersRelease(engine, task);
    return;
  }
  engine.log.warn(
    () =>
      `[engine] failed to flush chunk '${name}', retry in ${seconds} seconds: ${path(task, route)}`,
  );
  output.metrics.retries += 1;
  output.metrics.retriedRecords += task.records;
}
