import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { release as parkBreaker } from "../../models/releases/park-breaker.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as reserveSlot } from "../../models/releases/reserve-slot.ts";
import type { Scope } from "../../src/compile/scope.ts";
import { checkScope, type ScopeResult } from "../../src/explore/check-scope.ts";
import { defaultLimits, explore } from "../../src/explore/explore.ts";
import { exploreOracle, type OracleResult } from "../oracle/oracle.ts";
import type { OracleParameters } from "../oracle/parameters.ts";
import { smallParameters } from "../oracle/small-parameters.ts";
import { scopeFor } from "./scope-for.ts";
import { seed } from "./seed.ts";

/** Scopes above this many labelled states are left to the other tests: the oracle is slow by design. */
const mostStates = 3_000;

const parkParameters = fc.record(smallParameters);
/** The least scope in which somebody can be flushed to what a probe owes. */
const twoProbes = {
  chunks: 2,
  taskMapSize: 2,
  maxChunksUp: 2,
  outputs: 2,
  routing: "any",
  retryLimit: "unlimited",
  crash: true,
} as const;
const releaseParameters = {
  ...smallParameters,
  overLimitQuota: fc.integer({ min: 0, max: 2 }),
  releaseOnClose: fc.boolean(),
  checkMapFirst: fc.boolean(),
  pauseOnChunksOverlimit: fc.boolean(),
  evictIdleWhenMapFull: fc.boolean(),
  schedulerFails: fc.boolean(),
  shutdown: fc.boolean(),
  detachOnOutputExit: fc.boolean(),
};

/** What the explorer found out, in the words of the oracle. */
function inWordsOfTheOracle({ counts, properties }: ScopeResult): Record<string, unknown> {
  const judgements: Record<string, unknown> = {};
  for (const { property, verdict, length } of properties) {
    judgements[property] = length === null ? { verdict } : { verdict, length };
  }
  return {
    labelledStates: Number(counts.labelled),
    canonicalStates: counts.canonical,
    transitions: Number(counts.transitions),
    selfLoops: Number(counts.selfLoops),
    mostUp: counts.mostUp,
    properties: judgements,
  };
}

/** What the oracle found out about the properties that the model has. */
function inWordsOfTheModel(oracle: OracleResult, model: ScopeResult): Record<string, unknown> {
  const { labelledStates, canonicalStates, transitions, selfLoops, mostUp } = oracle;
  const has = (name: string): boolean => model.properties.some(({ property }) => property === name);
  const shared = Object.entries(oracle.properties).filter(([name]) => has(name));
  const properties = Object.fromEntries(shared);
  return { labelledStates, canonicalStates, transitions, selfLoops, mostUp, properties };
}

/** Compares one scope with the oracle, and with itself without symmetry; returns what is violated. */
function compare(parameters: OracleParameters, scope: Scope): readonly string[] {
  const result = checkScope(scope, { maxStates: mostStates });
  fc.pre(result.complete && result.counts.labelled <= mostStates);
  const labelled = explore(scope, { ...defaultLimits, symmetry: false });
  expect(labelled.counts).toEqual(result.counts);
  expect(inWordsOfTheOracle(result)).toEqual(inWordsOfTheModel(exploreOracle(parameters), result));
  return result.properties
    .filter(({ verdict }) => verdict === "violated")
    .map(({ property }) => property);
}

const runs = { seed, maxSkipsPerRun: 20 };

describe(
  `random scopes, seed ${seed}: the explorer and the oracle agree on all counts, verdicts and lengths`,
  { timeout: 240_000 },
  () => {
    it("for releases", () => {
      const violated = new Set<string>();
      fc.assert(
        fc.property(fc.record(releaseParameters), (parameters) => {
          for (const property of compare(parameters, scopeFor(parameters))) violated.add(property);
        }),
        { ...runs, numRuns: 100 },
      );
      // What no rule can break is left to the mutants.
      expect([...violated].sort()).toEqual([
        "inputResumes",
        "inputResumesFair",
        "isolation",
        "isolationFair",
        "neverStuck",
        "noLoss",
        "noStarvation",
        "ownerAlive",
        "pauseOwned",
        "quotaConserved",
        "recovery",
      ]);
    });

    it("for reserve-slot", () => {
      const reserving = fc.record({
        ...releaseParameters,
        maxChunksUp: fc.constantFrom(2, 3),
      });
      const violated = new Set<string>();
      fc.assert(
        fc.property(reserving, (parameters) => {
          const scope = scopeFor(parameters, reserveSlot);
          const found = compare({ ...parameters, keptForRetries: 1 }, scope);
          for (const property of found) violated.add(property);
        }),
        { ...runs, numRuns: 40 },
      );
      expect(violated).toContain("noStarvation");
    });

    it("for park", () => {
      fc.assert(
        fc.property(parkParameters, (parameters) => {
          const scope = scopeFor(parameters, park);
          expect(compare({ ...parameters, park: true }, scope)).toEqual([]);
        }),
        { ...runs, numRuns: 60 },
      );
    });

    it("for park-breaker", () => {
      fc.assert(
        fc.property(parkParameters, (parameters) => {
          const scope = scopeFor(parameters, parkBreaker);
          expect(compare({ ...parameters, park: "breaker" }, scope)).toEqual([]);
        }),
        { ...runs, numRuns: 40, examples: [[twoProbes]] },
      );
    });
  },
);
