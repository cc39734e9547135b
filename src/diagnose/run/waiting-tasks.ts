import type { Mark } from "./mark.ts";

/** A retry that waits, of one task to one output. */
export interface WaitingRetry {
  readonly task: number;
  /** Null where no line named it. */
  readonly output: string | null;
  /** When the flush failed, or when it was first heard of. */
  readonly since: Mark;
  /** Flushes that failed, as far as the log tells. */
  readonly failures: number;
  /** The last time it was scheduled, and in how many seconds it was to be tried again. */
  readonly scheduled: Mark;
  readonly seconds: number;
  /** The last time it found no memory since the flush failed; null where it did not. */
  readonly refused: Mark | null;
  /** How often it found none since. */
  readonly refusals: number;
}

/** The retries of which a log tells that they wait. */
export class WaitingTasks {
  readonly #retries = new Map<number, Map<string | null, WaitingRetry>>();
  readonly #chunks = new Map<number, string>();

  /** How many tasks have a retry that waits. */
  get size(): number {
    return this.#retries.size;
  }

  /** Every retry that waits. */
  *retries(): Generator<WaitingRetry> {
    for (const routes of this.#retries.values()) yield* routes.values();
  }

  /** Whether the task has a retry to this output that waits. */
  has(task: number, output: string | null): boolean {
    return this.#retries.get(task)?.has(output) ?? false;
  }

  /** Whether a retry of the task waits. */
  knows(task: number): boolean {
    return this.#retries.has(task);
  }

  /** How often the retries to an output found no memory since their flushes failed. */
  refusalsOf(output: string): number {
    let refusals = 0;
    for (const retry of this.retries()) if (retry.output === output) refusals += retry.refusals;
    return refusals;
  }

  /** The chunk of a task; undefined where no line named it. */
  chunkOf(task: number): string | undefined {
    return this.#chunks.get(task);
  }

  /** A flush failed and is to be tried again. */
  fail(task: number, output: string | null, chunk: string, seconds: number, mark: Mark): void {
    // The same number for another chunk: the old task ended, and no line told of it.
    if (this.#chunks.get(task) !== chunk) this.end(task);
    this.#chunks.set(task, chunk);
    const routes = this.#routesOf(task);
    const failures = (routes.get(output)?.failures ?? 0) + 1;
    // What was heard of without its output is this one.
    routes.delete(null);
    routes.set(output, {
      task,
      output,
      since: mark,
      failures,
      scheduled: mark,
      seconds,
      refused: null,
      refusals: 0,
    });
  }

  /** A retry found no memory; the line does not name the output. */
  refuse(task: number, seconds: number, mark: Mark): void {
    const routes = this.#routesOf(task);
    if (routes.size === 0) {
      routes.set(null, {
        task,
        output: null,
        since: mark,
        failures: 0,
        scheduled: mark,
        seconds,
        refused: mark,
        refusals: 1,
      });
      return;
    }
    // The chunk is in memory for none of the outputs.
    for (const [output, retry] of routes) {
      const refusals = retry.refusals + 1;
      routes.set(output, { ...retry, scheduled: mark, seconds, refused: mark, refusals });
    }
  }

  /** A delivery ended, whichever way. */
  endRoute(task: number, output: string | null): void {
    const routes = this.#retries.get(task);
    if (routes === undefined) return;
    routes.delete(output);
    routes.delete(null);
    if (routes.size === 0 || output === null) this.end(task);
  }

  /** The task is gone. */
  end(task: number): void {
    this.#retries.delete(task);
    this.#chunks.delete(task);
  }

  #routesOf(task: number): Map<string | null, WaitingRetry> {
    const known = this.#retries.get(task);
    if (known !== undefined) return known;
    const routes = new Map<string | null, WaitingRetry>();
    this.#retries.set(task, routes);
    return routes;
  }
}
