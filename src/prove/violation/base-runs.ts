import { valueOr } from "../../errors/checked-access.ts";
import { wordOf } from "./base-word.ts";
import type { Sizes } from "../../compile/sizes.ts";
import type { Candidate } from "../invariant/candidates.ts";
import { leastChunks, type Condition } from "./condition.ts";
import type { CountedAction, CountedSystem } from "../counted/counting.ts";
import { valueOf, type Linear, type Valuation } from "../logic/linear.ts";
import { renamings, withOutputsRenamed } from "../counted/rename-outputs.ts";
import type { SmallScopes } from "../invariant/small-scopes.ts";
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
const mostAhead = 200;

/** Sizes at which this bound is the least, so that growing a limit by one shows what grows with it. */
function baseSizes(
  { system, least: smallest }: CountedSystem,
  bound: Linear,
  others: readonly Linear[],
): Sizes | null {
  const grow = system.limits
    .filter(({ least, symbol }) => least > 0 && symbol in smallest)
    .map(({ symbol }) => symbol);
  const choices: readonly Sizes[] =
    others.length === 0
      ? [smallest]
      : grow.map((stays) => ({
          ...smallest,
          ...Object.fromEntries(
            grow
              .filter((symbol) => symbol !== stays)
              .map((symbol) => [symbol, valueOr(smallest, symbol, 1) + 3]),
          ),
        }));
  for (const sizes of choices) {
    const values = new Map(Object.entries(sizes));
    const least = valueOf(bound, values);
    if (others.every((other) => valueOf(other, values) > least)) return sizes;
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

/** A run with the state in which it ends. */
interface NearRun {
  readonly word: readonly CountedAction[];
  readonly values: Valuation;
}

/** The ways to states near the end of a run. */
function* nearRuns(
  before: readonly CountedAction[],
  initial: Valuation,
  actions: readonly CountedAction[],
): Generator<NearRun> {
  const end = run(before, initial);
  if (end === null) return;
  for (const { values, way } of nearby(actions, end, longestNearby, mostStates)) {
    yield { word: [...before, ...way], values };
  }
}

/** Those runs first after which the engine can do least: things have taken their course there. */
function settledFirst(
  runs: readonly NearRun[],
  engine: readonly CountedAction[],
): readonly NearRun[] {
  const ahead = ({ values }: NearRun): number =>
    [...nearby(engine, values, Infinity, mostAhead)].length;
  return runs
    .map((one) => ({ one, ahead: ahead(one) }))
    .sort((a, b) => a.ahead - b.ahead || a.one.word.length - b.one.word.length)
    .map(({ one }) => one);
}

/**
 * Runs into a violation at a size at which a bound is the least, the likeliest first: what the explorer found, and then the ways
 * into other violated states near by, settled ones first. A shortest run may owe its being short to the sizes being equal.
 *
 * @param watchClock called now and then; it throws when there is no time left
 */
export function* baseRuns(
  counted: CountedSystem,
  always: readonly Candidate[],
  property: string,
  bound: Linear,
  otherBounds: readonly Linear[],
  scopes: SmallScopes,
  watchClock: () => void,
): Generator<BaseRun> {
  const sizes = baseSizes(counted, bound, otherBounds);
  if (sizes === null) return;
  const condition: Condition = { text: "", leastChunks: [bound] };
  const chunks = leastChunks(condition, sizes);
  const kinds = violationKinds(counted, always, property);
  const found = foundWords(counted, property, sizes, chunks, scopes);
  for (const word of found) {
    for (const kind of kinds) yield { sizes, word, kind };
  }
  const initial = initialValues(counted, chunks, sizes);
  const engine = counted.actions.filter(({ agent }) => agent === "engine");
  const near = [
    ...nearRuns([], initial, counted.actions),
    ...found.flatMap((word) => [...nearRuns(word, initial, engine)]),
  ];
  for (const kind of kinds) {
    const violated = near.filter(({ values }) => {
      watchClock();
      return kind.isViolation(values);
    });
    for (const { word } of settledFirst(violated, engine).slice(0, mostNearby)) {
      yield { sizes, word, kind };
    }
  }
}
