import type { StateGraph } from "./state-graph.ts";

/** The transitions of a graph that satisfy a filter, from target to source. */
export class ReverseEdges {
  readonly #starts: Uint32Array;
  readonly #sources: Uint32Array;
  readonly #states: number;

  /** @param keeps whether a transition, given its source and its code, is kept */
  constructor(graph: StateGraph, keeps: (source: number, code: number, target: number) => boolean) {
    this.#states = graph.states;
    const starts = new Uint32Array(graph.states + 1);
    const each = (visit: (source: number, target: number) => void): void => {
      for (let source = 0; source < graph.expanded; source++) {
        const end = graph.edgeStarts.at(source + 1);
        for (let edge = graph.edgeStarts.at(source); edge < end; edge++) {
          const target = graph.edgeTargets.at(edge);
          if (keeps(source, graph.edgeCodes.at(edge), target)) visit(source, target);
        }
      }
    };
    each((_, target) => {
      starts[target + 1] = (starts[target + 1] ?? 0) + 1;
    });
    for (let state = 0; state < graph.states; state++) {
      starts[state + 1] = (starts[state + 1] ?? 0) + (starts[state] ?? 0);
    }
    const next = starts.slice();
    this.#sources = new Uint32Array(starts[graph.states] ?? 0);
    each((source, target) => {
      const at = next[target] ?? 0;
      this.#sources[at] = source;
      next[target] = at + 1;
    });
    this.#starts = starts;
  }

  /** The states from which one of the goals can be reached: 1 for each, the goals included. */
  reaching(goals: Iterable<number>): Uint8Array {
    const reached = new Uint8Array(this.#states);
    const waiting: number[] = [];
    for (const goal of goals) {
      if (reached[goal] === 1) continue;
      reached[goal] = 1;
      waiting.push(goal);
    }
    for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
      const end = this.#starts[state + 1] ?? 0;
      for (let at = this.#starts[state] ?? 0; at < end; at++) {
        const source = this.#sources[at] ?? 0;
        if (reached[source] === 1) continue;
        reached[source] = 1;
        waiting.push(source);
      }
    }
    return reached;
  }
}
