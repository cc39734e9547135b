import type { CountedSystem } from "./counting.ts";

/** The places that count for a total. */
export function placesOf({ system }: CountedSystem, quantity: number): readonly number[] {
  return system.places
    .map(({ id }) => id)
    .filter((id) => (system.quantities[quantity]?.weights[id] ?? 0) > 0);
}
