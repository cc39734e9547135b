import type { Agent } from "../../models/description.ts";
import { GrowableUint32 } from "./growable.ts";
import { agentBits } from "./move-kinds.ts";
import { edgeIsGated, edgeMove, type StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";
import { strongComponents, type Digraph } from "./strong-components.ts";

/** Which part of the state space a fairness question is about. */
export interface Region {
  /** The system states that belong to it. */
  readonly states: (reader: StateReader) => boolean;
  /** The places in which the chunk that is watched must stay. */
  readonly places: (place: number) => boolean;
  /** Who may act. */
  readonly agents: readonly Agent[];
}

/**
 * A part of the canonical graph in which one slot is watched: a node is a state and the place of that slot. Merging
 * permuted states loses which slot acted; watching one slot, and following the others through strongly connected
 * components, gives it back, so that weak fairness of every slot can be judged without labelled states.
 */
export interface TrackedGraph extends Digraph {
  readonly graph: StateGraph;
  readonly stateOf: Uint32Array;
  readonly placeOf: Uint32Array;
  /** For each edge, the transition of the canonical graph. */
  readonly transitions: Uint32Array;
  /** For each edge, which part the watched slot takes: an index into `MoveKinds.parts`, plus 1; 0 where it takes none. */
  readonly watchedPart: Uint32Array;
  readonly component: Int32Array;
  readonly components: number;
  /** How many slots are in a place of a state. */
  readonly slotsIn: (state: number, place: number) => number;
}

/** Where a slot that takes no part of its own goes: a broadcast may move it, and the gate. */
export function bystander(graph: StateGraph, code: number, place: number): number {
  const broadcast = graph.kinds.everySlot[edgeMove(code)]?.[place] ?? place;
  const gate = graph.scope.system.gate;
  return gate !== null && edgeIsGated(code)
    ? (gate.everySlot.to[broadcast] ?? broadcast)
    : broadcast;
}

/** The nodes of a tracked graph: those of a state, in ascending order of places, follow each other. */
class Nodes {
  readonly stateOf: Uint32Array;
  readonly placeOf: Uint32Array;
  /** The nodes of state s are `starts[s]` to `starts[s + 1]`. */
  readonly #starts: Uint32Array;

  constructor(graph: StateGraph, states: Uint8Array, watches: (place: number) => boolean) {
    const stateOf = new GrowableUint32();
    const placeOf = new GrowableUint32();
    this.#starts = new Uint32Array(graph.states + 1);
    const reader = new StateReader(graph);
    const isWatched = Uint8Array.from(graph.scope.system.places, ({ id }) => Number(watches(id)));
    for (let state = 0; state < graph.states; state++) {
      if (states[state] === 1) {
        reader.read(state);
        const { place, length } = reader.sites;
        for (let site = 0; site < length; site++) {
          const at = place[site] ?? 0;
          if (isWatched[at] === 0) continue;
          stateOf.push(state);
          placeOf.push(at);
        }
      }
      this.#starts[state + 1] = stateOf.length;
    }
    this.stateOf = stateOf.view();
    this.placeOf = placeOf.view();
  }

  /** The node of a state and a place; -1 if there is none. */
  at(state: number, place: number): number {
    const end = this.#starts[state + 1] ?? 0;
    for (let node = this.#starts[state] ?? 0; node < end; node++) {
      if (this.placeOf[node] === place) return node;
    }
    return -1;
  }
}

/** Builds the tracked graph of some states (1 for each) of a complete canonical graph, with its strong components. */
export function trackedGraph(graph: StateGraph, region: Region, states: Uint8Array): TrackedGraph {
  const nodes = new Nodes(graph, states, region.places);
  const { stateOf, placeOf } = nodes;
  const { parts } = graph.kinds;
  const agents = agentBits(region.agents);
  const reader = new StateReader(graph);
  const starts = new Uint32Array(stateOf.length + 1);
  const targets = new GrowableUint32();
  const transitions = new GrowableUint32();
  const watchedPart = new GrowableUint32();
  const connect = (state: number, place: number, transition: number, part: number): void => {
    const target = nodes.at(state, place);
    if (target < 0) return;
    targets.push(target);
    transitions.push(transition);
    watchedPart.push(part + 1);
  };
  const isTaken = graph.kinds.agent.map((agent) => Number((agent & agents) !== 0));
  // Most moves take one slot and leave the others where they are.
  const from = graph.kinds.from;
  const isSimple = from.map((_, move) =>
    Number((parts[move] ?? []).length === 1 && (graph.kinds.everySlot[move] ?? null) === null),
  );
  for (let node = 0; node < stateOf.length; node++) {
    const state = stateOf[node] ?? 0;
    const watched = placeOf[node] ?? 0;
    reader.read(state);
    const present = reader.sites.in(watched);
    const end = graph.edgeStarts.at(state + 1);
    for (let edge = graph.edgeStarts.at(state); edge < end; edge++) {
      const code = graph.edgeCodes.at(edge);
      const move = edgeMove(code);
      const target = graph.edgeTargets.at(edge);
      if (isTaken[move] !== 1 || states[target] !== 1) continue;
      if (isSimple[move] === 1 && from[move] !== watched && !edgeIsGated(code)) {
        connect(target, watched, edge, -1);
        continue;
      }
      const moved = parts[move] ?? [];
      let taking = 0;
      for (const { from } of moved) if (from === watched) taking++;
      if (present > taking) connect(target, bystander(graph, code, watched), edge, -1);
      for (let part = 0; taking > 0 && part < moved.length; part++) {
        const one = moved[part];
        if (one?.from === watched) connect(target, bystander(graph, code, one.to), edge, part);
      }
    }
    starts[node + 1] = targets.length;
  }

  const digraph = { size: stateOf.length, starts, targets: targets.view() };
  const { component, count } = strongComponents(digraph);
  return {
    ...digraph,
    graph,
    stateOf,
    placeOf,
    transitions: transitions.view(),
    watchedPart: watchedPart.view(),
    component,
    components: count,
    slotsIn: (state, place) => {
      reader.read(state);
      return reader.sites.in(place);
    },
  };
}
