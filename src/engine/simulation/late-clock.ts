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

/**
 * A clock whose timers fire on whole seconds, as if they had been set when the second began. That is
 * what Fluent Bit's own do: `mk_event_epoll.c::_mk_event_timeout_create` (v3.0.4) leaves out the
 * nanoseconds. Retries therefore fire together with the flush of that second, just before it.
 */
export function wholeSecondClock(clock: Clock): Clock {
  return {
    now: () => clock.now(),
    schedule: (delay, callback) => clock.schedule(delay - (clock.now() % 1000), callback),
  };
}
