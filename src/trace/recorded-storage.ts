import type { TraceEvent } from "./trace-event.ts";

/** How an event contradicts the events before it, as a sentence; null where it does not. */
export type Contradiction = string | null;

/** The chunk store as a trace tells it: which chunks there are, and which of them are in memory. */
export class RecordedStorage {
  /** Each live chunk, and whether it is up. */
  readonly #chunks = new Map<string, boolean>();
  /** Live chunks to which records were added. */
  readonly #written = new Set<string>();
  #up = 0;

  /** `total_chunks_up`. */
  get up(): number {
    return this.#up;
  }

  /** Live chunks. */
  get live(): number {
    return this.#chunks.size;
  }

  /** The names of the live chunks. */
  names(): readonly string[] {
    return [...this.#chunks.keys()];
  }

  has(chunk: string): boolean {
    return this.#chunks.has(chunk);
  }

  isUp(chunk: string): boolean {
    return this.#chunks.get(chunk) ?? false;
  }

  /** Takes the next event, and checks the totals that it carries. */
  take(event: TraceEvent): Contradiction {
    const total = this.#expectedTotal(event);
    const contradiction = this.#happen(event);
    if (contradiction !== null) return contradiction;
    if (event.up !== this.#up) {
      return `up is ${event.up}, but by the events so far ${this.#up} chunks are up`;
    }
    if (event.total !== total) {
      return `total is ${event.total}, but by the events so far it is ${total}`;
    }
    return null;
  }

  /** `total` is counted up only after an open, and down only after a close and what belongs to it. */
  #expectedTotal({ kind, chunk }: TraceEvent): number {
    const justClosed = kind.startsWith("quota_") && !this.has(chunk);
    return this.#chunks.size + (justClosed ? 1 : 0);
  }

  #happen({ kind, chunk, isUp, wasUp, isNew }: TraceEvent): Contradiction {
    if (kind === "open_up" || kind === "open_down") {
      if (this.has(chunk)) return "the chunk is open already";
      this.#chunks.set(chunk, false);
      if (kind === "open_up") this.#bring(chunk, true);
      return null;
    }
    if (chunk === "" || kind === "quota_release" || kind === "quota_leak") return null;
    const up = this.#chunks.get(chunk);
    if (up === undefined) return "the chunk is not open";
    const really = `the chunk is ${up ? "up" : "down"}`;
    if (kind === "up" || kind === "up_force") {
      if (up) return really;
      this.#bring(chunk, true);
    } else if (kind === "down") {
      if (!up) return really;
      this.#bring(chunk, false);
    } else if (kind === "close") {
      if ((wasUp === 1) !== up) return really;
      if (up) this.#bring(chunk, false);
      this.#chunks.delete(chunk);
      this.#written.delete(chunk);
    } else if (kind === "append" || kind === "retry_dispatch") {
      if ((isUp === 1) !== up) return really;
      if (kind === "append") return this.#write(chunk, isNew === 1);
    } else if (kind === "up_refused" && up) {
      return really;
    }
    return null;
  }

  #write(chunk: string, isNew: boolean): Contradiction {
    if (isNew === this.#written.has(chunk)) {
      return isNew
        ? "new is 1, but the chunk has records"
        : "new is 0, but the chunk has no records";
    }
    this.#written.add(chunk);
    return null;
  }

  #bring(chunk: string, up: boolean): void {
    this.#chunks.set(chunk, up);
    this.#up += up ? 1 : -1;
  }
}
