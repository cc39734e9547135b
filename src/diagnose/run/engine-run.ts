import {
  isEndEvent,
  isStartEvent,
  isTaskEvent,
  type LogEvent,
  type RemovedEvent,
  type SignEvent,
  type TaskEvent,
} from "../log/log-event.ts";
import { RunCounts } from "./run-counts.ts";
import { secondsBetween, tallied, type Mark, type Tally } from "./mark.ts";
import { OutputRecord } from "./output-record.ts";
import type { StorageSnapshot } from "./storage-snapshot.ts";
import { RunTimeline } from "./run-timeline.ts";
import { WaitingTasks } from "./waiting-tasks.ts";

/** An input that is paused. */
export interface PausedInput {
  readonly since: Mark;
  /** By which limit, in Fluent Bit's words. */
  readonly limit: string;
  /** Appends that it refused since. */
  readonly refused: number;
}

/** How a run ended. */
export interface RunEnding {
  /** `exited`: the engine called `exit(0)` by itself. */
  readonly kind: "asked" | "crashed" | "exited";
  readonly mark: Mark;
  /** The signal, where one is named. */
  readonly signal: string | null;
}

/** How long a shutdown or reload waits: the same number of chunks, second after second. */
export interface PendingChunks {
  readonly chunks: number;
  readonly since: Mark;
  readonly last: Mark;
}

/** One run of an engine, from its start to its end, as its log tells it. */
export class EngineRun {
  version: string | null = null;
  maxChunksUp: number | null = null;
  /** Whether the engine's own lines of level info are in the log. */
  tellsInfo = false;
  readonly counts = new RunCounts();
  readonly waiting = new WaitingTasks();
  readonly timeline = new RunTimeline();
  readonly outputs = new Map<string, OutputRecord>();
  readonly paused = new Map<string, PausedInput>();
  /** Tasks whose chunk cannot be read, where the log names them. */
  readonly unreadableTasks = new Set<number>();
  first: Mark | null = null;
  last: Mark | null = null;
  /** The last line that tells of an attempt, a delivery, or the end of a task. */
  moved: Mark | null = null;
  /** The last line that tells of a delivery, or of a task that ended. */
  delivered: Mark | null = null;
  /** When the number of tasks that wait last grew. */
  grew: Mark | null = null;
  noDescriptors: Tally | null = null;
  ending: RunEnding | null = null;
  reloading: Mark | null = null;
  pending: PendingChunks | null = null;
  /** Tasks that were left when the engine stopped; null where the log does not say so. */
  tasksAtEnd: number | null = null;
  dump: { readonly mark: Mark; readonly snapshot: StorageSnapshot } | null = null;
  linesLeftOut = 0;
  /** Deliveries that no task can have made that is known to wait, while a whole map of them did. */
  unexplained = 0;
  /** The deliveries that may be such. */
  impossible: Tally | null = null;
  /** Lines that cannot stand in the log of one engine. */
  strange: Tally | null = null;
  #lastLine: Mark | null = null;
  #refusals = 0;
  #namesEvicted = false;
  /** Seconds between two deliveries, the last ones above all. */
  #gap = 0;

  /** Takes the next line; null for an event that says nothing. */
  take(mark: Mark, event: LogEvent | null, taskMapSize: number): void {
    this.first ??= mark;
    if (this.ending !== null) {
      if (event !== null) this.#takeEnd(mark, event);
      return;
    }
    this.last = this.#lastLine = mark;
    if (event !== null) this.#take(mark, event, taskMapSize);
  }

  /** Says that so much time (milliseconds) has passed since the last line, and that there is no other yet. */
  pass(milliseconds: number): void {
    if (this.#lastLine === null) return;
    this.last = { ...this.#lastLine, time: this.#lastLine.time + milliseconds };
  }

  /** Takes what a dump says. */
  takeDump(mark: Mark, snapshot: StorageSnapshot): void {
    this.first ??= mark;
    this.last = this.#lastLine = mark;
    this.dump = { mark, snapshot };
  }

  /** Refusals since anything moved. */
  get refusalsSinceMoved(): number {
    return this.#refusals;
  }

  /** Seconds for which the engine can be silent between two deliveries, as it delivered lately. */
  usualGap(): number {
    return Math.min(Math.max(5 * this.#gap, 10), 60);
  }

  /** What is told of an output. */
  output(name: string): OutputRecord {
    let record = this.outputs.get(name);
    if (record === undefined) {
      record = new OutputRecord();
      this.outputs.set(name, record);
    }
    return record;
  }

  #take(mark: Mark, event: LogEvent, taskMapSize: number): void {
    if (isTaskEvent(event)) {
      this.#takeTask(mark, event, taskMapSize);
      this.timeline.take(mark, event.kind, this.waiting.size, taskMapSize);
    } else if (isEndEvent(event)) this.#takeEnd(mark, event);
    else if (isStartEvent(event)) this.#takeStart(event);
    else this.#takeSign(mark, event);
  }

  #takeStart(event: LogEvent): void {
    if (event.kind === "started") this.version = event.version ?? this.version;
    else if (event.kind === "banner") this.version ??= event.version;
    else if (event.kind === "storage") this.maxChunksUp = event.maxChunksUp;
  }

  #takeTask(mark: Mark, event: TaskEvent, taskMapSize: number): void {
    switch (event.kind) {
      case "failed":
        this.#fail(mark, event);
        break;
      case "rescheduled":
        this.counts.rescheduled++;
        this.#refusals++;
        if (!this.waiting.knows(event.task)) this.#meet(mark);
        this.waiting.refuse(event.task, event.seconds, mark);
        break;
      case "delivered":
        this.#deliver(mark, event.task, event.output, taskMapSize);
        break;
      case "dropped":
      case "lost":
      case "evicted":
        this.#remove(mark, event);
        break;
      case "created":
      case "destroyed":
        this.waiting.end(event.task);
        if (event.kind === "destroyed") this.#hasDelivered(mark);
        this.#move(mark);
        break;
    }
  }

  /** A retry of which no failure was seen: in a log that begins with the engine's start, that cannot be. */
  #meet(mark: Mark): void {
    this.grew = mark;
    if (this.version !== null && this.linesLeftOut === 0)
      this.strange = tallied(this.strange, mark);
  }

  #takeSign(mark: Mark, event: SignEvent): void {
    const { counts } = this;
    switch (event.kind) {
      case "refused":
        counts.refused = tallied(counts.refused, mark);
        break;
      case "overTotalLimit": {
        const output = this.output(event.output);
        output.overTotalLimit = tallied(output.overTotalLimit, mark);
        break;
      }
      case "cannotEvict":
        counts.cannotEvict = tallied(counts.cannotEvict, mark);
        if (event.exits) this.ending = { kind: "exited", mark, signal: null };
        break;
      case "unreadable":
        counts.unreadable = tallied(counts.unreadable, mark);
        if (event.task === null) counts.gone++;
        else this.unreadableTasks.add(event.task);
        break;
      case "paused":
        this.paused.set(event.input, { since: mark, limit: event.limit, refused: 0 });
        break;
      case "pausedRefusal":
        this.#refusePaused(mark, event.input);
        break;
      case "resumed":
        this.paused.delete(event.input);
        break;
      case "noDescriptors":
        this.noDescriptors = tallied(this.noDescriptors, mark);
        break;
      case "quarantined":
        counts.quarantined++;
        break;
      case "complained":
        this.output(event.output).complain(mark, event.words);
        break;
    }
  }

  // What is done at the end of a process (tasks are destroyed) is no progress.
  #takeEnd(mark: Mark, event: LogEvent): void {
    if (event.kind === "ended") this.tasksAtEnd = event.tasks;
    if (event.kind === "pending") this.#pend(mark, event.memory + event.filesystem);
    if (event.kind === "crashed") {
      this.ending = { kind: "crashed", mark, signal: event.signal };
    } else if (event.kind === "ending" || event.kind === "ended") {
      this.ending ??= { kind: "asked", mark, signal: null };
    } else if (event.kind === "reloading") {
      this.reloading = mark;
      this.pending = null;
    }
  }

  #refusePaused(mark: Mark, input: string): void {
    const known = this.paused.get(input) ?? { since: mark, limit: "no reason seen", refused: 0 };
    this.paused.set(input, { ...known, refused: known.refused + 1 });
  }

  #fail(mark: Mark, event: Extract<TaskEvent, { readonly kind: "failed" }>): void {
    const { task, output, chunk, seconds } = event;
    this.counts.failed++;
    const wasRetry = this.waiting.has(task, output) && this.waiting.chunkOf(task) === chunk;
    if (!this.waiting.knows(task)) this.grew = mark;
    this.waiting.fail(task, output, chunk, seconds, mark);
    if (output !== null) this.output(output).fail(mark, wasRetry);
    this.#move(mark);
  }

  #deliver(mark: Mark, task: number | null, output: string | null, taskMapSize: number): void {
    if (task === null) {
      if (this.waiting.size >= taskMapSize) {
        this.unexplained++;
        this.impossible = tallied(this.impossible, mark);
      }
    } else {
      this.counts.delivered++;
      this.waiting.endRoute(task, output);
      if (this.unexplained > 0) this.unexplained--;
    }
    if (output !== null) this.output(output).deliver(mark);
    this.#hasDelivered(mark);
    this.#move(mark);
  }

  #hasDelivered(mark: Mark): void {
    if (this.delivered !== null) {
      this.#gap += (secondsBetween(this.delivered, mark) - this.#gap) / 5;
    }
    this.delivered = mark;
  }

  #remove(mark: Mark, { kind, task, output }: RemovedEvent): void {
    this.#countRemoved(mark, kind, output !== null);
    if (task !== null) {
      if (kind === "dropped") this.waiting.endRoute(task, output);
      else this.waiting.end(task);
    }
    if (output !== null && kind === "dropped") this.output(output).drop(mark);
    this.#move(mark);
  }

  #countRemoved(mark: Mark, kind: RemovedEvent["kind"], isNamed: boolean): void {
    // Since v5 a warning tells of each, which names the output, besides the line at level debug.
    if (kind === "evicted" && isNamed !== this.#namesEvicted) {
      if (this.#namesEvicted) return;
      this.#namesEvicted = true;
      this.counts.evicted = null;
    }
    this.counts[kind] = tallied(this.counts[kind], mark);
  }

  #pend(mark: Mark, chunks: number): void {
    const since = this.pending?.chunks === chunks ? this.pending.since : mark;
    this.pending = { chunks, since, last: mark };
  }

  #move(mark: Mark): void {
    this.moved = mark;
    this.#refusals = 0;
  }
}
