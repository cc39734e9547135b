import type { Clock } from "./clock.ts";

/** The machine's own clock and Node's timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule: (delay, callback) => {
    const timer = setTimeout(callback, delay);
    return {
      cancel: () => {
        clearTimeout(timer);
      },
    };
  },
};
