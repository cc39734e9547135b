import type { Agent } from "../../models/description.ts";
import type { ChosenSlot } from "../compile/compiled-system.ts";
import { agentOf, edgeIsGated, slotMoveOf, systemMoveOf, type StateGraph } from "./state-graph.ts";
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

/** The distinct places of a state, with how many slots are in each. */
interface Occupation {
  readonly places: readonly number[];
  readonly counts: readonly number[];
}

/**
 * A part of the canonical graph in which one slot is watched: a node is a state and the place of that slot. Merging
 * permuted states loses which slot acted; watching one slot, and following the others through strongly connected
 * components, gives it back, so that weak fairness of every slot can be judged without labelled states.
 */
export interface TrackedGraph extends Digraph {
  readonly graph: StateGraph;
  readonly stateOf: readonly number[];
  readonly placeOf: readonly number[];
  /** For each edge, the transition of the canonical graph. */
  readonly transitions: readonly number[];
  /** For each edge, which part the watched slot takes: an index into `partsOf`; -1 where it takes none. */
  readonly watchedPart: readonly number[];
  readonly component: Int32Array;
  readonly components: number;
  readonly occupations: ReadonlyMap<number, Occupation>;
}

/** The slots that a transition moves one by one: the acting one first, then those that it chooses. */
export function partsOf(
  graph: StateGraph,
  code: number,
): readonly Pick<ChosenSlot, "from" | "to">[] {
  const move = slotMoveOf(graph, code);
  return move === undefined ? [] : [move, ...move.others];
}

/** Where a slot that takes no part of its own goes: a broadcast may move it, and the gate. */
export function bystander(graph: StateGraph, code: number, place: number): number {
  const broadcast = systemMoveOf(graph, code)?.everySlot?.to[place] ?? place;
  const gate = graph.scope.system.gate;
  return gate !== null && edgeIsGated(code)
    ? (gate.everySlot.to[broadcast] ?? broadcast)
    : broadcast;
}

function occupationOf(reader: StateReader, slots: number): Occupation {
  const places: number[] = [];
  const counts: number[] = [];
  for (let slot = 0; slot < slots; slot++) {
    const place = reader.place(slot);
    if (places.at(-1) === place) counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
    else {
      places.push(place);
      counts.push(1);
    }
  }
  return { places, counts };
}

/** Builds the tracked graph of a region of a complete canonical graph, with its strong components. */
export function trackedGraph(graph: StateGraph, region: Region): TrackedGraph {
  const { scope } = graph;
  const slots = scope.parameters.chunks;
  const placeCount = scope.system.places.length;
  const reader = new StateReader(graph);
  const nodes = new Map<number, number>();
  const occupations = new Map<number, Occupation>();
  const stateOf: number[] = [];
  const placeOf: number[] = [];
  for (let state = 0; state < graph.states; state++) {
    reader.read(state);
    if (!region.states(reader)) continue;
    const occupation = occupationOf(reader, slots);
    const watched = occupation.places.filter((place) => region.places(place));
    if (watched.length === 0) continue;
    occupations.set(state, occupation);
    for (const place of watched) {
      nodes.set(state * placeCount + place, stateOf.length);
      stateOf.push(state);
      placeOf.push(place);
    }
  }

  const starts = new Uint32Array(stateOf.length + 1);
  const targets: number[] = [];
  const transitions: number[] = [];
  const watchedPart: number[] = [];
  const connect = (state: number, place: number, transition: number, part: number): void => {
    const target = nodes.get(state * placeCount + place);
    if (target === undefined) return;
    targets.push(target);
    transitions.push(transition);
    watchedPart.push(part);
  };
  stateOf.forEach((state, node) => {
    const watched = placeOf[node] ?? 0;
    const { places, counts } = occupations.get(state) ?? { places: [], counts: [] };
    const present = counts[places.indexOf(watched)] ?? 0;
    for (let edge = graph.edgeStarts.at(state); edge < graph.edgeStarts.at(state + 1); edge++) {
      const code = graph.edgeCodes.at(edge);
      const agent = agentOf(graph, code);
      if (!region.agents.some((one) => one === agent)) continue;
      const target = graph.edgeTargets.at(edge);
      const parts = partsOf(graph, code);
      const taking = parts.filter(({ from }) => from === watched).length;
      if (present > taking) connect(target, bystander(graph, code, watched), edge, -1);
      parts.forEach(({ from, to }, part) => {
        if (from === watched) connect(target, bystander(graph, code, to), edge, part);
      });
    }
    starts[node + 1] = targets.length;
  });

  const digraph = { size: stateOf.length, starts, targets: Uint32Array.from(targets) };
  const { component, count } = strongComponents(digraph);
  return {
    ...digraph,
    graph,
    stateOf,
    placeOf,
    transitions,
    watchedPart,
    component,
    components: count,
    occupations,
  };
}
