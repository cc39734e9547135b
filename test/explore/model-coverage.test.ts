import { describe, expect, it } from "vitest";
import type { Parameters } from "../../models/parameters.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { defaultLimits, explore } from "../../src/explore/explore.ts";
import {
  joinedCoverage,
  modelCoverage,
  type ModelCoverage,
} from "../../src/explore/model-coverage.ts";
import { unmetJson } from "../../src/report/conform/coverage-report.ts";
import { part, parse } from "../cli/json-value.ts";
import { run } from "../cli/recording-terminal.ts";
import { scopeFor } from "./scope-for.ts";

function covered(parameters: Partial<Parameters>, symmetry = true): ModelCoverage {
  return modelCoverage(explore(scopeFor(parameters, v304), { ...defaultLimits, symmetry }));
}

describe("the coverage of the model", () => {
  it("is the same whether slots are told apart or not", () => {
    for (const parameters of [{}, { outputs: 2, overLimitQuota: 1 }, { chunks: 3, crash: true }]) {
      expect(covered(parameters)).toEqual(covered(parameters, false));
    }
  });

  it("without a quota: its retry is never fired, and no output is ever below its quota", () => {
    const { branches, guards } = unmetJson(covered({ taskMapSize: 2, chunks: 3 }));
    expect(branches.map(({ action }) => action)).toContain("retryFireOverLimit");
    expect(guards).toContainEqual({
      action: "retryFireOverLimit",
      comparison: "counter overLimitUp of output 0 < overLimitQuota",
      outcome: "never",
    });
  });

  it("a task map of one with one chunk up never has a retry that finds no memory with the quota left", () => {
    const { branches } = unmetJson(covered({ overLimitQuota: 1 }));
    expect(branches.map(({ action }) => action)).toEqual(["reschedule"]);
  });

  it("one chunk alone never finds the map full", () => {
    const { guards } = unmetJson(covered({ chunks: 1 }));
    expect(guards).toContainEqual({
      action: "dispatch",
      comparison: "total tasks < taskMapSize",
      outcome: "always",
    });
  });

  it("of several scopes is what one of them met", () => {
    const without = covered({ taskMapSize: 2, chunks: 3 });
    const withQuota = covered({ taskMapSize: 2, chunks: 4, overLimitQuota: 1 });
    const joined = unmetJson(joinedCoverage([without, withQuota]));
    expect(joined.branches.map(({ action }) => action)).not.toContain("retryFireOverLimit");
    const both = unmetJson(joinedCoverage([without, without]));
    expect(both).toEqual(unmetJson(without));
  });

  it("is told by check --coverage, as text and as JSON", async () => {
    const words = ["check", "--release", "v3.0.4", "--coverage"];
    const { out } = await run(words);
    expect(out).toContain("Coverage of the model, v3.0.4 in this scope\n");
    expect(out).toContain("counter overLimitUp of output 0 < overLimitQuota: never (");
    const json = parse((await run([...words, "--json"])).out);
    expect(part(json, "coverage", "v3.0.4", "guards", 0, "outcome")).toBe("never");
    const refused = await run([...words, "--markdown"]);
    expect([refused.code, refused.err]).toEqual([
      2,
      "unstuck: --coverage goes with neither --config nor --markdown\n",
    ]);
  });
});
