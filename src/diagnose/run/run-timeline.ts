import type { TaskEvent } from "../log/log-event.ts";
import type { Mark } from "./mark.ts";

/** A stretch of time in a run. */
export interface TimelineStretch {
  /** Tasks that wait for a retry: the most at any moment of it. */
  readonly waiting: number;
  /** Flushes that failed, retries that found no memory, and deliveries that are logged. */
  readonly failed: number;
  readonly refused: number;
  readonly delivered: number;
}

/** So many stretches are kept, however long the run is. */
const mostStretches = 480;
const firstWidth = 1000;

const empty: TimelineStretch = { waiting: 0, failed: 0, refused: 0, delivered: 0 };

function together(a: TimelineStretch, b: TimelineStretch): TimelineStretch {
  return {
    waiting: Math.max(a.waiting, b.waiting),
    failed: a.failed + b.failed,
    refused: a.refused + b.refused,
    delivered: a.delivered + b.delivered,
  };
}

/** What a log tells of tasks over time, in memory that does not grow with it. */
export class RunTimeline {
  /** When all tasks that can exist last began to wait; null where they do not. */
  mapFilled: Mark | null = null;
  /** The first retry that found no memory. */
  refused: Mark | null = null;
  #begin: number | null = null;
  #width = firstWidth;
  #stretches: TimelineStretch[] = [];
  #waiting = 0;

  /** When the first stretch begins, in milliseconds as in marks. */
  get begin(): number {
    return this.#begin ?? 0;
  }

  /** Milliseconds of each stretch. */
  get width(): number {
    return this.#width;
  }

  get stretches(): readonly TimelineStretch[] {
    return this.#stretches;
  }

  /** Takes what happened to a task, and how many tasks wait then. */
  take(mark: Mark, kind: TaskEvent["kind"], waiting: number, taskMapSize: number): void {
    if (waiting < taskMapSize) this.mapFilled = null;
    else this.mapFilled ??= mark;
    if (kind === "rescheduled") this.refused ??= mark;
    const index = this.#indexOf(mark.time);
    this.#stretches[index] = together(this.#stretches[index] ?? empty, {
      waiting,
      failed: kind === "failed" ? 1 : 0,
      refused: kind === "rescheduled" ? 1 : 0,
      delivered: kind === "delivered" ? 1 : 0,
    });
    this.#waiting = waiting;
  }

  /** The stretch of a moment; those before it are there then, too. */
  #indexOf(time: number): number {
    const begin = (this.#begin ??= time);
    const place = (): number => Math.max(0, Math.floor((time - begin) / this.#width));
    while (place() >= mostStretches) {
      this.#width *= 2;
      this.#stretches = this.#stretches
        .filter((_, index) => index % 2 === 0)
        .map((one, index) => together(one, this.#stretches[2 * index + 1] ?? empty));
    }
    while (this.#stretches.length <= place()) {
      this.#stretches.push({ ...empty, waiting: this.#waiting });
    }
    return place();
  }
}
