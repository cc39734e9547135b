/** A callback that a {@link Clock} will run later, unless it is cancelled first. */
export interface TimerHandle {
  cancel(): void;
}

/**
 * Time as the engine sees it. The engine never asks the machine for the time: on the virtual clock a
 * run is reproducible to the byte, on the system clock the same code moves real files.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `callback` once, `delay` milliseconds from now (0 or more). */
  schedule(delay: number, callback: () => void): TimerHandle;
}

/** Runs `callback` every `interval` milliseconds until the handle is cancelled. */
export function scheduleEvery(clock: Clock, interval: number, callback: () => void): TimerHandle {
  let cancelled = false;
  let next: TimerHandle | undefined;
  const arm = (): void => {
    next = clock.schedule(interval, () => {
      if (cancelled) return;
      arm();
      callback();
    });
  };
  arm();
  return {
    cancel: () => {
      cancelled = true;
      next?.cancel();
    },
  };
}
