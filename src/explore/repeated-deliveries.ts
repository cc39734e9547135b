import type { CompiledSystem, SystemMove } from "../compile/compiled-system.ts";
import { systemMoveOf, type StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";

/**
 * The most deliveries that one action makes owed again although they were over: what is sent twice if the process dies
 * at the worst moment. A delivery is of one chunk to one output; it counts if the chunk was live and did not owe it
 * before the action, and owes it afterwards. Deliveries under way when the process dies do not count: whether the
 * output has them nobody knows, and no release can.
 *
 * Only a limit on retries or a lack of timers ends deliveries without success, so where neither is in the scope every
 * delivery that counts was a success.
 *
 * @returns undefined where no action acts on all slots at once: nothing in the scope can die
 */
export function mostRepeatedDeliveries(graph: StateGraph): number | undefined {
  const { system } = graph.scope;
  const repeats = system.systemMoves.map((move) => repeatsByPlace(system, move));
  const reader = new StateReader(graph);
  let most: number | undefined;
  for (let state = 0; state < graph.expanded; state++) {
    reader.read(state);
    for (let edge = graph.edgeStarts.at(state); edge < graph.edgeStarts.at(state + 1); edge++) {
      const move = systemMoveOf(graph, graph.edgeCodes.at(edge));
      const byPlace = move === undefined ? undefined : repeats[move.id];
      if (byPlace === undefined) continue;
      let count = 0;
      const { place, count: slots, length } = reader.sites;
      for (let site = 0; site < length; site++)
        count += (byPlace[place[site] ?? 0] ?? 0) * (slots[site] ?? 0);
      most = Math.max(most ?? 0, count);
    }
  }
  return most;
}

/** For a slot in each place, how many deliveries the move makes owed again; undefined if it leaves slots alone. */
function repeatsByPlace(
  { vocabulary, quantities }: CompiledSystem,
  { everySlot }: SystemMove,
): readonly number[] | undefined {
  if (everySlot === null) return undefined;
  const live = quantities[vocabulary.live]?.weights ?? [];
  const owed = vocabulary.owed.map((quantity) => quantities[quantity]?.weights ?? []);
  return everySlot.to.map((to, from) =>
    live[from] === 1 ? owed.filter((owes) => owes[from] === 0 && owes[to] === 1).length : 0,
  );
}
