import { weightAt } from "../../compile/weight-at.ts";
import { entryAt } from "../../errors/checked-access.ts";
import type { CountedSystem } from "./counting.ts";

/** The places that count for a total. */
export function placesOf({ system }: CountedSystem, quantity: number): readonly number[] {
  const found = entryAt(system.quantities, quantity);
  return system.places.map(({ id }) => id).filter((id) => weightAt(found, id) > 0);
}
