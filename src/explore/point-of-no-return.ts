import type { CompiledPending, SharedState } from "../compile/compiled-system.ts";
import type { ReachableEnds } from "./reachable-ends.ts";
import { agentBits } from "./move-kinds.ts";
import { isTakenBy, systemMoveOf, type StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";

/**
 * The index of the first step of a path after which recovery is impossible: whatever the engine and the input do, and
 * whenever the outputs come to be as they are at the end of the path, what is cut off there can no longer come to its end.
 * Restarts do not count as recovery. Null where it still can at the end.
 *
 * @param visits the states of the path, the initial one first
 * @param cutOff what is cut off at the end
 * @param phases the states of the machine that says whether the engine runs, in which that is asked: what was before the
 *   path came into them for good is no part of it
 */
export function pointOfNoReturn(
  graph: StateGraph,
  ends: ReachableEnds,
  visits: readonly number[],
  cutOff: readonly CompiledPending[],
  phases: readonly SharedState[],
): number | null {
  if (cutOff.length === 0) return null;
  const reader = new StateReader(graph);
  const online = new Uint32Array(graph.states);
  const goals: number[] = [];
  const last = visits.at(-1) ?? 0;
  reader.read(last);
  const atTheEnd = reader.onlineOutputs;
  const ending = cutOff.map((pending) => ends.statesOf(pending, ["engine", "input"]));
  for (let state = 0; state < graph.states; state++) {
    reader.read(state);
    online[state] = reader.onlineOutputs;
    const can = ending.some((states) => states[state] === 1);
    if (online[state] === atTheEnd && can) goals.push(state);
  }
  const others = agentBits(["engine", "input"]);
  const recoverable = ends.reverse.reaching(goals, (source, code, target) => {
    if (isTakenBy(graph, code, others)) return true;
    if ((systemMoveOf(graph, code)?.output ?? null) === null) return false;
    const after = online[target] ?? 0;
    return (((online[source] ?? 0) ^ after) & (after ^ atTheEnd)) === 0;
  });
  if (recoverable[last] === 1) return null;
  const outside = visits.findLastIndex((state) => {
    reader.read(state);
    return !phases.some((phase) => reader.is(phase));
  });
  const lost = visits.findIndex((state, index) => index > outside && recoverable[state] !== 1);
  return lost < 0 ? null : Math.max(0, lost - 1);
}
