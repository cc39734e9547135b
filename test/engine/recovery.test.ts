import { describe, expect, it } from "vitest";

import { findRelease } from "../../src/engine/releases/catalogue.ts";
import { isRecovered } from "../../src/engine/simulation/outcome.ts";
import { scenarioOf } from "../../src/engine/simulation/default-story.ts";
import { type Phase, realLimits, type Scenario } from "../../src/engine/simulation/scenario.ts";
import { simulate } from "../../src/engine/simulation/simulate.ts";

const limits = {
  ...realLimits,
  taskMapSize: 8,
  maxChunksUp: 8,
  overLimitQuota: 2,
  schedulerBase: 1,
  schedulerCap: 2,
};

function run(
  name: string,
  seed: number,
  phases: readonly Phase[],
  changes: Partial<Scenario> = {},
) {
  const release = findRelease(name);
  if (release === undefined) throw new Error(`no release ${name}`);
  return simulate(
    scenarioOf(release, phases, seed, {
      tags: 12,
      period: 250,
      flush: 0.5,
      inputOffset: 100,
      sampleEvery: 1,
      limits,
      ...changes,
    }),
  );
}

function phase(name: string, seconds: number, down: readonly number[], feeding = true): Phase {
  return { name, seconds, down, feeding };
}

const outage = [phase("healthy", 5, []), phase("outage", 10, [0])];
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

describe("recovered", () => {
  it("is false for a stuck engine, wherever after the second outage one looks", () => {
    for (const seed of seeds) {
      for (const seconds of [8, 14, 20, 60]) {
        const phases = [
          ...outage,
          phase("back", 20, []),
          phase("second outage", 10, [0]),
          phase("back", seconds, []),
        ];
        const result = run("published-fix", seed, phases);
        expect(result.stuckSince, `seed ${seed}, ${seconds} s`).not.toBeNull();
        expect(isRecovered(result.outcome), `seed ${seed}, ${seconds} s`).toBe(false);
      }
    }
  });

  it("is true while the backlog of the outage is still being delivered", () => {
    const slow = {
      ...limits,
      taskMapSize: 512,
      maxChunksUp: 512,
      schedulerBase: 60,
      schedulerCap: 60,
    };
    for (const seed of seeds) {
      // Every retry comes 61 s after its failure: in the middle of this phase, and not all at once.
      const phases = [...outage, phase("back", 56, [], false)];
      const result = run("hardened-fix", seed, phases, { limits: slow });
      expect(result.remainingChunks, `seed ${seed}`).toBeGreaterThan(0);
      expect(isRecovered(result.outcome), `seed ${seed}`).toBe(true);
    }
  });

  it("is false before the first retry of a long backoff, when nothing of the backlog moves", () => {
    const slow = {
      ...limits,
      taskMapSize: 512,
      maxChunksUp: 512,
      schedulerBase: 60,
      schedulerCap: 60,
    };
    const result = run("hardened-fix", 1, [...outage, phase("back", 40, [])], { limits: slow });
    expect(result.delivered, "new records pass").toBeGreaterThan(300);
    expect(result.stuckSince).toBeNull();
    expect(result.outcome).toMatchObject({
      kind: "waiting",
      longestWait: { what: "the backoff of a retry" },
    });
  });

  it("does not count what came in after the return: only the backlog matters", () => {
    for (const seed of seeds) {
      const result = run("park", seed, [...outage, phase("back", 20, [])]);
      expect(result.remainingChunks, "chunks of the last moment").toBeGreaterThan(0);
      expect(result.outcome, `seed ${seed}`).toEqual({ kind: "recovered" });
    }
  });

  it("is false where newer records overtake the backlog for ever", () => {
    for (const seed of seeds) {
      const result = run("hardened-fix", seed, [...outage, phase("back", 20, [])]);
      expect(result.outcome, `seed ${seed}`).toMatchObject({ kind: "overtaken" });
      const drained = run("hardened-fix", seed, [...outage, phase("back", 20, [], false)]);
      expect(drained.outcome, `seed ${seed}`).toEqual({ kind: "recovered" });
    }
  });

  it("is false during an outage, also of one output of two, and true once nothing is left", () => {
    const both = { matches: ["*", "*"] };
    expect(isRecovered(run("park", 1, outage).outcome)).toBe(false);
    expect(
      isRecovered(run("park", 1, [phase("healthy", 5, []), phase("a", 20, [0])], both).outcome),
    ).toBe(false);
    const drained = [
      phase("healthy", 5, []),
      phase("drain", 5, [], false),
      phase("out", 5, [0], false),
    ];
    expect(isRecovered(run("v3.0.4", 1, drained).outcome)).toBe(true);
  });

  it("starts afresh with a restart", () => {
    const stuck = [...outage, phase("back", 10, [])];
    expect(isRecovered(run("v3.0.4", 1, stuck).outcome)).toBe(false);
    const restarted = run("v3.0.4", 1, [
      ...stuck,
      { ...phase("restart", 5, [], false), restart: true },
    ]);
    expect(restarted.stuckSince).toBeNull();
    expect(isRecovered(restarted.outcome)).toBe(true);
    expect(restarted.remainingChunks).toBe(0);
  });
});

describe("what is owed", () => {
  it("follows Match: a record that no output wants is not lost, nor is one for a single output", () => {
    const tags = (name: string) => [1, 2, 3].map((number) => `${name}.${number}`);
    const inputs = ["a", "b", "c"].map((name) => ({ tags: tags(name), period: 500, offset: 100 }));
    const phases = [phase("healthy", 5, []), phase("drain", 5, [], false)];
    const result = run("v3.0.4", 1, phases, { inputs, matches: ["a.*", "b.1"] });
    expect(result.accepted).toBe(90);
    expect(result.outputs.map(({ delivered }) => delivered)).toEqual([30, 10]);
    expect(result.lost).toBe(0);
    expect(result.remainingChunks).toBe(0);
  });

  it("counts what an output gave up at its own Retry_Limit as dropped, and as lost", () => {
    const changes = { tags: 2, matches: ["*", "*"], retryLimits: [undefined, 1] };
    const phases = [
      phase("healthy", 5, []),
      phase("outage", 20, [0, 1]),
      phase("back", 20, []),
      phase("drain", 5, [], false),
    ];
    const result = run("hardened-fix", 1, phases, changes);
    const [patient, hasty] = result.outputs;
    expect(patient?.delivered).toBe(result.accepted);
    expect(result.dropped).toBeGreaterThan(0);
    expect(hasty?.delivered).toBe(result.accepted - result.dropped);
    expect(result.lost).toBe(result.dropped);
  });
});

describe("a phase", () => {
  it("may last a fraction of a second, and samples keep their distance", () => {
    const result = run("v3.0.4", 1, [phase("healthy", 2.5, []), phase("drain", 2.5, [], false)]);
    expect(result.samples.map(({ time }) => time)).toEqual([1, 2, 3.5, 4.5, 5]);
    expect(result.accepted).toBe(12 * 10);
  });
});
