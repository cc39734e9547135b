import type { CompiledPending } from "../compile/compiled-system.ts";
import type { ReachableEnds } from "./reachable-ends.ts";
import { ReverseEdges } from "./reverse-edges.ts";
import { agentOf, systemMoveOf, type StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";

/**
 * The index of the first step of a path after which recovery is impossible: whatever the engine and the input do, and
 * whenever the outputs come to be as they are at the end of the path, what is cut off there can no longer come to its end.
 * Restarts do not count as recovery. Null where it still can at the end.
 *
 * @param visits the states of the path, the initial one first
 * @param cutOff what is cut off at the end
 */
export function pointOfNoReturn(
  graph: StateGraph,
  ends: ReachableEnds,
  visits: readonly number[],
  cutOff: readonly CompiledPending[],
): number | null {
  const reader = new StateReader(graph);
  const online = new Uint32Array(graph.states);
  const goals: number[] = [];
  const last = visits.at(-1) ?? 0;
  reader.read(last);
  const atTheEnd = reader.onlineOutputs;
  for (let state = 0; state < graph.states; state++) {
    reader.read(state);
    online[state] = reader.onlineOutputs;
    const can = cutOff.some((pending) => ends.can(state, pending, ["engine", "input"]));
    if (reader.onlineOutputs === atTheEnd && can) goals.push(state);
  }
  const reverse = new ReverseEdges(graph, (source, code, target) => {
    const agent = agentOf(graph, code);
    if (agent === "engine" || agent === "input") return true;
    if ((systemMoveOf(graph, code)?.output ?? null) === null) return false;
    const after = online[target] ?? 0;
    return (((online[source] ?? 0) ^ after) & (after ^ atTheEnd)) === 0;
  });
  const recoverable = reverse.reaching(goals);
  if (recoverable[last] === 1) return null;
  return Math.max(0, visits.findIndex((state) => recoverable[state] !== 1) - 1);
}
