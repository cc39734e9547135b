import { edgeMove, type StateGraph } from "./state-graph.ts";

/** Which actions a search met. */
export interface EnabledActions {
  /** Actions that the description states and no visited state enables. */
  readonly never: readonly string[];
  /** Whether some visited state enables a delivery: if none does, what holds says nothing. */
  readonly delivers: boolean;
}

/** Reads off the transitions of a graph which actions were ever enabled. */
export function enabledActions({ scope, edgeCodes }: StateGraph): EnabledActions {
  const { slotMoves, systemMoves, actions } = scope.system;
  const moves = new Uint8Array(slotMoves.length + systemMoves.length);
  for (let edge = 0; edge < edgeCodes.length; edge++) moves[edgeMove(edgeCodes.at(edge))] = 1;
  const met = [...slotMoves, ...systemMoves].filter((_, move) => moves[move] === 1);
  const names = new Set(met.map(({ action }) => action));
  return {
    never: actions.filter((action) => !names.has(action)),
    delivers: met.some((move) => "delivers" in move && move.delivers),
  };
}
