import type { Contradiction } from "./recorded-storage.ts";
import type { TraceEvent } from "./trace-event.ts";

/** The over-limit counters as a trace tells them. */
export class RecordedQuota {
  readonly #used: number[];
  readonly #owner = new Map<string, number>();
  /** The output of the retry that is due: what is taken is taken for it. */
  #due = 0;
  /** A charged chunk that has just left memory: what becomes of its unit must be said next. */
  #unsaid: string | null = null;

  constructor(outputs: number) {
    this.#used = Array.from({ length: outputs }, () => 0);
  }

  /** Units in use, by output. */
  get used(): readonly number[] {
    return this.#used;
  }

  /** Takes the next event. */
  take({ kind, chunk, output, quotaUsed }: TraceEvent): Contradiction {
    const said = kind === "quota_release" || kind === "quota_leak";
    if (this.#unsaid !== null && (!said || chunk !== this.#unsaid)) {
      return `the unit of chunk ${this.#unsaid} was neither given back nor lost`;
    }
    const owner = this.#owner.get(chunk);
    this.#unsaid = (kind === "down" || kind === "close") && owner !== undefined ? chunk : null;
    if (kind === "retry_dispatch") this.#due = output;
    if (quotaUsed < 0) return null;
    if (kind === "quota_take") {
      if (owner !== undefined) return `the chunk is charged to output ${owner} already`;
      this.#owner.set(chunk, this.#due);
      return this.#becomes(this.#due, 1, quotaUsed);
    }
    if (kind === "quota_exhausted") return this.#becomes(this.#due, 0, quotaUsed);
    if (owner === undefined) return "the chunk is charged to no output";
    this.#owner.delete(chunk);
    return this.#becomes(owner, kind === "quota_leak" ? 0 : -1, quotaUsed);
  }

  /** Whether the chunk is charged to an output. */
  isCharged(chunk: string): boolean {
    return this.#owner.has(chunk);
  }

  #becomes(output: number, adds: number, quotaUsed: number): Contradiction {
    const expected = (this.#used[output] ?? 0) + adds;
    this.#used[output] = expected;
    if (quotaUsed === expected) return null;
    return `quota_used is ${quotaUsed}, but by the events so far it is ${expected}`;
  }
}
