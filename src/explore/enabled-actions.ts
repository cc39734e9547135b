import type { Scope } from "../compile/scope.ts";
import type { Findings } from "./findings.ts";

/** Which actions a search met. */
export interface EnabledActions {
  /** Actions that the description states and no visited state enables. */
  readonly never: readonly string[];
  /** Whether some visited state enables a delivery: if none does, what holds says nothing. */
  readonly delivers: boolean;
}

/** Which actions a search met, by what it found out. */
export function enabledActions(
  { system }: Scope,
  { taken }: Pick<Findings, "taken">,
): EnabledActions {
  const { slotMoves, systemMoves, actions } = system;
  const met = [...slotMoves, ...systemMoves].filter((_, move) => taken[move] === 1);
  const names = new Set(met.map(({ action }) => action));
  return {
    never: actions.filter((action) => !names.has(action)),
    delivers: met.some((move) => "delivers" in move && move.delivers),
  };
}
