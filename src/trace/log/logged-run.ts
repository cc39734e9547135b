import type { LogEvent } from "./log-event.ts";
import type { LogLine } from "./log-line.ts";

/** Where something stands in a log. */
export interface LogPlace {
  readonly line: number;
  readonly at: string;
}

/** What a log counts. */
export interface LogCounts {
  /** Flushes that failed and are tried again. */
  failed: number;
  /** Deliveries that the log tells of: first tries of many plugins are not among them. */
  delivered: number;
  /** Retries that found no memory. */
  rescheduled: number;
  /** Chunks that were deleted because no timer was to be had. */
  lost: number;
  /** Chunks that were given up for good, as their `Retry_Limit` wants. */
  dropped: number;
  /** Records that found no chunk. */
  refused: number;
}

interface Waiting {
  /** How often its retry found no memory since something last moved. */
  refusals: number;
}

/** One run of an engine, from its start to its end, as its log tells it. */
export class LoggedRun {
  version: string | null = null;
  maxChunksUp: number | null = null;
  readonly counts: LogCounts = {
    failed: 0,
    delivered: 0,
    rescheduled: 0,
    lost: 0,
    dropped: 0,
    refused: 0,
  };
  /** Tasks of which a retry waits, as far as the log tells. */
  readonly #waiting = new Map<number, Waiting>();
  #linesLeftOut = 0;
  /** Tasks that were left when the engine stopped; null where the log does not say so. */
  tasksAtEnd: number | null = null;
  #first: LogLine | null = null;
  #last: LogLine | null = null;
  #moved: LogLine | null = null;
  #lastMove: LogEvent["kind"] | null = null;
  #ended = false;

  /** Lines that somebody left out of the log, as far as it says so. */
  get linesLeftOut(): number {
    return this.#linesLeftOut;
  }

  /** Says that lines were left out here. */
  leaveOut(lines: number): void {
    this.#linesLeftOut += lines;
  }

  /** Takes the next line; null for an event that says nothing. */
  take(line: LogLine, event: LogEvent | null): void {
    this.#first ??= line;
    if (event?.kind === "ended") this.tasksAtEnd = event.tasks;
    // What is done at the end of a process (tasks are destroyed) is no progress.
    if (this.#ended) return;
    this.#last = line;
    if (event === null) return;
    switch (event.kind) {
      case "started":
        this.version = event.version;
        break;
      case "storage":
        this.maxChunksUp = event.maxChunksUp;
        break;
      case "rescheduled": {
        this.counts.rescheduled++;
        const waiting = this.#waiting.get(event.task) ?? { refusals: 0 };
        waiting.refusals++;
        this.#waiting.set(event.task, waiting);
        break;
      }
      case "failed":
        this.counts.failed++;
        this.#move(line, event.kind);
        this.#waiting.set(event.task, { refusals: 0 });
        break;
      case "delivered":
      case "lost":
      case "dropped":
        this.counts[event.kind]++;
        if (event.task !== null) this.#waiting.delete(event.task);
        this.#move(line, event.kind);
        break;
      case "created":
      case "destroyed":
        this.#waiting.delete(event.task);
        this.#move(line, event.kind);
        break;
      case "refused":
        this.counts.refused++;
        break;
      case "configured":
        break;
      case "ending":
      case "ended":
        this.#ended = true;
        break;
    }
  }

  #move(line: LogLine, kind: LogEvent["kind"]): void {
    this.#moved = line;
    this.#lastMove = kind;
    for (const waiting of this.#waiting.values()) waiting.refusals = 0;
  }

  /** Where the run begins and ends; null where it has no line. */
  get span(): { readonly from: LogPlace; readonly to: LogPlace } | null {
    const [from, to] = [this.#first, this.#last ?? this.#first];
    return from === null || to === null ? null : { from: placeOf(from), to: placeOf(to) };
  }

  /** The last line that tells of an attempt, a delivery, or the end of a task. */
  get moved(): (LogPlace & { readonly kind: LogEvent["kind"] }) | null {
    return this.#moved === null || this.#lastMove === null
      ? null
      : { ...placeOf(this.#moved), kind: this.#lastMove };
  }

  /** Seconds from the last movement, or from the beginning, to the end. */
  get secondsStill(): number {
    const from = this.#moved ?? this.#first;
    return from === null || this.#last === null ? 0 : (this.#last.time - from.time) / 1000;
  }

  /** Tasks of which a retry waits, and those of them whose retry found no memory since anything moved. */
  get waiting(): { readonly tasks: number; readonly refused: number; readonly refusals: number } {
    const all = [...this.#waiting.values()];
    return {
      tasks: all.length,
      refused: all.filter(({ refusals }) => refusals > 0).length,
      refusals: all.reduce((sum, { refusals }) => sum + refusals, 0),
    };
  }
}

function placeOf({ number, at }: LogLine): LogPlace {
  return { line: number, at };
}
