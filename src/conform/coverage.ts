import { callWord } from "./action-call.ts";
import type { SuiteStep } from "./suite.ts";
import type { Transition, TransitionGraph } from "./transition-graph.ts";

/** Which transitions of a small scope were taken on both sides. */
export class Coverage {
  readonly total: number;
  readonly #graph: TransitionGraph;
  readonly #byWord: (ReadonlyMap<string, Transition> | undefined)[] = [];
  readonly #covered = new Set<number>();
  #state = 0;

  constructor(graph: TransitionGraph) {
    this.#graph = graph;
    this.total = graph.transitions;
  }

  /** The number of different transitions taken so far. */
  get covered(): number {
    return this.#covered.size;
  }

  /** Whoever is held against the model starts again. */
  reset(): void {
    this.#state = 0;
  }

  /** An enabled step is taken. */
  step({ call }: SuiteStep): void {
    const row = (this.#byWord[this.#state] ??= new Map(
      (this.#graph.outgoing[this.#state] ?? []).map((one) => [callWord(one.call), one]),
    ));
    const transition = row.get(callWord(call));
    if (transition === undefined) return;
    this.#covered.add(transition.id);
    this.#state = transition.to;
  }
}
