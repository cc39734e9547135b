import type { Sizes } from "../../compile/sizes.ts";
import { all, atMost, below, type Formula } from "../logic/formula.ts";
import { constant, linearText, sum, valueOf, variable, type Linear } from "../logic/linear.ts";

/** When a property is violated: N is at least one of these bounds over the symbols of the limits. */
export interface Condition {
  /** E.g. `N >= T + X`. */
  readonly text: string;
  readonly leastChunks: readonly Linear[];
}

/** The sizes of a scope, and the fewest chunks with which the property is violated there. */
export interface LeastViolation {
  readonly sizes: Sizes;
  readonly chunks: number;
}

function valuesOf(sizes: Sizes): ReadonlyMap<string, number> {
  return new Map(Object.entries(sizes));
}

/** The fewest chunks with which the condition holds. */
export function leastChunks(condition: Condition, sizes: Sizes): number {
  return Math.min(...condition.leastChunks.map((bound) => valueOf(bound, valuesOf(sizes))));
}

/** Whether the condition holds for a scope. */
export function conditionHolds(condition: Condition, chunks: number, sizes: Sizes): boolean {
  return chunks >= leastChunks(condition, sizes);
}

/** That the condition does not hold. */
export function conditionFails(condition: Condition): Formula {
  return all(...condition.leastChunks.map((bound) => below(variable("N"), bound)));
}

/** How two bounds compare. */
export interface Comparison {
  readonly words: string;
  readonly formula: Formula;
}

/** That a bound is the least of all; of equal ones the first is. */
export function isLeast(bound: Linear, bounds: readonly Linear[]): readonly Comparison[] {
  const at = bounds.indexOf(bound);
  return bounds.flatMap((other, index): Comparison[] => {
    if (index === at) return [];
    // `T + 1 < X + 1` is `T < X`.
    const common = constant(-Math.min(bound.constant, other.constant));
    const [left, right] = [linearText(sum(bound, common)), linearText(sum(other, common))];
    return index < at
      ? [{ words: `${left} < ${right}`, formula: below(bound, other) }]
      : [{ words: `${left} <= ${right}`, formula: atMost(bound, other) }];
  });
}

/** The condition with these bounds. */
function conditionOf(leastChunks: readonly Linear[]): Condition {
  return {
    text: leastChunks.map((bound) => `N >= ${linearText(bound)}`).join(" or "),
    leastChunks,
  };
}

/** Sums with small coefficients, the simplest first. */
function simpleBounds(symbols: readonly string[]): readonly Linear[] {
  const sums = symbols.reduce<readonly { readonly times: number; readonly bound: Linear }[]>(
    (before, symbol) =>
      before.flatMap(({ times, bound }) =>
        [0, 1, 2].map((factor) => ({
          times: times + factor,
          bound: sum(bound, variable(symbol, factor)),
        })),
      ),
    [{ times: 0, bound: constant(0) }],
  );
  const bounds = sums.flatMap(({ times, bound }) =>
    [0, 1, 2, -1].map((extra) => ({
      weight: 3 * times + Math.abs(extra),
      bound: sum(bound, constant(extra)),
    })),
  );
  return bounds.sort((a, b) => a.weight - b.weight).map(({ bound }) => bound);
}

/** Conditions that agree with what was found in small scopes, the simplest first. */
export function fittingConditions(found: readonly LeastViolation[]): readonly Condition[] {
  const fits = (bounds: readonly Linear[]): boolean =>
    found.every(({ sizes, chunks }) => {
      const values = valuesOf(sizes);
      return Math.min(...bounds.map((bound) => valueOf(bound, values))) === chunks;
    });
  const never = (bound: Linear): boolean =>
    found.every(({ sizes, chunks }) => valueOf(bound, valuesOf(sizes)) >= chunks);
  const bounds = simpleBounds(Object.keys(found[0]?.sizes ?? {})).filter(never);
  const single = bounds.filter((bound) => fits([bound]));
  const pairs = bounds.flatMap((left, index) =>
    bounds.slice(index + 1).flatMap((right) => (fits([left, right]) ? [[left, right]] : [])),
  );
  return [...single.map((bound) => [bound]), ...(single.length > 0 ? [] : pairs)].map(conditionOf);
}
