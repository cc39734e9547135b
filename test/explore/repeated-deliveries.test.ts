import { describe, expect, it } from "vitest";
import { scopeOf } from "../../src/compile/scope.ts";
import { defaultLimits, explore } from "../../src/explore/explore.ts";
import { mostRepeatedDeliveries } from "../../src/explore/repeated-deliveries.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";

function repeated(release: typeof v304, settings: Partial<Parameters>): number | undefined {
  const parameters = { ...defaultParameters, ...release.defaults, crash: true, ...settings };
  return mostRepeatedDeliveries(
    explore(scopeOf(release, parameters), { ...defaultLimits, symmetry: true }),
  );
}

describe("what a crash sends twice", () => {
  it("is one delivery for each chunk in memory with a task, and for each output but one", () => {
    expect(repeated(v304, { outputs: 2 })).toBe(1);
    expect(repeated(v304, { chunks: 3, outputs: 2, taskMapSize: 2 })).toBe(1);
    expect(repeated(v304, { chunks: 3, outputs: 2, maxChunksUp: 2 })).toBe(1);
    expect(repeated(v304, { chunks: 3, outputs: 2, taskMapSize: 2, maxChunksUp: 2 })).toBe(2);
    expect(repeated(v304, { outputs: 3 })).toBe(2);
  });

  it("is nothing where a chunk is gone with its only delivery", () => {
    expect(repeated(v304, { outputs: 1 })).toBe(0);
  });

  it("is nothing where the file says who has the chunk", () => {
    expect(repeated(park, { outputs: 2 })).toBe(0);
    expect(repeated(park, { outputs: 3, chunks: 3, taskMapSize: 2, maxChunksUp: 2 })).toBe(0);
  });

  it("is unknown where nothing can crash", () => {
    expect(repeated(v304, { outputs: 2, crash: false })).toBeUndefined();
  });
});
