import { edgeMove, type StateGraph } from "./state-graph.ts";

/** The fairness instances that a slot in a place, or the system, has enabled in a state, as bit sets. */
export class EnabledInstances {
  readonly #graph: StateGraph;
  readonly #byPlace: Uint32Array;
  #bySystem = 0;
  #state = -1;

  constructor(graph: StateGraph) {
    this.#graph = graph;
    this.#byPlace = new Uint32Array(graph.scope.system.places.length);
  }

  /** The instances of the system in a state of the graph. */
  ofSystem(state: number): number {
    this.#look(state);
    return this.#bySystem;
  }

  /** The instances of a slot in `place`, in a state of the graph. */
  of(state: number, place: number): number {
    this.#look(state);
    return this.#byPlace[place] ?? 0;
  }

  #look(state: number): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#byPlace.fill(0);
    this.#bySystem = 0;
    const { edgeStarts, edgeCodes, kinds } = this.#graph;
    const end = edgeStarts.at(state + 1);
    for (let edge = edgeStarts.at(state); edge < end; edge++) {
      const move = edgeMove(edgeCodes.at(edge));
      const fairness = kinds.fairness[move] ?? -1;
      if (fairness < 0) continue;
      const from = kinds.from[move] ?? -1;
      if (from < 0) this.#bySystem |= 1 << fairness;
      else this.#byPlace[from] = (this.#byPlace[from] ?? 0) | (1 << fairness);
    }
  }
}
