import type { CompiledPending } from "../compile/compiled-system.ts";
import { ReverseEdges } from "./reverse-edges.ts";
import { agentOf, slotMoveOf, type StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";

type Agents = readonly ("engine" | "input")[];

/** From which states what waits can still come to its end, with the environment frozen. */
export class ReachableEnds {
  readonly #graph: StateGraph;
  readonly #edges = new Map<string, ReverseEdges>();
  readonly #found = new Map<string, Uint8Array>();

  constructor(graph: StateGraph) {
    this.#graph = graph;
  }

  /** Whether, from this state, these agents can bring what waits to its end. */
  can(state: number, pending: CompiledPending, agents: Agents): boolean {
    return this.#statesOf(pending, agents)[state] === 1;
  }

  #statesOf(pending: CompiledPending, agents: Agents): Uint8Array {
    const key = JSON.stringify([pending, agents]);
    let found = this.#found.get(key);
    if (found === undefined) {
      found = this.#edgesOf(agents).reaching(endsOf(this.#graph, pending));
      this.#found.set(key, found);
    }
    return found;
  }

  #edgesOf(agents: Agents): ReverseEdges {
    const key = agents.join(" ");
    let edges = this.#edges.get(key);
    if (edges === undefined) {
      edges = new ReverseEdges(this.#graph, (_, code) =>
        agents.some((agent) => agent === agentOf(this.#graph, code)),
      );
      this.#edges.set(key, edges);
    }
    return edges;
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
    const move = slotMoveOf(graph, graph.edgeCodes.at(edge));
    if (move?.delivers === true && move.output === output) return true;
  }
  return false;
}
