import type { Clock, TimerHandle } from "./clock.ts";

interface Timer extends TimerHandle {
  readonly at: number;
  readonly order: number;
  callback: (() => void) | undefined;
}

/**
 * A clock that moves only when it is told to. Timers that are due at the same millisecond run in the
 * order in which they were set, so that a run depends on nothing but its inputs.
 */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #heap: Timer[] = [];

  /** Starts at `start`, in milliseconds since the epoch. */
  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  schedule(delay: number, callback: () => void): TimerHandle {
    const timer: Timer = {
      at: this.#now + Math.max(0, delay),
      order: this.#order++,
      callback,
      cancel() {
        timer.callback = undefined;
      },
    };
    this.#push(timer);
    return timer;
  }

  /** Runs every timer that is due up to and including `time`; the clock then reads `time`. */
  runUntil(time: number): void {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || first.at > time) break;
      this.#pop();
      this.#run(first);
    }
    this.#now = Math.max(this.#now, time);
  }

  #run(timer: Timer): void {
    const { callback } = timer;
    if (callback === undefined) return;
    timer.callback = undefined;
    this.#now = Math.max(this.#now, timer.at);
    callback();
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push(timer);
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (parent === undefined || isBefore(parent, timer)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = timer;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      let child = heap[childIndex];
      if (child === undefined) break;
      const right = heap[childIndex + 1];
      if (right !== undefined && isBefore(right, child)) {
        childIndex += 1;
        child = right;
      }
      if (isBefore(last, child)) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = last;
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
