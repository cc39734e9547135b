import type { StateGraph } from "./state-graph.ts";

/** The transitions of a graph from target to source. */
export class ReverseEdges {
  readonly #graph: StateGraph;
  readonly #starts: Uint32Array;
  readonly #sources: Uint32Array;
  /** What each transition is: copied, since they are followed in another order than they were found. */
  readonly #codes: Uint32Array;

  constructor(graph: StateGraph) {
    this.#graph = graph;
    const { states, expanded } = graph;
    const edges = graph.edgeTargets.length;
    const edgeStarts = graph.edgeStarts.raw;
    const edgeTargets = graph.edgeTargets.raw;
    const edgeCodes = graph.edgeCodes.raw;
    const starts = new Uint32Array(states + 1);
    for (let edge = 0; edge < edges; edge++) {
      const target = edgeTargets[edge] ?? 0;
      starts[target + 1] = (starts[target + 1] ?? 0) + 1;
    }
    for (let state = 0; state < states; state++) {
      starts[state + 1] = (starts[state + 1] ?? 0) + (starts[state] ?? 0);
    }
    const next = starts.slice();
    this.#sources = new Uint32Array(edges);
    this.#codes = new Uint32Array(edges);
    for (let source = 0; source < expanded; source++) {
      const end = edgeStarts[source + 1] ?? 0;
      for (let edge = edgeStarts[source] ?? 0; edge < end; edge++) {
        const target = edgeTargets[edge] ?? 0;
        const at = next[target] ?? 0;
        this.#sources[at] = source;
        this.#codes[at] = edgeCodes[edge] ?? 0;
        next[target] = at + 1;
      }
    }
    this.#starts = starts;
  }

  /**
   * The states from which one of the goals can be reached: 1 for each, the goals included.
   *
   * @param keeps whether a transition, given its source and its code, may be taken
   */
  reaching(
    goals: Iterable<number>,
    keeps: (source: number, code: number, target: number) => boolean,
  ): Uint8Array {
    const reached = new Uint8Array(this.#graph.states);
    const waiting = new Uint32Array(this.#graph.states);
    let count = 0;
    for (const goal of goals) {
      if (reached[goal] === 1) continue;
      reached[goal] = 1;
      waiting[count++] = goal;
    }
    while (count > 0) {
      const state = waiting[--count] ?? 0;
      const end = this.#starts[state + 1] ?? 0;
      for (let at = this.#starts[state] ?? 0; at < end; at++) {
        const source = this.#sources[at] ?? 0;
        if (reached[source] === 1) continue;
        if (!keeps(source, this.#codes[at] ?? 0, state)) continue;
        reached[source] = 1;
        waiting[count++] = source;
      }
    }
    return reached;
  }
}
