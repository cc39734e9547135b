import type { CompiledPending } from "../compile/compiled-system.ts";
import { ReverseEdges } from "./reverse-edges.ts";
import { agentBits } from "./move-kinds.ts";
import { edgeMove, isTakenBy, type StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";

type Agents = readonly ("engine" | "input")[];

/** From which states what waits can still come to its end, with the environment frozen. */
export class ReachableEnds {
  readonly #graph: StateGraph;
  #reverse: ReverseEdges | null = null;
  readonly #found = new Map<string, Uint8Array>();

  constructor(graph: StateGraph) {
    this.#graph = graph;
  }

  /** Whether, from this state, these agents can bring what waits to its end. */
  can(state: number, pending: CompiledPending, agents: Agents): boolean {
    return this.statesOf(pending, agents)[state] === 1;
  }

  /** The transitions of the graph from target to source. */
  get reverse(): ReverseEdges {
    return (this.#reverse ??= new ReverseEdges(this.#graph));
  }

  /** For each state, whether these agents can bring what waits to its end: 1 if so. */
  statesOf(pending: CompiledPending, agents: Agents): Uint8Array {
    const key = JSON.stringify([pending, agents]);
    let found = this.#found.get(key);
    if (found === undefined) {
      const graph = this.#graph;
      const bits = agentBits(agents);
      found = this.reverse.reaching(endsOf(graph, pending), (_, code) =>
        isTakenBy(graph, code, bits),
      );
      this.#found.set(key, found);
    }
    return found;
  }
}

/** The states in which what waits comes to its end: by a delivery that is possible, or because nothing waits. */
function* endsOf(graph: StateGraph, pending: CompiledPending): Generator<number> {
  const reader = new StateReader(graph);
  for (let state = 0; state < graph.expanded; state++) {
    if (pending.kind === "delivery") {
      if (delivers(graph, state, pending.output)) yield state;
      continue;
    }
    reader.read(state);
    if (pending.kind === "guard") throw new Error("what comparisons say is judged state by state");
    const ended =
      pending.kind === "machine"
        ? reader.is({ machine: pending.machine, state: pending.until })
        : reader.amounts[pending.quantity] === 0;
    if (ended) yield state;
  }
}

function delivers(graph: StateGraph, state: number, output: number): boolean {
  const end = graph.edgeStarts.at(state + 1);
  for (let edge = graph.edgeStarts.at(state); edge < end; edge++) {
    if (graph.kinds.delivers[edgeMove(graph.edgeCodes.at(edge))] === output) return true;
  }
  return false;
}
