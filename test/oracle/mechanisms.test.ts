import { describe, expect, it } from "vitest";
import { exploreOracle, exploreOrbits } from "./oracle.ts";
import type { ReleaseParameters } from "./parameters.ts";
import { violatedIn } from "./violations.ts";

/** What the text of §9 says beside its tables. */
describe("the oracle on what the semantics says beside its tables", () => {
  it.each([
    { taskMapSize: 1, isolation: 5, neverStuck: 7 },
    { taskMapSize: 2, isolation: 9, neverStuck: 11 },
    { taskMapSize: 3, isolation: 13, neverStuck: 15 },
  ])("§9.2: with B = 1, isolation is lost after T chunks: $taskMapSize", (expected) => {
    const { taskMapSize, ...violated } = expected;
    const scope = { chunks: taskMapSize + 1, taskMapSize, outputs: 2, memBufLimit: 1 };
    expect(violatedIn(exploreOrbits(scope))).toEqual(violated);
    const { properties } = exploreOrbits({ ...scope, memBufLimit: "none" });
    expect(properties.isolation).toEqual({ verdict: "violated", length: 5 });
    expect(properties.neverStuck).toEqual({ verdict: "holds" });
  });

  it("§9.4: a small B does not help against an output that hangs", () => {
    const scope: ReleaseParameters = { chunks: 4, taskMapSize: 3, outputs: 2, memBufLimit: 1 };
    expect(exploreOrbits({ ...scope, outputHangs: true }).properties.isolation.length).toBe(5);
  });

  it("§9.6: three chunks on disk, room for two", () => {
    const scope = { outputs: 2, routing: "any", totalLimit: 1, limitRule: "v5.0.8" } as const;
    expect(exploreOrbits({ chunks: 3, ...scope }).properties.diskBound.length).toBe(7);
  });

  it("§9: totalLimit with crash is defined for v5.0.8 only", () => {
    const scope: ReleaseParameters = { chunks: 1, totalLimit: 1, crash: true };
    expect(() => exploreOrbits(scope)).toThrow("v5.0.8 only");
    expect(exploreOrbits({ ...scope, limitRule: "v5.0.8" }).labelledStates).toBeGreaterThan(0);
  });
});

/** Each tells a rule of the page from another reading of it; the reference rows do not. */
describe("the oracle where no reference row tells", () => {
  const rows: { rule: string; scope: ReleaseParameters; counts: number[] }[] = [
    {
      rule: "§9.2: an orphaned delivery is no user",
      scope: { chunks: 2, outputs: 2, memBufLimit: 1, flushFails: ["start"] },
      counts: [308, 156, 1192, 48],
    },
    {
      rule: "§9.2: restored chunks count in upOf(i)",
      scope: { chunks: 2, taskMapSize: 2, maxChunksUp: 2, outputs: 2, memBufLimit: 2, crash: true },
      counts: [1872, 972, 10904, 16],
    },
    {
      rule: "§9.6, v5.0.8: first those without users",
      scope: {
        chunks: 3,
        maxChunksUp: 2,
        totalLimit: 2,
        limitRule: "v5.0.8",
        flushFails: ["worker"],
      },
      counts: [122, 28, 506, 0],
    },
    {
      rule: "§9.5: a dispatch fails in one way",
      scope: { chunks: 1, outputs: 2, flushFails: ["start", "worker"] },
      counts: [96, 96, 344, 0],
    },
    {
      rule: "§9.5: `retry` and `read` are two transitions",
      scope: { chunks: 1, flushFails: ["retry", "read"] },
      counts: [10, 10, 22, 0],
    },
  ];

  it.each(rows)("$rule", ({ scope, counts }) => {
    const found = exploreOrbits(scope);
    const { labelledStates, canonicalStates, transitions, selfLoops } = found;
    expect([labelledStates, canonicalStates, transitions, selfLoops]).toEqual(counts);
  });

  it("§9.8: a shutdown that waits for tasks waits for one that is pinned", () => {
    const scope: ReleaseParameters = { chunks: 1, shutdownPhase: "tasks" };
    expect(exploreOracle({ ...scope, flushFails: ["worker"] }).parts.shutdownEnds).toEqual({
      a: 3,
      b: 3,
    });
    expect(exploreOracle({ ...scope, flushFails: ["start"] }).parts.shutdownEnds).toEqual({
      a: null,
      b: null,
    });
  });
});

describe("a retry limit of 0", () => {
  it("drops at once, so that nothing waits", () => {
    const { labelledStates, transitions, properties } = exploreOracle({ chunks: 1, retryLimit: 0 });
    // Free, idle or flushing; online or offline: the output changes in each, and one thing more happens.
    expect([labelledStates, transitions]).toEqual([6, 12]);
    expect(violatedIn({ properties })).toEqual({});
  });

  it("isolates from an output that fails, as a limit of 1 does", () => {
    const { properties } = exploreOracle({ chunks: 2, outputs: 2, retryLimit: 0 });
    expect(properties.isolation.verdict).toBe("holds");
  });

  it("keeps a dropped delivery where the dead letter has a place in memory", () => {
    const scope: ReleaseParameters = { chunks: 1, retryLimit: 0, deadLetter: true };
    expect(violatedIn(exploreOracle(scope))).toEqual({ keptOrDelivered: 4 });
    expect(violatedIn(exploreOracle({ ...scope, maxChunksUp: 2 }))).toEqual({});
  });
});

describe("a plugin that answers FLB_ERROR", () => {
  it("is one more end of a flush, online or offline, unless the output hangs", () => {
    const plain = exploreOracle({ chunks: 1, outputHangs: true });
    const failing = exploreOracle({ chunks: 1, outputHangs: true, flushError: true });
    expect(failing.labelledStates).toBe(plain.labelledStates);
    expect(failing.transitions).toBe(plain.transitions + 2);
  });

  it("loses data where the retry limit is unlimited, when the chunk is closed", () => {
    const scope: ReleaseParameters = { chunks: 1, flushError: true };
    expect(exploreOracle(scope).properties.noLoss.length).toBe(3);
    expect(exploreOracle({ ...scope, outputs: 2 }).properties.noLoss.length).toBe(4);
    expect(exploreOracle({ ...scope, retryLimit: 1 }).properties.noLoss.verdict).toBe("holds");
  });

  it("is copied into the dead letter queue if there is a place in memory", () => {
    const scope: ReleaseParameters = { chunks: 1, flushError: true, deadLetter: true };
    expect(exploreOracle(scope).properties.keptOrDelivered.length).toBe(3);
    const roomy = exploreOracle({ ...scope, maxChunksUp: 2 });
    expect(roomy.properties.keptOrDelivered.verdict).toBe("holds");
  });

  it("is left to the environment: no progress property counts on it", () => {
    const { properties } = exploreOracle({ chunks: 2, flushError: true });
    expect(properties.neverStuck).toEqual({ verdict: "violated", length: 6 });
    expect(properties.noStarvation.verdict).toBe("violated");
  });
});
