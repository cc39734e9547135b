import { isUp } from "../chunkio/chunk.ts";
import { chunkDown } from "../chunkio/chunk-store.ts";
import { allocateAddress } from "./address.ts";
import { schedRequestCreate, schedRequestInvalidate } from "./scheduler.ts";
import type { Engine } from "./engine.ts";
import type { OutputInstance, Task, TaskRetry, TaskRoute } from "./structures.ts";

/** Stands for `flb_task.c::flb_task_retry_destroy` (v3.0.4). */
export function retryDestroy(engine: Engine, retry: TaskRetry): void {
  if (schedRequestInvalidate(engine, retry)) {
    engine.log.debug(() => `[retry] task retry=${retry.address}, invalidated from the scheduler`);
  }
  const index = retry.task.retries.indexOf(retry);
  if (index >= 0) retry.task.retries.splice(index, 1);
}

/**
 * Makes the retry of a failed delivery, or counts one more. Undefined if the limit was reached; then
 * the old one is gone. A chunk with one route is put down; with several it stays up, because another
 * output may be reading it. Stands for `flb_task.c::flb_task_retry_create` (v3.0.4).
 */
export function retryCreate(engine: Engine, task: Task, route: TaskRoute): TaskRetry | undefined {
  let retry = findRetry(task, route.output);
  if (retry !== undefined) {
    const limit = route.output.retryLimit;
    const { attempts } = retry;
    if (typeof limit === "number" && attempts >= limit) {
      engine.log.debug(
        () => `[task] task_id=${task.id} reached retry-attempts limit ${attempts}/${limit}`,
      );
      retryDestroy(engine, retry);
      return undefined;
    }
    retry.attempts += 1;
    engine.log.debug(
      () => `[retry] re-using retry for task_id=${task.id} attempts=${attempts + 1}`,
    );
  } else {
    retry = {
      attempts: 1,
      output: route.output,
      task,
      route,
      address: allocateAddress(engine),
    };
    task.retries.push(retry);
    engine.log.debug(() => `[retry] new retry created for task_id=${task.id} attempts=1`);
  }
  if (task.routes.length === 1 && isUp(task.chunk.chunk)) chunkDown(engine.store, task.chunk.chunk);
  return retry;
}

/**
 * Puts a retry off again, because its chunk could not be brought up. No retry is used: the backoff is
 * drawn for the same number of attempts. Answers whether it waits again; if not, it is gone, and the
 * task is settled by it. Stands for `flb_task.c::flb_task_retry_reschedule` (v3.0.4).
 */
export function retryReschedule(engine: Engine, retry: TaskRetry): boolean {
  const { task } = retry;
  const seconds = schedRequestCreate(engine, retry);
  if (seconds === undefined) {
    engine.log.warn(() => `[task] retry for task ${task.id} could not be re-scheduled`);
    retryDestroy(engine, retry);
    retry.route.status = "lost";
    if (task.users === 0 && task.retries.length === 0) engine.release.settle(engine, task);
    return false;
  }
  engine.log.info(
    () => `[task] re-schedule retry=${retry.address} ${task.id} in the next ${seconds} seconds`,
  );
  return true;
}

/** Retries used so far, or undefined. Stands for `flb_task.c::flb_task_retry_count`. */
export function retryCount(task: Task, output: OutputInstance): number | undefined {
  return findRetry(task, output)?.attempts;
}

/** Forgets the retry of a delivery that ended. Stands for `flb_task.c::flb_task_retry_clean`. */
export function retryClean(engine: Engine, task: Task, output: OutputInstance): void {
  const retry = findRetry(task, output);
  if (retry !== undefined) retryDestroy(engine, retry);
}

/** The retry of a delivery, while it waits or is under way. */
export function findRetry(task: Task, output: OutputInstance): TaskRetry | undefined {
  return task.retries.find((retry) => retry.output === output);
}
