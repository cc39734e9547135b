import type { CompiledSystem, SlotMove, SystemMove } from "../compile/compiled-system.ts";
import type { Findings } from "./findings.ts";
import { edgeMove, type StateGraph } from "./state-graph.ts";
import type { Verdict } from "./verdict.ts";

/** What a search found out about a safety property. */
export interface SafetyFinding {
  /** Whether anything was met that the property speaks of. */
  readonly met: boolean;
  /** The first state that violates it, or that a transition leaves which does; null if there is none. */
  readonly state: number | null;
  /** The output that it is about, if it is about one. */
  readonly output: number | null;
}

/** A transition that violates a property, and the output that it is about. */
interface Offence {
  readonly edge: number;
  readonly output: number | null;
}

/** The moves of a system, by their numbers. */
function movesOf({ slotMoves, systemMoves }: CompiledSystem): readonly (SlotMove | SystemMove)[] {
  return [...slotMoves, ...systemMoves];
}

/** What was found out about a property of states: it must hold in each of them. */
export function stateFinding({ properties, met, first }: Findings, name: string): SafetyFinding {
  let state: number | null = null;
  let output: number | null = null;
  let wasMet = false;
  properties.forEach((property, claim) => {
    if (property.name !== name) return;
    wasMet ||= met[claim] === 1;
    const found = first[claim] ?? -1;
    if (found < 0 || (state !== null && state <= found)) return;
    state = found;
    output = property.output;
  });
  return { met: wasMet, state, output };
}

/** What was found out about a property of transitions: no move may be enabled that violates it. */
export function transitionFinding(
  system: CompiledSystem,
  { taken, offences }: Findings,
  name: string,
): SafetyFinding {
  const met = taken.subarray(0, system.slotMoves.length).includes(1);
  const states = movesOf(system).flatMap(({ violates }, move) => {
    const state = violates.includes(name) ? (offences[move] ?? -1) : -1;
    return state < 0 ? [] : [state];
  });
  return { met, state: states.length === 0 ? null : Math.min(...states), output: null };
}

/** The first transition of a state that violates a property. */
export function offendingEdge(graph: StateGraph, state: number, name: string): Offence {
  const moves = movesOf(graph.scope.system);
  const end = graph.edgeStarts.at(state + 1);
  for (let edge = graph.edgeStarts.at(state); edge < end; edge++) {
    const move = moves[edgeMove(graph.edgeCodes.at(edge))];
    if (move?.violates.includes(name)) return { edge, output: move.output ?? null };
  }
  throw new Error(`no transition of state ${state} violates ${name}`);
}

/**
 * The verdict on a safety property.
 *
 * @param complete whether every state was visited
 * @param edgeOf for a property of transitions: which one of a state violates it
 */
export function safetyVerdict(
  property: string,
  { met, state, output }: SafetyFinding,
  complete: boolean,
  edgeOf?: (state: number) => Offence,
): Verdict {
  const verdict = state !== null ? "violated" : complete ? "holds" : "unknown";
  const violation =
    state === null
      ? null
      : { state, edge: null, output, ...(edgeOf === undefined ? {} : edgeOf(state)) };
  return { property, verdict, vacuous: !met, violation, clauses: [] };
}
