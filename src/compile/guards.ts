import type { Comparison, LinearBound, Quantity } from "../../models/description.ts";
import type { Guard } from "./compiled-system.ts";

/** Finds the index of a quantity. */
export type QuantityIndex = (quantity: Quantity) => number;

const relations: readonly string[] = ["<", ">=", "="] satisfies Comparison["relation"][];
const boundParts = ["constant", "taskMapSize", "maxChunksUp", "overLimitQuota"];

/** Descriptions need not have gone through a type checker: what cannot be read would be taken for something else. */
function refuseUnreadable({ quantity, relation, bound }: Comparison): void {
  const about = `the comparison of ${"total" in quantity ? quantity.total : quantity.counter}`;
  if (!relations.includes(relation)) {
    throw new TypeError(
      `${about} has the relation "${relation}"; known are ${relations.join(" ")}`,
    );
  }
  for (const [name, value] of Object.entries(bound)) {
    if (!boundParts.includes(name)) {
      throw new TypeError(
        `${about} has a bound with "${name}"; it may have ${boundParts.join(", ")}`,
      );
    }
    if (!Number.isSafeInteger(value)) {
      throw new TypeError(`${about} has a bound whose ${name} is no whole number: ${value}`);
    }
  }
}

/**
 * A comparison with its quantities resolved.
 *
 * @throws TypeError if the relation is unknown, or the bound is not made of whole multiples of T, X and Q.
 */
export function compileGuard(comparison: Comparison, indexOf: QuantityIndex): Guard {
  refuseUnreadable(comparison);
  return {
    quantity: indexOf(comparison.quantity),
    minus: comparison.minus === undefined ? -1 : indexOf(comparison.minus),
    relation: comparison.relation,
    bound: comparison.bound,
  };
}

/** Equal for bounds that say the same. */
export function boundKey(bound: LinearBound): string {
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
