import { describe, expect, it } from "vitest";
import type { Parameters } from "../../../models/parameters.ts";
import { loadReleases } from "../../../src/compile/load-releases.ts";
import type { Scope } from "../../../src/compile/scope.ts";
import { scopeWith } from "../../../src/cli/scope-with.ts";
import { checkScope } from "../../../src/explore/check-scope.ts";
import { defaultLimits, survey } from "../../../src/explore/explore.ts";
import { hasSpin, spin } from "./spin.ts";

const releases = await loadReleases();

function scopeOfRelease(name: string, settings: Partial<Parameters>): Scope {
  const release = releases.find((one) => one.name === name);
  if (release === undefined) throw new Error(`there is no release ${name}`);
  return scopeWith(release, settings);
}

const ofReleases = releases.map(({ name }): readonly [string, Partial<Parameters>] => [
  name,
  { chunks: 2, outputs: 2 },
]);
const more: readonly (readonly [string, Partial<Parameters>])[] = [
  ["v3.0.4", { chunks: 4, taskMapSize: 2, maxChunksUp: 2, overLimitQuota: 1 }],
  ["published-fix", { chunks: 3, taskMapSize: 2, schedulerFails: true }],
  ["park", { chunks: 3, crash: true }],
  ["v3.0.4", { chunks: 2, outputs: 2, shutdown: true, shutdownPhase: "tasks", reload: true }],
  ["v5.1", { chunks: 2, crash: true, backlog: true, retryLimit: 1 }],
  ["v3.0.4", { inputs: 2, memBufLimit: 1, pauseOnChunksOverlimit: true, chunksFull: true }],
];

describe.skipIf(!hasSpin)("SPIN, given the Promela model", () => {
  it.each([...ofReleases, ...more])(
    "finds the states and transitions of %s %o",
    (name, settings) => {
      const scope = scopeOfRelease(name, settings);
      const { states, transitions } = spin(scope);
      const found = survey(scope, { ...defaultLimits, symmetry: false });
      expect(states).toBe(found.states);
      expect(transitions).toBe(Number(found.counts.transitions));
    },
  );

  it.each([
    ["v3.0.1", {}, "neverStuck", "neverStuck"],
    ["park", {}, "neverStuck", "neverStuck"],
    ["v3.0.4", { chunks: 3 }, "memoryBound", "memoryBound"],
  ] as const)("judges %s %o as the explorer does: %s", (name, settings, asserted, property) => {
    const scope = scopeOfRelease(name, settings);
    const verdict = checkScope(scope).properties.find((one) => one.property === property)?.verdict;
    expect(spin(scope, asserted).errors > 0 ? "violated" : "holds").toBe(verdict);
  });
});
