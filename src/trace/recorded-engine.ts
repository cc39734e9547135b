import { RecordedQuota } from "./recorded-quota.ts";
import { RecordedStorage, type Contradiction } from "./recorded-storage.ts";
import { RecordedTasks } from "./recorded-tasks.ts";
import type { TraceEvent } from "./trace-event.ts";

/**
 * What a trace says is the case, built from nothing but its events, and the check that it agrees with itself: every
 * total and count that an event carries must follow from the events before it. A trace with an event missing, repeated,
 * swapped or falsified stops agreeing with itself or with the model.
 */
export class RecordedEngine {
  readonly storage = new RecordedStorage();
  readonly tasks = new RecordedTasks();
  readonly quota: RecordedQuota;
  readonly #backlog = new Set<string>();
  #dispatched = false;

  constructor(outputs: number) {
    this.quota = new RecordedQuota(outputs);
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
    return !this.#dispatched && this.#backlog.has(chunk);
  }

  /** Takes the next event. Returns how it contradicts those before it; null where it does not. */
  take(event: TraceEvent): Contradiction {
    const { kind, chunk } = event;
    if (kind === "open_up" || kind === "open_down") this.#backlog.add(chunk);
    if (kind === "append") this.#backlog.delete(chunk);
    if (kind === "task_create") this.#dispatched = true;
    return this.storage.take(event) ?? this.tasks.take(event) ?? this.quota.take(event);
  }
}
