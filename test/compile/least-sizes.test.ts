import { describe, expect, it } from "vitest";
import type { Release } from "../../models/description.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { scopeWith } from "../../src/analysis/scope-with.ts";
import { parametersOf } from "../../src/cli/options/scope-arguments.ts";
import { ownParameters } from "../../src/compile/own-parameters.ts";
import { scopeOf } from "../../src/compile/scope.ts";
import { checkScope } from "../../src/explore/check-scope.ts";
import { releasesText } from "../../src/report/scope/releases-report.ts";
import { scopeText } from "../../src/report/scope/scope-report.ts";
import { style } from "../../src/report/style.ts";
import { inBranch } from "../explore/mutants/mutant.ts";

/** A candidate that keeps one place in memory for retries: new chunks are up only below X − 1. */
const reserving: Release = {
  ...v304,
  name: "spare-place",
  least: { maxChunksUp: 2 },
  describe: (parameters) =>
    ["ingest", "dispatch"].reduce(
      (description, rule) =>
        inBranch(rule, rule === "ingest" ? 0 : 1, (branch) => ({
          ...branch,
          guard: (...asked) =>
            branch
              .guard(...asked)
              .map((comparison) =>
                "total" in comparison.quantity && comparison.quantity.total === "up"
                  ? { ...comparison, bound: { ...comparison.bound, constant: -1 } }
                  : comparison,
              ),
        }))(description),
      v304.describe(parameters),
    ),
};

const carefree: Release = { ...reserving, least: {} };

function table(release: Release): string {
  const run = {
    release,
    scope: { letter: "a" },
    result: checkScope(scopeWith(release, {})),
    elapsedMs: 0,
  };
  return releasesText([run], [], style(false), Number.POSITIVE_INFINITY);
}

describe("a release that cannot move with the smallest sizes", () => {
  it("has its scopes moved up, and says so", () => {
    expect(scopeWith(reserving, { chunks: 4, taskMapSize: 2, maxChunksUp: 2 }).parameters).toEqual({
      ...defaultParameters,
      ...{ chunks: 5, taskMapSize: 2, maxChunksUp: 3 },
    });
    expect(ownParameters(reserving)).toMatchObject({ chunks: 3, maxChunksUp: 2 });
    expect(table(reserving)).toContain(
      "spare-place is checked with chunks 1 more, max chunks up 1 more in each scope: it cannot move with less",
    );
    expect(table(reserving)).not.toContain("nothing is ever delivered");
  });

  it("is refused in smaller ones", () => {
    expect(() => parametersOf(reserving, ["maxChunksUp=1"])).toThrow(
      "spare-place needs maxChunksUp of at least 2, not 1",
    );
  });

  it("has limits that a proof does not go below", () => {
    const { limits } = scopeOf(reserving, ownParameters(reserving)).system;
    expect(limits.map(({ symbol, least }) => `${symbol}>=${least}`)).toEqual([
      "T>=1",
      "X>=2",
      "Q>=0",
    ]);
  });

  it("is marked where it does not say so: what holds of it says nothing", () => {
    const shown = table(carefree);
    expect(shown).toContain(
      "! spare-place: nothing is ever delivered in scope a, so what holds there says nothing",
    );
    expect(shown).not.toMatch(/ holds$/mu);
    expect(shown).toMatch(/^noLoss +–$/mu);
    const result = checkScope(scopeWith(carefree, {}));
    expect(result.enabled.delivers).toBe(false);
    const one = scopeText({ result, elapsedMs: 0 }, style(false));
    expect(one).toContain("! nothing is ever delivered here, so what holds says nothing");
    expect(one).toMatch(/^ {2}noLoss +nothing to say here /mu);
  });
});

describe("actions that are never enabled", () => {
  it("are listed by scope", () => {
    const never = (settings: Partial<Parameters>): readonly string[] =>
      checkScope(scopeWith(v304, settings)).enabled.never;
    expect(never({})).toEqual(["flushDrop", "retryFireOverLimit"]);
    expect(never({ retryLimit: 1, overLimitQuota: 1 })).toEqual(["reschedule"]);
    expect(never({ chunks: 1 })).toEqual(["flushDrop", "retryFireOverLimit", "reschedule"]);
  });

  it("name a rule whose condition never holds, though it compiles to nothing", () => {
    const blind: Release = {
      ...v304,
      describe: (parameters) =>
        inBranch("dispatch", 0, (branch) => ({
          ...branch,
          where: { name: "never", holds: () => false },
        }))(
          inBranch("dispatch", 1, (branch) => ({
            ...branch,
            where: { name: "never", holds: () => false },
          }))(v304.describe(parameters)),
        ),
    };
    const { enabled } = checkScope(scopeWith(blind, {}));
    expect(enabled).toEqual({
      never: [
        "dispatch",
        "flushOk",
        "flushRetry",
        "flushDrop",
        "retryFire",
        "retryFireOverLimit",
        "reschedule",
      ],
      delivers: false,
    });
  });
});
