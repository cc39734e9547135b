import type { Clock, TimerHandle } from "../../../src/engine/platform/clock.ts";

/** A clock that keeps the books of who holds a timer, whatever the engine's own counter says. */
export class TimerLedger implements Clock {
  readonly #clock: Clock;
  readonly #held = new Map<TimerHandle, number>();
  #answering = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  /** Timers that were set, have not fired and were not given back; answers of outputs apart. */
  get held(): number {
    return this.#held.size;
  }

  /** When a timer fires, in milliseconds since the epoch; undefined if nobody holds it. */
  firesAt(timer: TimerHandle): number | undefined {
    return this.#held.get(timer);
  }

  schedule(delay: number, callback: () => void): TimerHandle {
    if (this.#answering) return this.#clock.schedule(delay, callback);
    const timer = this.#clock.schedule(delay, () => {
      this.#held.delete(held);
      callback();
    });
    const held: TimerHandle = {
      cancel: () => {
        this.#held.delete(held);
        timer.cancel();
      },
    };
    this.#held.set(held, this.now() + delay);
    return held;
  }

  /** The turn of the event loop in which an answer is handled is no timer. */
  answer(done: () => void): void {
    this.#answering = true;
    done();
    this.#answering = false;
  }
}
