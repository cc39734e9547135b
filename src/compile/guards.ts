import type { Comparison, LinearBound, Quantity } from "../../models/description.ts";
import type { Guard } from "./compiled-system.ts";

/** Finds the index of a quantity. */
export type QuantityIndex = (quantity: Quantity) => number;

/** A comparison with its quantities resolved. */
export function compileGuard(comparison: Comparison, indexOf: QuantityIndex): Guard {
  return {
    quantity: indexOf(comparison.quantity),
    minus: comparison.minus === undefined ? -1 : indexOf(comparison.minus),
    relation: comparison.relation,
    bound: comparison.bound,
  };
}

function boundKey(bound: LinearBound): string {
  const { constant, taskMapSize = 0, maxChunksUp = 0, overLimitQuota = 0 } = bound;
  return [constant, taskMapSize, maxChunksUp, overLimitQuota].join("/");
}

/** Equal for guards that say the same. */
export function guardKey(guard: Guard): string {
  return [guard.quantity, guard.minus, guard.relation, boundKey(guard.bound)].join(" ");
}

/** The disjoint cases in which a guard does not hold. */
function complement(guard: Guard): readonly Guard[] {
  switch (guard.relation) {
    case "<":
      return [{ ...guard, relation: ">=" }];
    case ">=":
      return [{ ...guard, relation: "<" }];
    case "=":
      return [
        { ...guard, relation: "<" },
        {
          ...guard,
          relation: ">=",
          bound: { ...guard.bound, constant: guard.bound.constant + 1 },
        },
      ];
  }
}

function contradicts(conjunction: readonly Guard[], guard: Guard): boolean {
  return complement(guard).some(
    (negation) =>
      guard.relation !== "=" && conjunction.some((held) => guardKey(held) === guardKey(negation)),
  );
}

/** A conjunction with one more guard; `undefined` where the two plainly contradict each other. */
export function conjoin(
  conjunction: readonly Guard[],
  guards: readonly Guard[],
): readonly Guard[] | undefined {
  const result = [...conjunction];
  for (const guard of guards) {
    if (contradicts(result, guard)) return undefined;
    if (!result.some((held) => guardKey(held) === guardKey(guard))) result.push(guard);
  }
  return result;
}

/** The disjoint conjunctions that together say "not all of these guards hold". */
export function negate(guards: readonly Guard[]): readonly (readonly Guard[])[] {
  const cases: (readonly Guard[])[] = [];
  const held: Guard[] = [];
  for (const guard of guards) {
    for (const negation of complement(guard)) {
      const conjunction = conjoin(held, [negation]);
      if (conjunction !== undefined) cases.push(conjunction);
    }
    held.push(guard);
  }
  return cases;
}
