import type { Clock } from "./clock.ts";
import { systemClock } from "./system-clock.ts";

/**
 * Node's timers, and a time of day that goes on as they do: the one at the start of the process, and what has passed
 * since. Whoever puts the clock on the wall back or forward makes no retry late or early.
 */
export const steadyClock: Clock = {
  now: () => Math.floor(performance.timeOrigin + performance.now()),
  schedule: (delay, callback) => systemClock.schedule(delay, callback),
};
