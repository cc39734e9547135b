import { entryAt } from "../../errors/checked-access.ts";
import { guardFormula, type CountedAction, type CountedSystem } from "./counting.ts";
import { all, type Formula } from "../logic/formula.ts";

/** When the gate opens; `null` if there is none. */
export function gateFormula(counted: CountedSystem): Formula | null {
  const { gate } = counted.system;
  return gate === null ? null : all(...gate.guard.map((one) => guardFormula(one, counted)));
}

/** Where a slot is after an action, if it was in a place when the gate was asked. */
export function gateTarget(
  { system }: CountedSystem,
  { opensGate }: CountedAction,
  place: number,
): number {
  return opensGate && system.gate !== null ? entryAt(system.gate.everySlot.to, place) : place;
}
