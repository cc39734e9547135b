import type {
  FlushRequest,
  FlushResult,
  OutputPlugin,
  RetryLimit,
} from "../../../src/engine/core/structures.ts";
import type { Clock } from "../../../src/engine/platform/clock.ts";
import { type Random, randomUniform } from "../../../src/engine/platform/random.ts";
import { numbersIn } from "../../../src/engine/simulation/numbered-records.ts";
import type { Books } from "./books.ts";

/** What an endpoint does with a request. */
export const manners = [
  "takes",
  "refuses",
  "answers 503",
  "hangs",
  "takes late",
  "resets",
] as const;

/** One of {@link manners}. */
type Manner = (typeof manners)[number];

const timeout = 3000;

/** An endpoint with a mind of its own, on the virtual clock. One object is one process's connection to it. */
export class FaultyOutput implements OutputPlugin {
  manner: Manner = "takes";
  readonly #id: number;
  readonly #books: Books;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #retryLimit: RetryLimit;
  readonly #failures = new Map<string, number>();
  #dead = false;

  constructor(
    id: number,
    books: Books,
    environment: { clock: Clock; random: Random; retryLimit: RetryLimit },
  ) {
    this.#id = id;
    this.#books = books;
    this.#clock = environment.clock;
    this.#random = environment.random;
    this.#retryLimit = environment.retryLimit;
  }

  flush(request: FlushRequest, done: (result: FlushResult) => void): void {
    const ids = numbersIn(request.content);
    if (ids.length === 0) throw new Error(`an empty flush of ${request.chunkName}`);
    const latency = randomUniform(this.#random, 0, 300);
    const fail = (after: number): void => {
      this.#clock.schedule(after, () => {
        if (!this.#dead) this.#countFailure(request.chunkName, ids);
        done("retry");
      });
    };
    switch (this.manner) {
      case "takes":
        this.#clock.schedule(latency, () => {
          this.#arrive(ids, false);
          done("ok");
        });
        break;
      case "refuses":
      case "answers 503":
        fail(this.manner === "refuses" ? 0 : latency);
        break;
      case "hangs":
        fail(timeout);
        break;
      case "takes late":
        this.#clock.schedule(latency, () => {
          this.#arrive(ids, true);
        });
        fail(timeout);
        break;
      case "resets":
        if (this.#random.next() < 0.5) this.#arrive(ids, true);
        fail(latency);
        break;
    }
  }

  exit(): void {
    this.#dead = true;
  }

  /** The process was killed. What is under way arrives, or does not. */
  kill(): void {
    this.#dead = true;
  }

  #arrive(ids: readonly number[], unanswered: boolean): void {
    if (this.#dead && this.#random.next() < 0.5) return;
    for (const id of ids) {
      this.#books.arrive(id, this.#id);
      if (unanswered || this.#dead) this.#books.allowAgain(id, this.#id);
    }
  }

  /** After the last retry that the limit allows, the engine may give the chunk up. */
  #countFailure(chunk: string, ids: readonly number[]): void {
    const failures = (this.#failures.get(chunk) ?? 0) + 1;
    this.#failures.set(chunk, failures);
    const limit = this.#retryLimit;
    if (limit === "no_limits" || (typeof limit === "number" && failures <= limit)) return;
    for (const id of ids) this.#books.excuse(id, this.#id);
  }
}
