import type { Comparison, LinearBound, Quantity } from "../../models/description.ts";
import type { Guard } from "./compiled-system.ts";
import { DescriptionError } from "../errors/description-error.ts";

/** Finds the index of a quantity. */
export type QuantityIndex = (quantity: Quantity) => number;

const relations: readonly string[] = ["<", ">=", "="] satisfies Comparison["relation"][];

/** Descriptions need not have gone through a type checker: what cannot be read would be taken for something else. */
function refuseUnreadable({ quantity, relation, bound }: Comparison): void {
  const about = `the comparison of ${"total" in quantity ? quantity.total : quantity.counter}`;
  if (!relations.includes(relation)) {
    throw new DescriptionError(
      `${about} has the relation "${relation}"; known are ${relations.join(" ")}`,
    );
  }
  for (const [name, value] of Object.entries(bound)) {
    if (!Number.isSafeInteger(value)) {
      throw new DescriptionError(`${about} has a bound whose ${name} is no whole number: ${value}`);
    }
  }
}

/**
 * A comparison with its quantities resolved.
 *
 * @throws DescriptionError if the relation is unknown, or the bound is not made of whole multiples of limits.
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

/** The limits that a bound speaks of, with their factors, in alphabetical order; none with the factor 0. */
export function boundTerms(bound: LinearBound): readonly (readonly [string, number])[] {
  return Object.entries(bound)
    .flatMap(([limit, factor]): (readonly [string, number])[] =>
      limit === "constant" || factor === undefined || factor === 0 ? [] : [[limit, factor]],
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Equal for bounds that say the same. */
export function boundKey(bound: LinearBound): string {
  return [bound.constant, ...boundTerms(bound).flat()].join("/");
}

/** Equal for guards that compare the same things, but for a constant. */
function comparedKey({ quantity, minus, bound }: Guard): string {
  return [quantity, minus, ...boundTerms(bound).flat()].join(" ");
}

/** Equal for guards that say the same. */
export function guardKey(guard: Guard): string {
  return [comparedKey(guard), guard.relation, guard.bound.constant].join(" ");
}

/** A guard with another constant in its bound. */
export function shifted(guard: Guard, by: number): Guard {
  return by === 0
    ? guard
    : { ...guard, bound: { ...guard.bound, constant: guard.bound.constant + by } };
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
        { ...shifted(guard, 1), relation: ">=" },
      ];
  }
}

/** Whether guards that compare the same things cannot hold together: the numbers that each allows do not meet. */
function excludeEachOther(guards: readonly Guard[]): boolean {
  const [first] = guards;
  let least = first?.minus === -1 && boundTerms(first.bound).length === 0 ? 0 : -Infinity;
  let most = Infinity;
  for (const { relation, bound } of guards) {
    if (relation !== "<") least = Math.max(least, bound.constant);
    if (relation === "<") most = Math.min(most, bound.constant - 1);
    if (relation === "=") most = Math.min(most, bound.constant);
  }
  return least > most;
}

/** A conjunction with one more guard; `undefined` where they plainly contradict each other. */
export function conjoin(
  conjunction: readonly Guard[],
  guards: readonly Guard[],
): readonly Guard[] | undefined {
  const result = [...conjunction];
  for (const guard of guards) {
    if (result.some((held) => guardKey(held) === guardKey(guard))) continue;
    result.push(guard);
    const key = comparedKey(guard);
    if (excludeEachOther(result.filter((held) => comparedKey(held) === key))) return undefined;
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
