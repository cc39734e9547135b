import type { Parameters } from "../../models/parameters.ts";
import { all, atMost, below, type Formula } from "./formula.ts";
import { constant, linearText, sum, valueOf, variable, type Linear } from "./linear.ts";

/** When a property is violated: N is at least one of these bounds over T, X and Q. */
export interface Condition {
  /** E.g. `N >= T + X`. */
  readonly text: string;
  readonly leastChunks: readonly Linear[];
}

/** T, X and Q of a scope, and the fewest chunks with which the property is violated there. */
export interface LeastViolation {
  readonly sizes: Sizes;
  readonly chunks: number;
}

/** T, X and Q. */
export type Sizes = Pick<Parameters, "taskMapSize" | "maxChunksUp" | "overLimitQuota">;

function valuesOf(sizes: Sizes): ReadonlyMap<string, number> {
  return new Map([
    ["T", sizes.taskMapSize],
    ["X", sizes.maxChunksUp],
    ["Q", sizes.overLimitQuota],
  ]);
}

/** The fewest chunks with which the condition holds. */
export function leastChunks(condition: Condition, sizes: Sizes): number {
  return Math.min(...condition.leastChunks.map((bound) => valueOf(bound, valuesOf(sizes))));
}

/** Whether the condition holds for a scope. */
export function conditionHolds(
  condition: Condition,
  parameters: Sizes & Pick<Parameters, "chunks">,
): boolean {
  return parameters.chunks >= leastChunks(condition, parameters);
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
function simpleBounds(): readonly Linear[] {
  const bounds: { readonly weight: number; readonly bound: Linear }[] = [];
  for (const t of [0, 1, 2]) {
    for (const x of [0, 1, 2]) {
      for (const q of [0, 1, 2]) {
        for (const extra of [0, 1, 2, -1]) {
          const bound = sum(variable("T", t), variable("X", x), variable("Q", q), constant(extra));
          bounds.push({ weight: 3 * (t + x + q) + Math.abs(extra), bound });
        }
      }
    }
  }
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
  const bounds = simpleBounds().filter(never);
  const single = bounds.filter((bound) => fits([bound]));
  const pairs = bounds.flatMap((left, index) =>
    bounds.slice(index + 1).flatMap((right) => (fits([left, right]) ? [[left, right]] : [])),
  );
  return [...single.map((bound) => [bound]), ...(single.length > 0 ? [] : pairs)].map(conditionOf);
}
