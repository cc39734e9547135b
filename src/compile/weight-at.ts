import { entryAt } from "../errors/checked-access.ts";

/** How much a slot in a place counts for a quantity; a counter, which no slot makes up, has no weights. */
export function weightAt(
  { weights }: { readonly weights: readonly number[] },
  place: number,
): number {
  return weights.length === 0 ? 0 : entryAt(weights, place);
}
