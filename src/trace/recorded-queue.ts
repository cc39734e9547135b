import type { Contradiction } from "./recorded-storage.ts";
import type { EventKind, TraceEvent } from "./trace-event.ts";

/** Where an idle chunk is: in the queue, by age, or outside of it, resting or not queued yet. */
type QueuePlace = "new" | "old" | "outside";

/**
 * The queue of a build with `park` as a trace tells it: which idle chunks are in it, and of what age. A chunk that is
 * new joins it with its first records, one that was found on disk when it is queued.
 */
export class RecordedQueue {
  /** Whether a parked chunk leaves the queue until it is recalled. */
  readonly #rests: boolean;
  /** Every idle chunk. */
  readonly #places = new Map<string, QueuePlace>();
  readonly #turns = new Map<string, number>();
  /** Of each chunk with a task, a bit for each output that failed. */
  readonly #failed = new Map<string, number>();
  readonly #locked = new Set<string>();

  constructor(rests: boolean) {
    this.#rests = rests;
  }

  /** The chunks in the queue. */
  names(): readonly string[] {
    return [...this.#places].filter(([, place]) => place !== "outside").map(([chunk]) => chunk);
  }

  /** Whether the chunk is in the queue. */
  has(chunk: string): boolean {
    const place = this.#places.get(chunk);
    return place === "new" || place === "old";
  }

  /** Whether the chunk is old, or would be if it was asked now: with no old chunk in the queue, every new one is. */
  isOld(chunk: string): boolean {
    const place = this.#places.get(chunk);
    return place === "old" || (place === "new" && !this.#someAre("old"));
  }

  /** Takes the next event. */
  take(event: TraceEvent): Contradiction {
    return this.#readers[event.kind]?.(event) ?? null;
  }

  readonly #readers: Readonly<Partial<Record<EventKind, (event: TraceEvent) => Contradiction>>> = {
    open_up: ({ chunk }) => this.#found(chunk),
    open_down: ({ chunk }) => this.#found(chunk),
    append: ({ chunk, isNew }) => {
      if (isNew === 1) this.#places.set(chunk, "new");
      return this.#locked.has(chunk) ? "records are added to a chunk that takes no more" : null;
    },
    task_create: ({ chunk }) => this.#dispatch(chunk),
    flush_retry: ({ chunk, output }) => {
      this.#failed.set(chunk, (this.#failed.get(chunk) ?? 0) | (1 << output));
      return null;
    },
    park: (event) => this.#park(event),
    backlog: ({ chunk, owed }) =>
      owed > 0 ? this.#join(chunk, "outside") : "the chunk is queued, and owes nothing",
    recall: ({ chunk }) => this.#join(chunk, "outside"),
    turn_lost: ({ chunk }) => this.#join(chunk, "old"),
    gate: (event) => this.#open(event),
    close: ({ chunk }) => {
      this.#places.delete(chunk);
      return null;
    },
  };

  #found(chunk: string): Contradiction {
    this.#places.set(chunk, "outside");
    return null;
  }

  #dispatch(chunk: string): Contradiction {
    const place = this.#places.get(chunk);
    this.#places.delete(chunk);
    this.#failed.set(chunk, 0);
    return place === "old" ? null : `the chunk gets a task, and is ${place ?? "not idle"}`;
  }

  #park({ chunk, owed, turns, locked }: TraceEvent): Contradiction {
    if (locked === 1) this.#locked.add(chunk);
    const failed = this.#failed.get(chunk) ?? 0;
    const taken = (this.#turns.get(chunk) ?? 0) + 1;
    this.#places.set(chunk, this.#rests ? "outside" : "new");
    this.#turns.set(chunk, turns);
    if (owed !== failed) {
      return `owed is ${owed}, but by the events so far the outputs that failed are ${failed}`;
    }
    return turns === taken ? null : `turns is ${turns}, but this is turn ${taken}`;
  }

  #join(chunk: string, from: QueuePlace): Contradiction {
    const place = this.#places.get(chunk);
    this.#places.set(chunk, "new");
    if (place === from) return null;
    return `the chunk was ${place ?? "not idle"}, expected ${from}`;
  }

  #open({ count }: TraceEvent): Contradiction {
    if (this.#someAre("old")) return "the gate opens, and a chunk is old";
    let opened = 0;
    for (const [chunk, place] of this.#places) {
      if (place !== "new") continue;
      this.#places.set(chunk, "old");
      opened++;
    }
    return opened === count ? null : `n is ${count}, but by the events so far ${opened} are new`;
  }

  #someAre(place: QueuePlace): boolean {
    for (const one of this.#places.values()) if (one === place) return true;
    return false;
  }
}
