import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exploreOracle } from "./oracle.ts";
import { randomScope, releaseScopes } from "./random-scope.ts";
import { upTo } from "./rules.ts";

describe("random scopes", () => {
  it("are the same for the same seed, and differ", () => {
    const scopes = upTo(5).map((seed) => JSON.stringify(randomScope(seed, 500)));
    expect(upTo(5).map((seed) => JSON.stringify(randomScope(seed, 500)))).toEqual(scopes);
    expect(new Set(scopes).size).toBeGreaterThan(2);
  });

  it("have no more labelled states than asked for", () => {
    for (const seed of upTo(8)) {
      expect(exploreOracle(randomScope(seed, 300)).labelledStates).toBeLessThanOrEqual(300);
    }
  });

  it("set every parameter", () => {
    const scopes = fc.sample(releaseScopes, { seed: 1, numRuns: 300 });
    expect([...new Set(scopes.flatMap((scope) => Object.keys(scope)))].sort()).toEqual([
      "backlog",
      "checkMapFirst",
      "chunks",
      "chunksFull",
      "crash",
      "deadLetter",
      "deadLetterLimit",
      "deadLetterRestart",
      "detachOnOutputExit",
      "evictIdleWhenMapFull",
      "flushError",
      "flushFails",
      "flushOnShutdown",
      "inputs",
      "limitRule",
      "maxChunksUp",
      "memBufLimit",
      "outputHangs",
      "outputs",
      "overLimitQuota",
      "pauseOnChunksOverlimit",
      "readCostsAttempt",
      "releaseOnClose",
      "reload",
      "retryLimit",
      "routing",
      "schedulerFails",
      "shutdown",
      "shutdownPhase",
      "storageType",
      "taskMapSize",
      "totalLimit",
    ]);
  });
});
