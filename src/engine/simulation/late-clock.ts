import type { Clock } from "../platform/clock.ts";
import { randomUniform, type Random } from "../platform/random.ts";

/** A clock whose timers fire a little late, `lateness` milliseconds drawn for each, as those of a busy event loop. */
export function lateClock(
  clock: Clock,
  random: Random,
  lateness: readonly [number, number],
): Clock {
  return {
    now: () => clock.now(),
    schedule: (delay, callback) =>
      clock.schedule(delay === 0 ? 0 : delay + randomUniform(random, ...lateness), callback),
  };
}
