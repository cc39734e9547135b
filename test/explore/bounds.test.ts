import { describe, expect, it } from "vitest";
import { checkScope, type CheckOptions } from "../../src/explore/check-scope.ts";
import {
  defaultLimits,
  explore,
  exploreInTurns,
  survey,
  type SearchProgress,
} from "../../src/explore/explore.ts";
import type { Parameters as ModelParameters } from "../../models/parameters.ts";
import { scopeFor } from "./scope-for.ts";

const deadlock = { chunks: 4, taskMapSize: 2, maxChunksUp: 2 };

function verdicts(
  parameters: Partial<ModelParameters>,
  options: CheckOptions,
): Readonly<Record<string, string>> {
  const { properties } = checkScope(scopeFor(parameters), options);
  return Object.fromEntries(properties.map(({ property, verdict }) => [property, verdict]));
}

describe("a search that is cut short", () => {
  it.each([1, 5, 20, 40, 70])("after %i states never says that something holds", (maxStates) => {
    const result = checkScope(scopeFor(deadlock), { maxStates });
    expect(result.complete).toBe(false);
    expect(result.endedBy).toBe(`the limit of ${maxStates} states`);
    expect(Object.values(verdicts(deadlock, { maxStates }))).not.toContain("holds");
  });

  it("judges no progress on a graph with holes, but keeps a violation that it met", () => {
    const failing = { ...deadlock, schedulerFails: true };
    const { noLoss, memoryBound, neverStuck, recovery, noStarvation } = verdicts(failing, {
      maxStates: 40,
    });
    expect([noLoss, memoryBound, neverStuck, recovery, noStarvation]).toEqual([
      "violated",
      "unknown",
      "unknown",
      "unknown",
      "unknown",
    ]);
  });

  it("ends by memory too, and says so", () => {
    const result = checkScope(scopeFor(deadlock), { maxBytes: 1 });
    expect([result.complete, result.visited]).toEqual([false, 0]);
    expect(result.endedBy).toBe("the limit of 0 MiB");
  });

  it("is complete where the limit is the number of states", () => {
    const result = checkScope(scopeFor(deadlock), { maxStates: 74 });
    expect([result.complete, result.endedBy, result.visited]).toEqual([true, null, 74]);
    expect(verdicts(deadlock, { maxStates: 74 })).toEqual(verdicts(deadlock, {}));
  });

  it("tells how far it is", () => {
    const told: SearchProgress[] = [];
    const limits = { ...defaultLimits, symmetry: false };
    const onProgress = (progress: SearchProgress): void => {
      told.push(progress);
    };
    const graph = explore(scopeFor({ chunks: 10 }), { ...limits, onProgress });
    expect(told[0]).toMatchObject({ visited: 0, waiting: 1, level: 0 });
    expect(told.length).toBe(Math.ceil(graph.states / 4096));
    // The level of a state is the number of steps to it.
    for (const { visited, level } of told) {
      let steps = 0;
      for (let state = visited; state !== 0; state = graph.parents.at(state)) steps++;
      expect(level).toBe(steps);
    }
  });

  it("ends when it is told to, and says why", () => {
    const asked: number[] = [];
    const ends = (): string | null => (asked.push(1) > 2 ? "Ctrl-C" : null);
    const limits = { ...defaultLimits, symmetry: false, ends };
    const { complete, endedBy, expanded } = explore(scopeFor({ chunks: 12 }), limits);
    expect([complete, endedBy, expanded]).toEqual([false, "Ctrl-C", 8192]);
  });

  it("lets others have their turn, and finds the same", async () => {
    const scope = scopeFor({ chunks: 10 });
    const options = { ...defaultLimits, symmetry: false };
    let turns = 0;
    const graph = await exploreInTurns(scope, options, () => {
      turns++;
      return Promise.resolve();
    });
    expect(turns).toBe(Math.floor(graph.states / 4096));
    expect(graph.counts).toEqual(explore(scope, options).counts);
  });

  it.each([true, false])("counts the same without transitions, with symmetry: %s", (symmetry) => {
    const scope = scopeFor({ chunks: 7, outputs: 2, taskMapSize: 3, maxChunksUp: 2 });
    const graph = explore(scope, { ...defaultLimits, symmetry });
    const { complete, states, transitions, bytes, counts } = survey(scope, {
      ...defaultLimits,
      symmetry,
    });
    expect([complete, states, counts]).toEqual([true, graph.states, graph.counts]);
    expect(transitions).toBe(graph.edgeTargets.length);
    expect(bytes).toBeLessThan(graph.bytes);
  });
});

describe("a scope that cannot be explored at all", () => {
  it("has more chunks than a search can number", () => {
    expect(() => checkScope(scopeFor({ chunks: 5000 }))).toThrow(
      "a search can have 4095 chunks at most",
    );
  });

  it("is not one with a thousand chunks", () => {
    const { complete, counts } = checkScope(scopeFor({ chunks: 1000 }));
    // As in the census: 5 N - 1 for each state of the output.
    expect([complete, counts.canonical]).toEqual([true, 2 * (5 * 1000 - 1)]);
  });
});
