import type { Deliverability } from "./deliverability.ts";
import { ReverseEdges } from "./reverse-edges.ts";
import { slotMoveOf, systemMoveOf, type StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";

/**
 * The index of the first step of a path after which recovery is impossible: whatever the engine and the input do, and
 * whenever the outputs come to be as they are at the end of the path, nothing can be delivered any more to the output
 * that is cut off there. Restarts do not count as recovery. Null where something can still be delivered at the end.
 *
 * @param visits the states of the path, the initial one first
 * @param outputs the outputs that are cut off at the end
 */
export function pointOfNoReturn(
  graph: StateGraph,
  deliverability: Deliverability,
  visits: readonly number[],
  outputs: readonly number[],
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
    const can = outputs.some((output) => deliverability.can(state, output));
    if (reader.running && reader.onlineOutputs === atTheEnd && can) goals.push(state);
  }
  const reverse = new ReverseEdges(graph, (source, code, target) => {
    const agent = slotMoveOf(graph, code)?.agent;
    if (agent === "engine" || agent === "input") return true;
    if (systemMoveOf(graph, code)?.output === null || agent !== undefined) return false;
    const after = online[target] ?? 0;
    return (((online[source] ?? 0) ^ after) & (after ^ atTheEnd)) === 0;
  });
  const recoverable = reverse.reaching(goals);
  if (recoverable[last] === 1) return null;
  return Math.max(0, visits.findIndex((state) => recoverable[state] !== 1) - 1);
}
