import { slotMoveOf, systemMoveOf, type StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";
import type { Verdict, Violation } from "./verdict.ts";

function settled(
  graph: StateGraph,
  property: string,
  met: boolean,
  violation: Violation | null,
): Verdict {
  const verdict = violation !== null ? "violated" : graph.complete ? "holds" : "unknown";
  return { property, verdict, vacuous: !met, violation, clauses: [] };
}

/** Judges a property of states: it must hold in each of them. */
export function judgeStateProperty(graph: StateGraph, name: string): Verdict {
  const properties = graph.scope.system.stateProperties.filter((one) => one.name === name);
  const reader = new StateReader(graph);
  let met = false;
  for (let state = 0; state < graph.states; state++) {
    reader.read(state);
    for (const property of properties) {
      if (!reader.concerns(property)) continue;
      met = true;
      if (reader.satisfies(property)) continue;
      return settled(graph, name, met, { state, edge: null, output: property.output });
    }
  }
  return settled(graph, name, met, null);
}

/** Judges a property of transitions: none may violate it. */
export function judgeTransitionProperty(graph: StateGraph, name: string): Verdict {
  let met = false;
  for (let state = 0; state < graph.expanded; state++) {
    for (let edge = graph.edgeStarts.at(state); edge < graph.edgeStarts.at(state + 1); edge++) {
      const code = graph.edgeCodes.at(edge);
      const slotMove = slotMoveOf(graph, code);
      met ||= slotMove !== undefined;
      const move = slotMove ?? systemMoveOf(graph, code);
      if (move === undefined) continue;
      if (move.violates.includes(name)) {
        return settled(graph, name, met, { state, edge, output: move.output });
      }
    }
  }
  return settled(graph, name, met, null);
}
