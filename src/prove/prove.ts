import type { Values } from "../../models/system.ts";
import type { CompiledProperty } from "../compile/compiled-system.ts";
import type { EverySizeScope } from "../compile/every-size.ts";
import { actionsThatBreak } from "./progress/breaking.ts";
import { conditionFails, fittingConditions, type Condition } from "./violation/condition.ts";
import { count, type CountedSystem } from "./counted/counting.ts";
import { all, type Formula } from "./logic/formula.ts";
import { pathsFor, type ProvedPath } from "./invariant/refute.ts";
import type { Valuation } from "./logic/linear.ts";
import { sampleStates } from "./invariant/sampling.ts";
import { findInvariant, type Invariant } from "./invariant/invariant.ts";
import type { Argument } from "./invariant/lemma.ts";
import { fairPropertyOf, hasNoArgument, provesProgress } from "./progress/progress.ts";
import { OutOfTime, Prover } from "./logic/prover.ts";
import { provesSafety } from "./invariant/safety.ts";
import { SmallScopes, type Counterexample, type Search } from "./invariant/small-scopes.ts";
import type { Solver } from "./logic/solver.ts";

/** What a proof attempt needs from outside. */
export interface ProveOptions {
  readonly solver: Solver;
  /** Explores small scopes, for counterexamples; without it nothing is refuted. */
  readonly search: Search | null;
  /** The present, in milliseconds. */
  readonly now: () => number;
  /** Milliseconds after which what is not decided is unknown. */
  readonly timeLimit: number;
  /** The properties to decide; all of them if it is left out. */
  readonly only?: readonly string[];
  /** Called before each question to the solver, with what is to be shown. */
  readonly onQuestion?: (claim: string) => void;
}

/** The verdict on a property for all N, T, X and Q. */
export interface PropertyProof {
  readonly property: string;
  readonly meaning: string;
  readonly verdict: "proved" | "refuted" | "unknown";
  /** Where it is refuted: it is violated exactly where this holds; null where no exact condition is known. */
  readonly condition: Condition | null;
  /** What shows the property, everywhere or, with a condition, where the condition does not hold. */
  readonly argument: Argument | null;
  /** Where it is refuted: a violation in the smallest scope that has one. */
  readonly counterexample: Counterexample | null;
  /** Where a property of states is refuted: the actions that break it, from states in which it still holds. */
  readonly brokenBy: readonly string[];
  /** Where it is refuted with a condition: runs into a violation that cover every size at which the condition holds. */
  readonly paths: readonly ProvedPath[] | null;
  /** Why it is unknown, or what of a refutation is not shown for every size. */
  readonly reason: string | null;
  readonly elapsedMs: number;
}

/** Everything that was found out about a system for all sizes. */
export interface SystemProof {
  readonly release: string;
  readonly parameters: Values;
  /** The parameters that differ from the release's own, but for sizes and the shape. */
  readonly settings: readonly string[];
  /** The routes masks that chunks can have, where they are known better than `routing` says. */
  readonly masks: readonly (readonly number[])[] | null;
  readonly counted: CountedSystem;
  readonly invariant: Invariant;
  readonly properties: readonly PropertyProof[];
  readonly questions: number;
  readonly elapsedMs: number;
}

async function attempt(
  counted: CountedSystem,
  property: CompiledProperty,
  assumed: readonly Formula[],
  prover: Prover,
): Promise<Argument | null> {
  if (hasNoArgument(property, counted)) return null;
  const fair = fairPropertyOf(property, counted);
  if (fair !== null) return provesProgress(counted, fair, assumed, prover);
  return provesSafety(counted, property.name, assumed, prover);
}

type Decision = Omit<PropertyProof, "property" | "meaning" | "elapsedMs">;

const undecided: Decision = {
  verdict: "unknown",
  condition: null,
  argument: null,
  counterexample: null,
  brokenBy: [],
  paths: null,
  reason: null,
};

const comparedLine =
  "the release asks for sizes while it is described: that it is the same at all of them was seen at many, not at all";

/** Proves a property where the condition of its violation does not hold, if need be with a stronger invariant. */
async function attemptBelow(
  counted: CountedSystem,
  examples: readonly Valuation[],
  property: CompiledProperty,
  invariant: Invariant,
  condition: Condition,
  prover: Prover,
): Promise<Argument | null> {
  const fails = conditionFails(condition);
  const argument = await attempt(counted, property, [invariant.formula, fails], prover);
  if (argument !== null || property.kind === "progress") return argument;
  const there: CountedSystem = { ...counted, sizes: all(counted.sizes, fails) };
  const stronger = await findInvariant(there, examples, prover);
  const below = await attempt(there, property, [stronger.formula], prover);
  return below === null ? null : { ...below, invariant: stronger.parts };
}

async function decide(
  counted: CountedSystem,
  examples: readonly Valuation[],
  property: CompiledProperty,
  invariant: Invariant,
  prover: Prover,
  scopes: SmallScopes | null,
): Promise<Decision> {
  // What fails in a tiny scope need not be tried to be proved.
  if (scopes?.failsInTinyScope(property.name) !== true) {
    const everywhere = await attempt(counted, property, [invariant.formula], prover);
    if (everywhere !== null) return { ...undecided, verdict: "proved", argument: everywhere };
  }
  if (scopes === null) return { ...undecided, reason: "no proof was found" };
  const { smallest, least, everywhere: always } = scopes.survey(property.name);
  if (smallest === null) {
    return { ...undecided, reason: "no proof was found, and no counterexample in a small scope" };
  }
  const brokenBy = await actionsThatBreak(counted, property.name, invariant, prover);
  const refuted: Decision = {
    ...undecided,
    verdict: "refuted",
    counterexample: smallest,
    brokenBy,
  };
  const conditions = always ? fittingConditions(least).slice(0, 2) : [];
  const { parts } = invariant;
  let reason = "no exact condition was found";
  for (const condition of conditions) {
    const argument = await attemptBelow(counted, examples, property, invariant, condition, prover);
    if (argument === null) continue;
    const paths = await pathsFor(counted, parts, property.name, condition, scopes, prover);
    if (paths !== null) return { ...refuted, condition, argument, paths };
    reason = `proved unless ${condition.text}; that it is violated wherever that holds was not shown`;
  }
  return { ...refuted, reason };
}

/**
 * Decides every property of a system for every number of slots and every limit at once. Of the scope only the shape matters, not its sizes.
 *
 * @throws Error if the system cannot be counted: see `count`.
 */
export async function proveSystem(
  scope: EverySizeScope,
  options: ProveOptions,
): Promise<SystemProof> {
  const { system, parameters, release, settings, masks, comparedOnly } = scope;
  const { solver, search, now, timeLimit, only, onQuestion } = options;
  const started = now();
  const questionsBefore = solver.questions();
  const counted = count(system, parameters);
  const examples = sampleStates(counted, parameters);
  const prover = new Prover(solver, now, started + timeLimit, onQuestion, examples);
  const scopes =
    search === null
      ? null
      : new SmallScopes(release, system, parameters, (one) =>
          search(one, () => {
            prover.watchClock();
          }),
        );
  const properties: PropertyProof[] = [];
  let invariant: Invariant = { parts: [], formula: counted.sizes };
  let outOfTime = false;
  const timed = async <Result>(what: () => Promise<Result>, otherwise: Result): Promise<Result> => {
    if (outOfTime) return otherwise;
    try {
      return await what();
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw error;
      outOfTime = true;
      return otherwise;
    }
  };
  invariant = await timed(() => findInvariant(counted, examples, prover), invariant);
  for (const property of system.properties) {
    if (only?.includes(property.name) === false) continue;
    const begun = now();
    const decided = await timed(
      () => decide(counted, examples, property, invariant, prover, scopes),
      {
        ...undecided,
        reason: "the time limit is reached",
      },
    );
    const { name, meaning } = property;
    const { argument } = decided;
    const decision: Decision =
      comparedOnly && argument !== null
        ? {
            ...decided,
            argument: { ...argument, unchecked: [comparedLine, ...argument.unchecked] },
          }
        : decided;
    properties.push({ property: name, meaning, ...decision, elapsedMs: now() - begun });
  }
  return {
    release,
    parameters,
    settings,
    masks,
    counted,
    invariant,
    properties,
    questions: solver.questions() - questionsBefore,
    elapsedMs: now() - started,
  };
}
