import type { Engine } from "./engine.ts";
import type { SchedulerRequest, TaskRetry } from "./structures.ts";
import { randomUniform, type Random } from "../platform/random.ts";

/** Seconds. Retries that are due later than this wait without a timer. `FLB_SCHED_REQUEST_FRAME`. */
export const requestFrame = 10;

/** The most that {@link backoffFullJitter} draws, in seconds. */
export function longestBackoff(base: number, cap: number, attempts: number): number {
  return Math.max(base, Math.min(cap, base * 2 ** attempts));
}

/**
 * Seconds to wait before retry number `attempts`: uniform between `base` and `base` doubled that many
 * times, but not more than `cap`. Stands for `flb_scheduler.c::backoff_full_jitter` (v3.0.4).
 */
export function backoffFullJitter(
  random: Random,
  base: number,
  cap: number,
  attempts: number,
): number {
  return randomUniform(random, base, longestBackoff(base, cap, attempts));
}

/**
 * Puts a retry off. Answers the seconds until it is due, or undefined if it is due within the next frame and no
 * timer is to be had: then the retry is lost. Stands for `flb_scheduler.c::flb_sched_request_create` (v3.0.4).
 */
export function schedRequestCreate(engine: Engine, retry: TaskRetry): number | undefined {
  const { scheduler } = engine;
  const wait = engine.shuttingDown
    ? 0
    : backoffFullJitter(engine.random, scheduler.base, scheduler.cap, retry.attempts);
  const seconds = wait + 1;
  const request: SchedulerRequest = {
    retry,
    created: engine.clock.now(),
    timeout: seconds,
    timer: undefined,
  };
  const refused = scheduler.refuseNext;
  scheduler.refuseNext = false;
  if (refused || (seconds <= requestFrame && !scheduleRequestNow(engine, request, seconds))) {
    engine.log.error(
      () =>
        "[sched]  'retry request' could not be created. the system might be running out of memory or file descriptors.",
    );
    return undefined;
  }
  scheduler.requests.set(retry, request);
  return seconds;
}

/**
 * Gives timers to the requests that are due within the next frame; called once a frame. Those that get
 * none stay and are looked at again. Stands for `flb_scheduler.c::schedule_request_promote` (v3.0.4).
 */
export function scheduleRequestPromote(engine: Engine): void {
  const now = Math.floor(engine.clock.now() / 1000);
  for (const request of engine.scheduler.requests.values()) {
    if (request.timer !== undefined) continue;
    const passed = now - Math.floor(request.created / 1000);
    let next: number;
    if (passed > request.timeout) next = 1;
    else if (passed + requestFrame >= request.timeout) next = request.timeout - passed;
    else continue;
    if (scheduleRequestNow(engine, request, next)) continue;
    engine.log.error(
      () =>
        "[sched] a 'retry request' could not be scheduled. the system might be running out of memory or file descriptors. The scheduler will do a retry later.",
    );
  }
}

/** Takes a retry out of the scheduler; true if it was there. Stands for `flb_sched_request_invalidate`. */
export function schedRequestInvalidate(engine: Engine, retry: TaskRetry): boolean {
  const request = engine.scheduler.requests.get(retry);
  if (request === undefined) return false;
  schedRequestDestroy(engine, request);
  return true;
}

/**
 * A request is due: dispatches the retry, and only then gives its timer back. In between a retry that
 * is put off again holds two. Stands for `flb_scheduler.c::flb_sched_event_handler` (v3.0.4).
 */
export function schedEventHandler(engine: Engine, request: SchedulerRequest): void {
  engine.scheduler.dispatchRetry(engine, request.retry);
  schedRequestDestroy(engine, request);
}

/**
 * Makes a waiting retry due at once, at shutdown. False if no timer is to be had; then it waits on.
 * Stands for `flb_scheduler.c::flb_sched_retry_now` after the request was invalidated (v3.0.4).
 */
export function schedRetryNow(engine: Engine, retry: TaskRetry): boolean {
  schedRequestInvalidate(engine, retry);
  const request = { retry, created: engine.clock.now(), timeout: 0, timer: undefined };
  engine.scheduler.requests.set(retry, request);
  return scheduleRequestNow(engine, request, 0);
}

/**
 * Gives every timer back: after a shutdown nothing is due any more, and nothing keeps the process alive.
 * Stands for `flb_scheduler.c::flb_sched_destroy` (v3.0.4).
 */
export function schedDestroy(engine: Engine): void {
  for (const request of [...engine.scheduler.requests.values()]) {
    schedRequestDestroy(engine, request);
  }
}

function scheduleRequestNow(engine: Engine, request: SchedulerRequest, seconds: number): boolean {
  const { scheduler } = engine;
  if (scheduler.timersInUse >= scheduler.timerLimit) return false;
  scheduler.timersInUse += 1;
  request.timer = engine.clock.schedule(seconds * 1000, () => {
    if (engine.running) schedEventHandler(engine, request);
  });
  return true;
}

function schedRequestDestroy(engine: Engine, request: SchedulerRequest): void {
  const { scheduler } = engine;
  if (request.timer !== undefined) {
    request.timer.cancel();
    request.timer = undefined;
    scheduler.timersInUse -= 1;
  }
  if (scheduler.requests.get(request.retry) === request) scheduler.requests.delete(request.retry);
}
