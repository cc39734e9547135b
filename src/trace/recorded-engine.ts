import type { Parameters } from "../../models/parameters.ts";
import { RecordedQueue } from "./recorded-queue.ts";
import { RecordedQuota } from "./recorded-quota.ts";
import { RecordedStorage, type Contradiction } from "./recorded-storage.ts";
import { RecordedTasks } from "./recorded-tasks.ts";
import type { TraceEvent } from "./trace-event.ts";

/** What is said of the recorded engine, and its events can belie. */
type RecordedLimits = Pick<Parameters, "outputs" | "taskMapSize">;

/** How a build parks chunks: they stay in the queue, or rest outside of it, or there is no queue. */
export type Parking = "in the queue" | "resting" | "none";

/**
 * What a trace says is the case, built from nothing but its events, and the check that it agrees with itself: every
 * total and count that an event carries must follow from the events before it. A trace with an event missing, repeated,
 * swapped or falsified stops agreeing with itself or with the model.
 */
export class RecordedEngine {
  readonly storage = new RecordedStorage();
  readonly tasks = new RecordedTasks();
  readonly quota: RecordedQuota;
  /** The queue of a build that parks chunks; null in any other. */
  readonly queue: RecordedQueue | null;
  readonly #limits: RecordedLimits;
  readonly #backlog = new Set<string>();
  #dispatched = false;

  constructor(limits: RecordedLimits, parking: Parking) {
    this.#limits = limits;
    this.quota = new RecordedQuota(limits.outputs);
    this.queue = parking === "none" ? null : new RecordedQueue(parking === "resting");
  }

  /** Whether the chunk was found on disk: nothing was appended to it. */
  isFound(chunk: string): boolean {
    return this.#backlog.has(chunk);
  }

  /** The chunk that an event is about; a `reschedule` says only which task. */
  chunkOf({ chunk, task }: TraceEvent): string {
    return chunk === "" ? this.tasks.chunkOf(task) : chunk;
  }

  /**
   * Whether the process has just started and the chunk is one that it found on disk: nothing was appended to it, and
   * nothing was dispatched yet.
   */
  isBeingScanned(chunk: string): boolean {
    return !this.#dispatched && this.isFound(chunk);
  }

  /** Takes the next event. Returns how it contradicts those before it; null where it does not. */
  take(event: TraceEvent): Contradiction {
    const { kind, chunk } = event;
    if (kind === "open_up" || kind === "open_down") this.#backlog.add(chunk);
    if (kind === "append") this.#backlog.delete(chunk);
    if (kind === "task_create") this.#dispatched = true;
    return (
      this.#beyondLimits(event) ??
      this.storage.take(event) ??
      this.tasks.take(event) ??
      this.quota.take(event) ??
      this.queue?.take(event) ??
      null
    );
  }

  /** How an event shows that the engine had other limits than those it is said to have had. */
  #beyondLimits({ kind, output, routes, owed }: TraceEvent): Contradiction {
    const { outputs, taskMapSize } = this.#limits;
    if (output >= outputs) {
      return `there is no output ${output}: the number of outputs is said to be ${outputs}`;
    }
    if (routes > outputs) {
      return `the task has ${routes} routes, but the number of outputs is said to be ${outputs}`;
    }
    if (owed >= 2 ** outputs) {
      return `owed is ${owed}, but the number of outputs is said to be ${outputs}`;
    }
    const { count } = this.tasks;
    return kind === "map_full" && count !== taskMapSize
      ? `the task map is full with ${count} tasks, but its size is said to be ${taskMapSize}`
      : null;
  }
}
