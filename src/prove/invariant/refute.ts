import {
  lastActionOf,
  pathLength,
  pathOutages,
  pathText,
  type AcceleratedPath,
} from "../violation/accelerated-path.ts";
import { baseRuns } from "../violation/base-runs.ts";
import type { Sizes } from "../../compile/sizes.ts";
import { isLeast, leastChunks, type Comparison, type Condition } from "../violation/condition.ts";
import type { Candidate } from "./candidates.ts";
import type { CountedSystem } from "../counted/counting.ts";
import { all, atLeast, holds, type Formula } from "../logic/formula.ts";
import { linearText, valueOf, variable, type Linear, type Valuation } from "../logic/linear.ts";
import { followed } from "../violation/path-proof.ts";
import type { Prover } from "../logic/prover.ts";
import { generalised } from "../violation/pump.ts";
import type { SmallScopes } from "./small-scopes.ts";
import { endObligations, trapWords, uncheckedOf, type Evidence } from "../violation/evidence.ts";
import { sizeValues } from "../violation/walk.ts";

/** A run into a violation for every size, with what shows that it is one. */
export interface ProvedPath {
  readonly path: AcceleratedPath;
  /** E.g. `outputDown (ingest dispatch flushRetry)^T ingest^X outputUp`. */
  readonly text: string;
  /** How many actions it has, over T, X and Q. */
  readonly length: Linear;
  readonly lengthText: string;
  /** How many times an output goes away on it. */
  readonly outages: string;
  /** For which sizes it is, in words. */
  readonly where: string;
  /** The same as a formula. */
  readonly covers: Formula;
  /** The bound of the condition that it is for. */
  readonly bound: Linear;
  readonly evidence: Evidence;
  /** What stays true from its end on, in words. */
  readonly trap: readonly string[];
  /** The part of the argument that no machine checks, one line each. */
  readonly unchecked: readonly string[];
  /** Its length beside that of a shortest run, at each small size that it is for; empty where no length is judged. */
  readonly compared: readonly ComparedLength[];
}

/** The length of a run beside that of a shortest one, found by exploring a scope with as few chunks as are needed. */
export interface ComparedLength {
  readonly sizes: Sizes;
  readonly chunks: number;
  readonly length: number;
  readonly shortest: number;
}

const tries = 8;

function compared(
  length: Linear,
  where: Formula,
  property: string,
  scopes: SmallScopes,
): readonly ComparedLength[] {
  return scopes.survey(property).least.flatMap(({ sizes, chunks }): ComparedLength[] => {
    const values = sizeValues(chunks, sizes);
    const shortest = scopes.find(property, chunks, sizes)?.length ?? null;
    if (shortest === null || !holds(where, values)) return [];
    return [{ sizes, chunks, length: valueOf(length, values), shortest }];
  });
}

async function pathFor(
  counted: CountedSystem,
  always: readonly Candidate[],
  property: string,
  bound: Linear,
  others: readonly Linear[],
  region: readonly Comparison[],
  scopes: SmallScopes,
  prover: Prover,
): Promise<ProvedPath | null> {
  const condition: Condition = { text: "", leastChunks: [bound] };
  const chunks = (at: Sizes): number => leastChunks(condition, at);
  const where = all(atLeast(variable("N"), bound), ...region.map(({ formula }) => formula));
  const watchClock = (): void => {
    prover.watchClock();
  };
  const bases = baseRuns(counted, always, property, bound, others, scopes, watchClock);
  for (const { sizes, word, kind } of bases) {
    const { find } = kind;
    const isViolation = (values: Valuation): boolean => {
      watchClock();
      return kind.isViolation(values);
    };
    let tried = 0;
    for (const path of generalised(counted, { word, sizes, chunks, isViolation })) {
      if (tried++ === tries) break;
      const run = followed(counted, path, where);
      if (run === null || !(await prover.provesAll(run.obligations))) continue;
      const evidence = await find(run.end, where, prover);
      if (evidence === null) continue;
      const last = lastActionOf(path);
      const ending = endObligations(counted, property, evidence, last, run.end, where);
      // A trap was found by showing all this, or plainer statements from which it follows.
      const isShown = evidence.kind === "trap";
      if (ending === null || (!isShown && !(await prover.provesAll(ending)))) continue;
      const length = pathLength(path);
      return {
        path,
        text: pathText(path, counted),
        length,
        lengthText: linearText(length),
        outages: linearText(pathOutages(path, counted)),
        covers: where,
        where: [`N >= ${linearText(bound)}`, ...region.map(({ words }) => words)].join(" and "),
        bound,
        evidence,
        trap: trapWords(counted, evidence),
        unchecked: uncheckedOf(property, evidence),
        compared: compared(length, where, property, scopes),
      };
    }
  }
  return null;
}

/**
 * Looks for runs into a violation wherever the condition holds: one for each of its bounds, for the sizes at which that
 * bound is the least. `null` if one of them is not found.
 */
export async function pathsFor(
  counted: CountedSystem,
  always: readonly Candidate[],
  property: string,
  condition: Condition,
  scopes: SmallScopes,
  prover: Prover,
): Promise<readonly ProvedPath[] | null> {
  const orders = [condition.leastChunks, condition.leastChunks.toReversed()];
  // The sizes at which two bounds are equal belong to the first: which one that is matters to a path.
  for (const bounds of condition.leastChunks.length > 1 ? orders : orders.slice(0, 1)) {
    const paths: ProvedPath[] = [];
    for (const bound of bounds) {
      const others = bounds.filter((other) => other !== bound);
      const least = isLeast(bound, bounds);
      const path = await pathFor(counted, always, property, bound, others, least, scopes, prover);
      if (path === null) break;
      paths.push(path);
    }
    if (paths.length === bounds.length) return paths;
  }
  return null;
}
