import { EnabledInstances } from "./enabled-instances.ts";
import { GrowableUint32 } from "./growable.ts";
import { agentBits } from "./move-kinds.ts";
import { edgeIsIdentity, edgeMove, isTakenBy, type StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";
import { strongComponents } from "./strong-components.ts";
import type { Region } from "./tracked-graph.ts";

/** The states of a region in which a chunk that is watched can be: 1 for each. Only the first `limit` are looked at. */
export function regionStates(graph: StateGraph, region: Region, limit: number): Uint8Array {
  const reader = new StateReader(graph);
  const watches = Uint8Array.from(graph.scope.system.places, ({ id }) => Number(region.places(id)));
  const states = new Uint8Array(graph.states);
  for (let state = 0; state < limit; state++) {
    reader.read(state);
    if (!region.states(reader)) continue;
    const { place, length } = reader.sites;
    for (let site = 0; site < length && states[state] === 0; site++) {
      states[state] = watches[place[site] ?? 0] ?? 0;
    }
  }
  return states;
}

/** Whether nothing is owed that is not taken, in a run that stays in one very state for ever. */
function mayStay(
  graph: StateGraph,
  state: number,
  agents: number,
  enabled: EnabledInstances,
  taken: Uint32Array,
): boolean {
  const { edgeStarts, edgeCodes, kinds } = graph;
  const start = edgeStarts.at(state);
  const end = edgeStarts.at(state + 1);
  let ofSystem = 0;
  for (let edge = start; edge < end; edge++) {
    const code = edgeCodes.at(edge);
    const move = edgeMove(code);
    const fairness = kinds.fairness[move] ?? -1;
    if (fairness < 0 || !edgeIsIdentity(code) || !isTakenBy(graph, code, agents)) continue;
    const from = kinds.from[move] ?? -1;
    if (from < 0) ofSystem |= 1 << fairness;
    else taken[from] = (taken[from] ?? 0) | (1 << fairness);
  }
  let fair = (enabled.ofSystem(state) & ~ofSystem) === 0;
  for (let edge = start; edge < end; edge++) {
    const from = kinds.from[edgeMove(edgeCodes.at(edge))] ?? -1;
    if (from >= 0 && (enabled.of(state, from) & ~(taken[from] ?? 0)) !== 0) fair = false;
  }
  for (let edge = start; edge < end; edge++) {
    const from = kinds.from[edgeMove(edgeCodes.at(edge))] ?? -1;
    if (from >= 0) taken[from] = 0;
  }
  return fair;
}

/**
 * Of some states (1 for each), those in which a fair run can be for ever: by going round, or by staying where it is. Most
 * states of a large scope lead on and never back, and need no closer look.
 */
export function endlessStates(graph: StateGraph, region: Region, states: Uint8Array): Uint8Array {
  const agents = agentBits(region.agents);
  const starts = new Uint32Array(graph.states + 1);
  const targets = new GrowableUint32();
  const endless = new Uint8Array(graph.states);
  const isTaken = graph.kinds.agent.map((agent) => Number((agent & agents) !== 0));
  const edgeStarts = graph.edgeStarts.raw;
  const edgeCodes = graph.edgeCodes.raw;
  const edgeTargets = graph.edgeTargets.raw;
  for (let state = 0; state < graph.states; state++) {
    const end = states[state] === 1 ? (edgeStarts[state + 1] ?? 0) : 0;
    for (let edge = end === 0 ? 0 : (edgeStarts[state] ?? 0); edge < end; edge++) {
      const target = edgeTargets[edge] ?? 0;
      if (states[target] !== 1) continue;
      const code = edgeCodes[edge] ?? 0;
      if (isTaken[edgeMove(code)] !== 1) continue;
      if (target !== state) targets.push(target);
      else if (!edgeIsIdentity(code)) endless[state] = 1;
    }
    starts[state + 1] = targets.length;
  }
  const digraph = { size: graph.states, starts, targets: targets.view() };
  const { component, count } = strongComponents(digraph);
  const sizes = new Uint32Array(count);
  for (const one of component) sizes[one] = (sizes[one] ?? 0) + 1;
  const enabled = new EnabledInstances(graph);
  const taken = new Uint32Array(graph.scope.system.places.length);
  for (let state = 0; state < graph.states; state++) {
    if (states[state] !== 1 || endless[state] === 1) continue;
    const goesRound = (sizes[component[state] ?? 0] ?? 0) > 1;
    if (goesRound || mayStay(graph, state, agents, enabled, taken)) endless[state] = 1;
  }
  return endless;
}
