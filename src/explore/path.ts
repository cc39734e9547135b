import { Stepper, type EnabledAction, type SystemState } from "../compile/stepper.ts";
import { slotMoveOf, systemMoveOf, type StateGraph } from "./state-graph.ts";
import type { Violation } from "./verdict.ts";

/** One step of a path: the action, the slot that it is of, and the labelled state after it. */
export interface PathStep {
  readonly taken: EnabledAction;
  readonly after: SystemState;
}

/** A run from the initial state. */
export interface Path {
  readonly initial: SystemState;
  readonly steps: readonly PathStep[];
  /** The states of the graph that the run visits, the initial one first; one more than there are steps. */
  readonly visits: readonly number[];
}

function edgeBetween(graph: StateGraph, source: number, target: number): number {
  for (let edge = graph.edgeStarts.at(source); edge < graph.edgeStarts.at(source + 1); edge++) {
    if (graph.edgeTargets.at(edge) === target) return edge;
  }
  throw new Error(`no transition leads from state ${source} to state ${target}`);
}

/** A shortest path to a violation, with real slots: the states of the graph do not say which slot is which. */
export function shortestPath(graph: StateGraph, violation: Violation): Path {
  const visits = [violation.state];
  for (let state = violation.state; state !== 0;) {
    state = graph.parents.at(state);
    visits.push(state);
  }
  visits.reverse();
  const edges = visits
    .slice(1)
    .map((state, index) => edgeBetween(graph, visits[index] ?? 0, state));
  if (violation.edge !== null) {
    edges.push(violation.edge);
    visits.push(graph.edgeTargets.at(violation.edge));
  }

  const stepper = new Stepper(graph.scope);
  const initial = stepper.state();
  const steps = edges.map((edge): PathStep => {
    const code = graph.edgeCodes.at(edge);
    const slotMove = slotMoveOf(graph, code);
    const systemMove = systemMoveOf(graph, code);
    if (slotMove !== undefined) {
      const taken = stepper.actionOf(slotMove);
      stepper.take(taken);
      return { taken, after: stepper.state() };
    }
    if (systemMove === undefined) throw new Error(`transition ${edge} is no action`);
    const taken = { move: systemMove, slot: null };
    stepper.take(taken);
    return { taken, after: stepper.state() };
  });
  return { initial, steps, visits };
}
