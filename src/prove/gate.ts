import { guardFormula, type CountedAction, type CountedSystem } from "./counting.ts";
import { all, type Formula } from "./formula.ts";

/** When the gate opens; `null` if there is none. */
export function gateFormula({ system, quantities }: CountedSystem): Formula | null {
  const { gate } = system;
  return gate === null ? null : all(...gate.guard.map((one) => guardFormula(one, quantities)));
}

/** Where a slot is after an action, if it was in a place when the gate was asked. */
export function gateTarget(
  { system }: CountedSystem,
  { opensGate }: CountedAction,
  place: number,
): number {
  return opensGate ? (system.gate?.everySlot.to[place] ?? place) : place;
}
