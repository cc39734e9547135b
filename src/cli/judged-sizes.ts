import type { Release } from "../../models/description.ts";
import { EverySizeScope } from "../compile/every-size.ts";
import type { Scope } from "../compile/scope.ts";
import { checkScope, type ScopeResult } from "../explore/check-scope.ts";
import type { Deadline } from "./deadline.ts";
import { scopeOfShape, type ConfigurationShape } from "./scope-of-configuration.ts";

/** The sizes of a scope. */
export interface Sizes {
  readonly taskMapSize: number;
  readonly maxChunksUp: number;
  readonly chunks: number;
}

/** Just enough chunks to fill the task map and the memory; more than one size, so that no verdict hangs on one. */
const judgedSizes: readonly Sizes[] = [
  { taskMapSize: 1, maxChunksUp: 1, chunks: 2 },
  { taskMapSize: 1, maxChunksUp: 2, chunks: 3 },
  { taskMapSize: 2, maxChunksUp: 1, chunks: 3 },
];

/** Whether a scope violates a property. */
export function violates(result: ScopeResult, property: string): boolean {
  return result.properties.some((one) => one.property === property && one.verdict === "violated");
}

/**
 * The results of a shape at every size.
 *
 * @throws DependsOnSize if the release is not the same at every size.
 */
export function judgeSizes(
  release: Release,
  shape: ConfigurationShape,
  search: (scope: Scope) => ScopeResult,
  resize: (sizes: Sizes) => Sizes = (sizes) => sizes,
): readonly ScopeResult[] {
  // What is seen at small sizes is said of the real ones.
  EverySizeScope.of(release, scopeOfShape(release, shape, {}).parameters, shape.masks);
  return judgedSizes.map((sizes) => search(scopeOfShape(release, shape, resize(sizes))));
}

const timeLimit = "the time limit";

/** Whether the time was over before a search was. */
export function isOutOfTime({ endedBy }: ScopeResult): boolean {
  return endedBy === timeLimit;
}

/** A search of so many states at most, that ends when the time is over. */
export function searchWithin(maxStates: number, clock: Deadline): (scope: Scope) => ScopeResult {
  const ends = (): string | null => (clock.left() > 0 ? null : timeLimit);
  return (scope) => checkScope(scope, { maxStates, ends });
}

/** Of the results at every size the one that tells most: the first stall, or else the first cut-off. */
export function mostTelling(results: readonly ScopeResult[]): ScopeResult {
  const [first] = results;
  if (first === undefined) throw new Error("a shape is judged at one size at least");
  return (
    results.find((result) => violates(result, "neverStuck")) ??
    results.find((result) => violates(result, "recovery")) ??
    results.find((result) => violates(result, "isolation")) ??
    first
  );
}
