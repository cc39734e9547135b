import { wordOf } from "./base-word.ts";
import type { Candidate } from "./candidates.ts";
import { leastChunks, type Condition, type Sizes } from "./condition.ts";
import type { CountedAction, CountedSystem } from "./counting.ts";
import { holds } from "./formula.ts";
import { valueOf, type Linear, type Valuation } from "./linear.ts";
import { renamings, withOutputsRenamed } from "./rename-outputs.ts";
import type { SmallScopes } from "./small-scopes.ts";
import { violationKinds, type ViolationKind } from "./violation.ts";
import { initialValues, nearby, run } from "./walk.ts";

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

/** How many ways there are for the engine to change the state: where there are few, things have taken their course. */
function unsettled(counted: CountedSystem, values: Valuation): number {
  return counted.actions.filter(
    ({ agent, becomes, enabled }) =>
      agent === "engine" && becomes.size > 0 && holds(enabled, values),
  ).length;
}

/** The ways to states near the end of a run. */
function* wordsNearby(
  counted: CountedSystem,
  before: readonly CountedAction[],
  initial: Valuation,
  actions: readonly CountedAction[],
): Generator<{
  readonly word: readonly CountedAction[];
  readonly values: Valuation;
  readonly unsettled: number;
}> {
  const end = run(before, initial);
  if (end === null) return;
  for (const { values, way } of nearby(actions, end, longestNearby, mostStates)) {
    yield { word: [...before, ...way], values, unsettled: unsettled(counted, values) };
  }
}

/**
 * Runs into a violation at a size at which a bound is the least, the likeliest first: what the explorer found, and then the ways
 * into other violated states near by, settled ones first. A shortest run may owe its being short to the sizes being equal.
 */
export function* baseRuns(
  counted: CountedSystem,
  always: readonly Candidate[],
  property: string,
  bound: Linear,
  otherBounds: readonly Linear[],
  scopes: SmallScopes,
): Generator<BaseRun> {
  const sizes = baseSizes(bound, otherBounds, counted.hasQuota);
  if (sizes === null) return;
  const condition: Condition = { text: "", leastChunks: [bound] };
  const chunks = leastChunks(condition, sizes);
  const kinds = violationKinds(counted, always, property);
  const found = foundWords(counted, property, sizes, chunks, scopes);
  for (const word of found) {
    for (const kind of kinds) yield { sizes, word, kind };
  }
  const initial = initialValues(counted, chunks, sizes);
  const others = [...wordsNearby(counted, [], initial, counted.actions)];
  const engine = counted.actions.filter(({ agent }) => agent === "engine");
  for (const word of found) others.push(...wordsNearby(counted, word, initial, engine));
  others.sort((a, b) => a.unsettled - b.unsettled || a.word.length - b.word.length);
  for (const kind of kinds) {
    const violated = others.filter(({ values }) => kind.isViolation(values));
    for (const { word } of violated.slice(0, mostNearby)) yield { sizes, word, kind };
  }
}
