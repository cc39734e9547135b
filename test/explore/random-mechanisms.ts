import { expect } from "vitest";
import { checkScope } from "../../src/explore/check-scope.ts";
import { defaultLimits, explore } from "../../src/explore/explore.ts";
import { exploreOracle } from "../oracle/oracle.ts";
import { randomScope } from "../oracle/random-scope.ts";
import { scopeForOracle } from "./scope-for.ts";
import { seed } from "./seed.ts";

/** The oracle judges fairness on labelled states: small scopes only. */
const mostLabelled = 1_500;

/**
 * Expects that explorer and oracle say the same of random combinations of mechanisms: counts, verdicts, lengths and parts.
 *
 * @param from the number of the first scope
 * @param scopes how many there are
 * @returns the properties that some scope violates
 */
export function violatedInRandomScopes(from: number, scopes: number): ReadonlySet<string> {
  const violated = new Set<string>();
  for (let index = from; index < from + scopes; index++) {
    const parameters = randomScope(seed + index, mostLabelled);
    const scope = scopeForOracle(parameters);
    const result = checkScope(scope);
    const oracle = exploreOracle(parameters);
    const about = JSON.stringify(parameters);
    const { labelled, canonical, transitions, selfLoops, mostUp } = result.counts;
    expect([
      about,
      Number(labelled),
      canonical,
      Number(transitions),
      Number(selfLoops),
      mostUp,
    ]).toEqual([
      about,
      oracle.labelledStates,
      oracle.canonicalStates,
      oracle.transitions,
      oracle.selfLoops,
      oracle.mostUp,
    ]);
    const unmerged = explore(scope, { ...defaultLimits, symmetry: false });
    expect([about, unmerged.counts]).toEqual([about, result.counts]);
    const has = new Set(result.properties.map(({ property }) => property));
    const judged = Object.entries(oracle.properties).filter(([name]) => has.has(name));
    const found = result.properties.map(({ property, verdict, length }) => [
      property,
      length === null ? { verdict } : { verdict, length },
    ]);
    expect([about, Object.fromEntries(found)]).toEqual([about, Object.fromEntries(judged)]);
    for (const { property, verdict } of result.properties) {
      if (verdict === "violated") violated.add(property);
    }
    for (const [name, { verdict }] of Object.entries(oracle.properties)) {
      if (!has.has(name)) expect([about, name, verdict]).toEqual([about, name, "holds"]);
    }
  }
  return violated;
}
