import { describe, expect, it } from "vitest";
import { release as park } from "../../models/releases/park.ts";
import { defaultLimits, explore } from "../../src/explore/explore.ts";
import { mostStates } from "../../src/explore/most-states.ts";
import { scopeFor } from "./scope-for.ts";

describe("the estimate of how many states a scope has", () => {
  it.each([
    scopeFor({}),
    scopeFor({ chunks: 7, taskMapSize: 3, maxChunksUp: 3, outputs: 2, overLimitQuota: 1 }),
    scopeFor({ chunks: 12, taskMapSize: 5, maxChunksUp: 2 }),
    scopeFor({ chunks: 4, taskMapSize: 2, shutdown: true, crash: true }),
    scopeFor({ chunks: 4, outputs: 2, crash: true }, park),
  ])("is never below", (scope) => {
    const { states } = explore(scope, { ...defaultLimits, symmetry: true });
    expect(mostStates(scope)).toBeGreaterThanOrEqual(states);
  });

  it("is near where few states are out of reach", () => {
    // 2,185,962 states.
    const scope = scopeFor({ chunks: 100, taskMapSize: 64, maxChunksUp: 16, overLimitQuota: 1 });
    expect(mostStates(scope)).toBeLessThan(20 * 2_185_962);
  });
});
