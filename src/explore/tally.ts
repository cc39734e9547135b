import type { Scope } from "../compile/scope.ts";
import { censusOf, type Census } from "./census.ts";
import type { Layout } from "./layout.ts";
import type { StateGraph } from "./state-graph.ts";
import type { Successors } from "./successors.ts";

/** What a search counts over the states that it expands. */
export class Tally {
  readonly #census: Census;
  /** Of the expanded states, the ones whose slots are in ascending order of their places. */
  #canonical = 0;
  #mostUp = 0;

  constructor(scope: Scope, layout: Layout) {
    this.#census = censusOf(scope, layout);
  }

  /** Counts the state that was expanded last. */
  count({ counts, sites, outgoing, loops, isAscending, up }: Successors): void {
    this.#census.add(counts, sites, outgoing, loops);
    if (isAscending) this.#canonical++;
    if (up > this.#mostUp) this.#mostUp = up;
  }

  get counted(): StateGraph["counts"] {
    const { labelled, transitions, selfLoops } = this.#census.counted;
    return { labelled, canonical: this.#canonical, transitions, selfLoops, mostUp: this.#mostUp };
  }
}
