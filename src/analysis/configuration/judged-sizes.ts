import type { Release } from "../../../models/description.ts";
import { EverySizeScope } from "../../compile/every-size.ts";
import type { Scope } from "../../compile/scope.ts";
import { valueOr } from "../../errors/checked-access.ts";
import { checkScope, type ScopeResult } from "../../explore/check-scope.ts";
import type { Deadline } from "./deadline.ts";
import { leavesRoom, variantSettings, type Sizes, type Variant } from "./judged-variants.ts";
import { scopeOfShape, type ConfigurationShape } from "./scope-of-configuration.ts";

/** Just enough chunks to fill the task map and the memory; more than one size, so that no verdict hangs on one. */
export const judgedSizes: readonly Sizes[] = [
  { taskMapSize: 1, maxChunksUp: 1, chunks: 2 },
  { taskMapSize: 1, maxChunksUp: 2, chunks: 3 },
  { taskMapSize: 2, maxChunksUp: 1, chunks: 3 },
];

/**
 * Where files are limited, it matters whether all chunks that count can be in memory at once: sizes with more tasks than
 * places in memory, and others.
 */
const limitedSizes: readonly Sizes[] = [
  { taskMapSize: 2, maxChunksUp: 1, chunks: 3 },
  { taskMapSize: 3, maxChunksUp: 1, chunks: 4 },
  { taskMapSize: 3, maxChunksUp: 2, chunks: 5 },
  { taskMapSize: 1, maxChunksUp: 1, chunks: 2 },
  { taskMapSize: 1, maxChunksUp: 2, chunks: 3 },
];

function sizesFor({ totalLimits, moreTasks, inputs }: ConfigurationShape): readonly Sizes[] {
  if (totalLimits.every((limit) => limit === undefined)) return judgedSizes;
  const pauses = inputs.some((input) => input.pauses);
  return limitedSizes
    .filter(({ taskMapSize, maxChunksUp }) => taskMapSize > maxChunksUp === moreTasks)
    .filter(({ chunks }) => pauses || chunks < 5);
}

/** Whether a scope violates a property. */
export function violates(result: ScopeResult, property: string): boolean {
  return result.properties.some((one) => one.property === property && one.verdict === "violated");
}

/** What a search found out, and what the limits in bytes came to there. */
export interface JudgedScope {
  readonly shape: ConfigurationShape;
  readonly variant: Variant;
  readonly result: ScopeResult;
}

/** How a shape is judged. */
export interface Judging {
  readonly sizes?: readonly Sizes[];
  readonly resize?: (sizes: Sizes) => Sizes;
  /** Whether a result is enough, and the rest need not be looked at. */
  readonly isEnough?: (result: ScopeResult) => boolean;
}

/** The variants at some sizes, each once, with room for what a stuck engine holds only where the real engine has it. */
function variantsAt({ variants, hasRoom }: ConfigurationShape, sizes: Sizes): readonly Variant[] {
  const distinct = new Map<string, Variant>();
  for (const variant of variants) {
    const key = JSON.stringify(variantSettings(variant, sizes, "v4.0.0"));
    const fits = hasRoom || !leavesRoom(variant, sizes);
    if (fits && !distinct.has(key)) distinct.set(key, variant);
  }
  return [...distinct.values()];
}

/** What was seen to be the same at every size: that takes longer than a search. */
const known = new WeakMap<Release, Set<string>>();

/** What is seen at small sizes is said of the real ones. */
function requireEverySize(
  release: Release,
  shape: ConfigurationShape,
  variant: Variant | undefined,
): void {
  const { parameters } = scopeOfShape(release, shape, {}, variant && { variant });
  const key = JSON.stringify([parameters, shape.masks]);
  const ofRelease = known.get(release) ?? new Set<string>();
  known.set(release, ofRelease);
  if (ofRelease.has(key)) return;
  EverySizeScope.of(release, parameters, shape.masks);
  ofRelease.add(key);
}

/** Sizes moved up to where a release can move at all: below that it is stuck by its size, which says nothing of real ones. */
function sizesOfMoving({ least }: Release, sizes: Sizes): Sizes {
  const beyond = (name: keyof Sizes): number => Math.max(valueOr(least, name, 1) - 1, 0);
  const tasks = beyond("taskMapSize");
  const places = beyond("maxChunksUp");
  return {
    taskMapSize: sizes.taskMapSize + tasks,
    maxChunksUp: sizes.maxChunksUp + places,
    chunks: sizes.chunks + tasks + places + beyond("chunks"),
  };
}

/**
 * The results of a shape at every size, and with every number of chunks that its limits may stand for.
 *
 * @throws DependsOnSize if the release is not the same at every size.
 */
export function judgeSizes(
  release: Release,
  shape: ConfigurationShape,
  search: (scope: Scope) => ScopeResult,
  { sizes = sizesFor(shape), resize = (one) => one, isEnough = () => false }: Judging = {},
): readonly JudgedScope[] {
  const last = shape.variants.at(-1);
  requireEverySize(release, shape, last);
  const judged: JudgedScope[] = [];
  for (const usual of sizes.filter(({ maxChunksUp }) => maxChunksUp === 1 || !shape.onePlace)) {
    const resized = sizesOfMoving(release, resize(usual));
    for (const variant of variantsAt(shape, usual)) {
      const result = search(scopeOfShape(release, shape, resized, { variant }));
      judged.push({ shape, variant, result });
      if (isEnough(result)) return judged;
    }
  }
  return judged;
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
export function mostTelling(judged: readonly JudgedScope[]): JudgedScope {
  const [first] = judged;
  if (first === undefined) throw new Error("a shape is judged at one size at least");
  const that = (property: string): JudgedScope | undefined =>
    judged.find(({ result }) => violates(result, property));
  return that("neverStuck") ?? that("recovery") ?? that("isolation") ?? first;
}
