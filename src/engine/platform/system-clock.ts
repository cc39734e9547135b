import type { Clock } from "./clock.ts";

/** Milliseconds of a timer have 31 bits; with more, Node would not wait at all. */
const longestDelay = 2 ** 31 - 1;

/** The machine's own clock and Node's timers; what is due in more than 24 days comes after 24 days. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule: (delay, callback) => {
    const timer = setTimeout(callback, Math.min(delay, longestDelay));
    return {
      cancel: () => {
        clearTimeout(timer);
      },
    };
  },
};
