import type { StateGraph } from "../../explore/state-graph.ts";

/** A way through a graph. */
export interface Way {
  readonly end: number;
  /** Its transitions. */
  readonly edges: readonly number[];
}

/** A question that nobody waits for any more was given up. */
export class GivenUp extends Error {
  override readonly name = "GivenUp";
}

/** How many transitions are followed between two looks at whether the answer is still wanted. */
const everyEdges = 4096;

/** Walks through all that can be reached from a state of a graph, for as long as somebody waits for what comes of it. */
export class GraphWalk {
  readonly #graph: StateGraph;
  readonly #counts = new Map<number, number>();
  #isWanted: () => boolean = () => true;
  #edgesUntilLook = everyEdges;

  constructor(graph: StateGraph) {
    this.#graph = graph;
  }

  /** From now on walks end with GivenUp once this says no. */
  whileWanted(isWanted: () => boolean): void {
    this.#isWanted = isWanted;
  }

  /**
   * Calls back with every transition of a state.
   *
   * @throws GivenUp if nobody waits any more
   */
  eachEdge(state: number, visit: (edge: number, target: number) => void): void {
    const { edgeStarts, edgeTargets } = this.#graph;
    const start = edgeStarts.at(state);
    const end = edgeStarts.at(state + 1);
    this.#edgesUntilLook -= end - start;
    if (this.#edgesUntilLook < 0) {
      this.#edgesUntilLook = everyEdges;
      if (!this.#isWanted()) throw new GivenUp("nobody waits for the answer any more");
    }
    for (let edge = start; edge < end; edge++) visit(edge, edgeTargets.at(edge));
  }

  /** How many states can be reached from a state, itself included. */
  countBehind(start: number): number {
    const known = this.#counts.get(start);
    if (known !== undefined) return known;
    const seen = new Uint8Array(this.#graph.states);
    const waiting = [start];
    seen[start] = 1;
    let count = 0;
    for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
      count++;
      this.eachEdge(state, (_edge, target) => {
        if (seen[target] === 1) return;
        seen[target] = 1;
        waiting.push(target);
      });
    }
    this.#counts.set(start, count);
    return count;
  }

  /**
   * The shortest way from a state to one that is wanted; null if there is none.
   *
   * @param isWanted asked of each state with the transition into it, -1 for none
   * @param matters whether a transition is of interest although its target was reached before
   */
  wayTo(
    start: number,
    isWanted: (state: number, edge: number) => boolean,
    matters: (edge: number) => boolean = () => false,
  ): Way | null {
    // In the order in which they are reached: the state, the place of the one before it, the transition.
    const states = [start];
    const before = [-1];
    const by = [-1];
    const seen = new Uint8Array(this.#graph.states);
    seen[start] = 1;
    for (let at = 0; at < states.length; at++) {
      const state = states[at] ?? start;
      if (isWanted(state, by[at] ?? -1)) {
        const edges: number[] = [];
        for (let one = at; one > 0; one = before[one] ?? 0) edges.unshift(by[one] ?? -1);
        return { end: state, edges };
      }
      this.eachEdge(state, (edge, target) => {
        if (seen[target] === 1 && !matters(edge)) return;
        seen[target] = 1;
        states.push(target);
        before.push(at);
        by.push(edge);
      });
    }
    return null;
  }
}
