import type {
  FlushRequest,
  FlushResult,
  OutputPlugin,
  RetryLimit,
} from "../../../src/engine/core/structures.ts";
import type { Clock } from "../../../src/engine/platform/clock.ts";
import { type Random, randomUniform } from "../../../src/engine/platform/random.ts";
import { numbersIn } from "../../../src/engine/simulation/numbered-records.ts";
import { routerMatch } from "../../../src/engine/core/router.ts";
import type { Books } from "./books.ts";
import type { TimerLedger } from "./timer-ledger.ts";

/** What an endpoint does with a request. */
export const manners = [
  "takes",
  "refuses",
  "answers 503",
  "hangs",
  "takes late",
  "resets",
  "answers 400",
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
  readonly #match: string;
  readonly #timers: TimerLedger;
  readonly #damaged: ReadonlySet<string>;
  readonly #failures = new Map<string, number>();
  readonly #underWay = new Set<string>();
  #dead = false;

  constructor(
    id: number,
    books: Books,
    environment: {
      clock: Clock;
      random: Random;
      retryLimit: RetryLimit;
      match: string;
      timers: TimerLedger;
      damaged: ReadonlySet<string>;
    },
  ) {
    this.#id = id;
    this.#books = books;
    this.#clock = environment.clock;
    this.#random = environment.random;
    this.#retryLimit = environment.retryLimit;
    this.#match = environment.match;
    this.#timers = environment.timers;
    this.#damaged = environment.damaged;
  }

  /** Whether the engine let go of the output. */
  get isGone(): boolean {
    return this.#dead;
  }

  /** How often a flush of a chunk failed, and another one was asked for. */
  failures(chunkName: string): number {
    return this.#failures.get(chunkName) ?? 0;
  }

  flush(request: FlushRequest, answer: (result: FlushResult) => void): void {
    const { chunkName, tag } = request;
    if (this.#damaged.has(chunkName)) throw new Error(`${chunkName} is damaged, and flushed`);
    const ids = numbersIn(request.content);
    if (ids.length === 0) throw new Error(`an empty flush of ${chunkName}`);
    if (this.#dead) throw new Error(`a flush of ${chunkName} to an output that is gone`);
    if (!routerMatch(tag, this.#match)) throw new Error(`${chunkName} goes to the wrong output`);
    if (this.failures(chunkName) > this.#most()) throw new Error(`${chunkName} is tried again`);
    if (this.#underWay.has(chunkName)) throw new Error(`${chunkName} is flushed twice at once`);
    this.#underWay.add(chunkName);
    const done = (result: FlushResult): void => {
      this.#timers.answer(() => {
        answer(result);
      });
      // The engine handles the answer in a turn of its own, which comes first.
      this.#clock.schedule(0, () => this.#underWay.delete(chunkName));
    };
    const latency = randomUniform(this.#random, 0, 300);
    const fail = (after: number): void => {
      this.#clock.schedule(after, () => {
        if (!this.#dead) this.#countFailure(chunkName, ids);
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
      case "answers 400":
        this.#clock.schedule(latency, () => {
          if (!this.#dead) for (const id of ids) this.#books.excuse(id, this.#id);
          done("error");
        });
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

  /** Retries that the limit allows. */
  #most(): number {
    if (this.#retryLimit === "no_limits") return Number.POSITIVE_INFINITY;
    return this.#retryLimit === "no_retries" ? 0 : this.#retryLimit;
  }

  /** After the last retry that the limit allows, the engine may give the chunk up. */
  #countFailure(chunk: string, ids: readonly number[]): void {
    const failures = (this.#failures.get(chunk) ?? 0) + 1;
    this.#failures.set(chunk, failures);
    if (failures <= this.#most()) return;
    for (const id of ids) this.#books.excuse(id, this.#id);
  }
}
