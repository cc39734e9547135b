import { wordOf } from "./base-word.ts";
import type { Candidate } from "./candidates.ts";
import { leastChunks, type Condition, type Sizes } from "./condition.ts";
import type { CountedAction, CountedSystem } from "./counting.ts";
import { valueOf, type Linear } from "./linear.ts";
import { renamings, withOutputsRenamed } from "./rename-outputs.ts";
import type { SmallScopes } from "./small-scopes.ts";
import { violationKinds, type ViolationKind } from "./violation.ts";
import { initialValues, nearby } from "./walk.ts";

/** A run into a violation at one size, from which one for every size may be made. */
export interface BaseRun {
  readonly sizes: Sizes;
  readonly word: readonly CountedAction[];
  readonly kind: ViolationKind;
}

const longestNearby = 7;
const mostStates = 3000;
const mostNearby = 12;

/** Sizes at which this bound is the least, so that growing T, X or Q by one shows what grows with it. */
function baseSizes(bound: Linear, others: readonly Linear[], quota: boolean): Sizes | null {
  const overLimitQuota = quota ? 1 : 0;
  const choices =
    others.length === 0
      ? [[1, 1]]
      : [
          [1, 4],
          [4, 1],
        ];
  for (const [taskMapSize = 1, maxChunksUp = 1] of choices) {
    const values = new Map([
      ["T", taskMapSize],
      ["X", maxChunksUp],
      ["Q", overLimitQuota],
    ]);
    const least = valueOf(bound, values);
    if (others.every((other) => valueOf(other, values) > least)) {
      return { taskMapSize, maxChunksUp, overLimitQuota };
    }
  }
  return null;
}

/** The ways into a violation at these sizes that the explorer found, as counted actions, with outputs renamed. */
function foundWords(
  counted: CountedSystem,
  property: string,
  sizes: Sizes,
  chunks: number,
  scopes: SmallScopes,
): readonly (readonly CountedAction[])[] {
  // A cut-off output is the plainest reason for not being served, and the way to it is known to be short.
  const sources = property === "isolationFair" ? ["isolation", property] : [property];
  const initial = initialValues(counted, chunks, sizes);
  const scope = scopes.scopeOf(chunks, sizes);
  return sources.flatMap((source) => {
    const steps = scopes.find(source, chunks, sizes)?.steps ?? null;
    if (steps === null) return [];
    return renamings(counted.system.outputs).flatMap((names) => {
      const renamed = withOutputsRenamed(scope, steps, names);
      return renamed === null ? [] : [wordOf(counted, renamed, initial) ?? []];
    });
  });
}

/**
 * Runs into a violation at a size at which a bound is the least, the likeliest first: what the explorer found, and then the ways
 * into other violated states near by. A shortest run may owe its being short to the sizes being equal.
 */
export function* baseRuns(
  counted: CountedSystem,
  always: readonly Candidate[],
  property: string,
  bound: Linear,
  others: readonly Linear[],
  scopes: SmallScopes,
): Generator<BaseRun> {
  const sizes = baseSizes(bound, others, counted.hasQuota);
  if (sizes === null) return;
  const condition: Condition = { text: "", leastChunks: [bound] };
  const chunks = leastChunks(condition, sizes);
  const kinds = violationKinds(counted, always, property);
  for (const word of foundWords(counted, property, sizes, chunks, scopes)) {
    for (const kind of kinds) yield { sizes, word, kind };
  }
  const initial = initialValues(counted, chunks, sizes);
  for (const kind of kinds) {
    let found = 0;
    for (const { values, way } of nearby(counted.actions, initial, longestNearby, mostStates)) {
      if (!kind.isViolation(values)) continue;
      yield { sizes, word: way, kind };
      if (++found === mostNearby) break;
    }
  }
}
