import { Worker } from "node:worker_threads";
import type { SystemState } from "../../compile/stepper.ts";
import type { StateGraph } from "../../explore/state-graph.ts";
import type { FactsOf, NeighbourhoodFacts } from "../../inspect/state-facts.ts";
import type { FactsAnswer, FactsTask } from "./facts-thread.ts";
import type { KnownLoop } from "../../analysis/known-loops.ts";
import { packGraph } from "./packed-graph.ts";

interface Question {
  readonly number: number;
  readonly state: SystemState;
  readonly gone: AbortSignal;
  readonly resolve: (facts: NeighbourhoodFacts) => void;
  readonly reject: (error: Error) => void;
}

const mostKept = 1000;

/** Also when this runs from its source: then the build has made the thread, as it has made the pages. */
const threadFile = new URL(
  import.meta.url.endsWith(".ts")
    ? "../../../dist/src/cli/explore/facts-thread.js"
    : "facts-thread.js",
  import.meta.url,
);

/**
 * Answers what lies behind states. A thread of its own works the answers out, one after another; a question that
 * nobody waits for any more is dropped, also while it is being worked on. Answers are kept.
 */
export class FactsDesk {
  readonly #thread: Worker;
  readonly #wanted = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #kept = new Map<string, NeighbourhoodFacts>();
  readonly #waiting: Question[] = [];
  #now: Question | null = null;
  #asked = 0;
  #worked = 0;
  #over: string | null = null;

  /**
   * @param graph all states of the scope, up to permutation
   * @param loops what can be repeated for ever in it
   */
  constructor(graph: StateGraph, loops: readonly KnownLoop[]) {
    this.#thread = new Worker(threadFile);
    this.#thread.on("message", (answer: FactsAnswer) => {
      this.#hear(answer);
    });
    this.#thread.on("error", ({ message }) => {
      this.#end(`the thread that judges states failed: ${message}`);
    });
    this.#thread.on("exit", () => {
      this.#end("the thread that judges states has ended");
    });
    this.#post({ kind: "space", graph: packGraph(graph), loops, wanted: this.#wanted });
  }

  /** How many questions were worked on to the end. */
  get worked(): number {
    return this.#worked;
  }

  /**
   * What is known of a state and its neighbours.
   *
   * @param gone is aborted when nobody waits for the answer any more; the promise is then rejected
   */
  readonly factsOf: FactsOf = (state, gone) => {
    const kept = this.#kept.get(JSON.stringify(state));
    if (kept !== undefined) return Promise.resolve(kept);
    return new Promise((resolve, reject) => {
      const question = { number: ++this.#asked, state, gone, resolve, reject };
      this.#waiting.push(question);
      gone.addEventListener("abort", () => {
        if (this.#now === question) Atomics.store(this.#wanted, 0, 0);
      });
      this.#next();
    });
  };

  /** Ends the thread. */
  async close(): Promise<void> {
    await this.#thread.terminate();
  }

  #post(task: FactsTask): void {
    this.#thread.postMessage(task);
  }

  #next(): void {
    if (this.#now !== null) return;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if (this.#over !== null) next.reject(new Error(this.#over));
      else if (next.gone.aborted) next.reject(new Error("nobody waits for the answer any more"));
      else {
        this.#now = next;
        Atomics.store(this.#wanted, 0, next.number);
        this.#post({ kind: "judge", question: next.number, state: next.state });
        return;
      }
    }
  }

  #hear({ question, facts, refused }: FactsAnswer): void {
    const asked = this.#now;
    if (asked?.number !== question) return;
    this.#now = null;
    if (facts === null) asked.reject(new RangeError(refused ?? "nobody waits for the answer"));
    else {
      this.#worked++;
      this.#keep(asked.state, facts);
      asked.resolve(facts);
    }
    this.#next();
  }

  #keep(state: SystemState, facts: NeighbourhoodFacts): void {
    this.#kept.set(JSON.stringify(state), facts);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
  }

  #end(why: string): void {
    this.#over ??= why;
    this.#now?.reject(new Error(this.#over));
    this.#now = null;
    this.#next();
  }
}
