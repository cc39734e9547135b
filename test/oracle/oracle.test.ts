import { describe, expect, it } from "vitest";
import type { Counts } from "./graph.ts";
import { exploreOracle } from "./oracle.ts";
import type { BreakerParameters, ParkParameters } from "./parameters.ts";
import { violations } from "./violations.ts";

/** Labelled and canonical states, transitions, self-loops. */
function counts(result: Counts): number[] {
  return [result.labelledStates, result.canonicalStates, result.transitions, result.selfLoops];
}

const anyOfTwo = { outputs: 2, routing: "any" } as const;

describe("the oracle on park without one of its parts", () => {
  it("starves a chunk if ages are ignored", () => {
    const result = exploreOracle({ park: true, chunks: 2, without: "ages" });
    expect(violations(result)).toEqual(["noStarvation"]);
  });

  it("stalls if ingest does not look for idle chunks that are down", () => {
    const result = exploreOracle({ park: true, chunks: 2, without: "idleDownCheck" });
    expect(violations(result)).toEqual(["neverStuck 5", "noStarvation", "recovery 5"]);
  });

  it("loses isolation if waiting deliveries keep their task", () => {
    const whole: ParkParameters = { park: true, chunks: 2, outputs: 2 };
    const ablated: ParkParameters = { ...whole, without: "taskRelease" };
    expect(exploreOracle(ablated).properties.isolation.verdict).toBe("violated");
    expect(exploreOracle(whole).properties.isolation.verdict).toBe("holds");
  });
});

interface BreakerRow {
  readonly parameters: BreakerParameters;
  readonly counts: readonly number[];
}

// Left out for their running time: the last three of the page, of 0.5 to 2.3 million labelled states.
const breakerRows: readonly BreakerRow[] = [
  { parameters: { park: "breaker", chunks: 2 }, counts: [84, 44, 220, 0] },
  { parameters: { park: "breaker", chunks: 2, outputs: 2 }, counts: [1464, 740, 5496, 0] },
  {
    parameters: { park: "breaker", chunks: 2, taskMapSize: 2, maxChunksUp: 2, outputs: 2 },
    counts: [2084, 1060, 8304, 0],
  },
  {
    parameters: { park: "breaker", chunks: 2, outputs: 2, retryLimit: 1, crash: true },
    counts: [7836, 3956, 36988, 64],
  },
  { parameters: { park: "breaker", chunks: 3, ...anyOfTwo }, counts: [42832, 7716, 193136, 0] },
  {
    parameters: { park: "breaker", chunks: 3, ...anyOfTwo, crash: true },
    counts: [42940, 7756, 236616, 256],
  },
];

describe("the oracle on park-breaker", () => {
  it.each(breakerRows)("$parameters", { timeout: 60_000 }, (row) => {
    const result = exploreOracle(row.parameters);
    expect(counts(result)).toEqual(row.counts);
    expect(result.mostUp).toBe(row.parameters.maxChunksUp ?? 1);
    expect(violations(result)).toEqual([]);
  });
});
