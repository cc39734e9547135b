import { describe, expect, it } from "vitest";

import type { Release } from "../../src/engine/core/engine.ts";
import { findRelease, releases } from "../../src/engine/releases/catalogue.ts";
import { isRecovered } from "../../src/engine/simulation/outcome.ts";
import { scenarioOf } from "../../src/engine/simulation/default-story.ts";
import type { Limits, Phase, Scenario } from "../../src/engine/simulation/scenario.ts";
import { realLimits } from "../../src/engine/simulation/scenario.ts";
import { simulate } from "../../src/engine/simulation/simulate.ts";

function release(name: string): Release {
  const found = findRelease(name);
  if (found === undefined) throw new Error(`no release ${name}`);
  return found;
}

const small: Partial<Scenario> = {
  tags: 12,
  period: 250,
  flush: 0.5,
  inputOffset: 100,
  sampleEvery: 1,
};

const smallLimits: Limits = {
  ...realLimits,
  taskMapSize: 8,
  maxChunksUp: 8,
  schedulerBase: 1,
  schedulerCap: 2,
};

function phase(name: string, seconds: number, down: readonly number[], feeding = true): Phase {
  return { name, seconds, down, feeding };
}

/** Two outages, each followed by time to recover; at the end nothing more comes in. */
const twoOutages: readonly Phase[] = [
  phase("healthy", 5, []),
  phase("outage 1", 10, [0]),
  phase("back up 1", 20, []),
  phase("outage 2", 10, [0]),
  phase("back up 2", 40, [], false),
];

const seeds = [1, 2, 3, 4, 5];

function runSmall(name: string, seed: number, phases = twoOutages, limits = smallLimits) {
  return simulate(scenarioOf(release(name), phases, seed, { ...small, limits }));
}

describe("8 tasks, 8 chunks up, 12 tags", () => {
  it.each(["v3.0.1", "v3.0.4", "v5.1"])("%s gets stuck in the first outage", (name) => {
    for (const seed of seeds) {
      const result = runSmall(name, seed);
      expect(result.stuckSince, `seed ${seed}`).toBeLessThan(15);
      expect(isRecovered(result.outcome), `seed ${seed}`).toBe(false);
      expect(result.lost + result.duplicated, `seed ${seed}`).toBe(0);
      expect(result.mostUp).toBe(8);
    }
  });

  it("published-fix recovers from the first outage and not from the second", () => {
    const limits = { ...smallLimits, overLimitQuota: 2 };
    for (const seed of seeds) {
      const first = runSmall("published-fix", seed, twoOutages.slice(0, 3), limits);
      expect(first.stuckSince, `seed ${seed}`).toBeNull();
      const second = runSmall("published-fix", seed, twoOutages, limits);
      expect(second.stuckSince, `seed ${seed}`).not.toBeNull();
      expect(second.samples.at(-1)?.overLimit, "units that leaked").toBe(2);
    }
  });

  it.each(["corrected-fix", "hardened-fix", "evict-idle", "park"])(
    "%s recovers from every outage, and loses and doubles nothing",
    (name) => {
      const quota = name.endsWith("-fix") ? 2 : 0;
      const limits = { ...smallLimits, overLimitQuota: 2 };
      for (const seed of seeds) {
        const result = runSmall(name, seed, twoOutages, limits);
        expect(result.stuckSince, `seed ${seed}`).toBeNull();
        expect(result.remainingChunks, `seed ${seed}`).toBe(0);
        expect(result.delivered, `seed ${seed}`).toBe(result.accepted);
        expect(result.lost + result.duplicated, `seed ${seed}`).toBe(0);
        expect(result.mostUp, `seed ${seed}`).toBeLessThanOrEqual(8 + quota);
      }
    },
  );

  it("a restart recovers everything: the deadlock is in memory only", () => {
    const phases: readonly Phase[] = [
      ...twoOutages.slice(0, 2),
      { ...phase("restart", 20, [], false), restart: true },
    ];
    const result = runSmall("v3.0.4", 1, phases);
    expect(result.remainingChunks).toBe(0);
    expect(result.delivered).toBe(result.accepted);
    expect(result.lost).toBe(0);
  });

  it("whether v3.0.4 gets stuck is a race: records that meet a flush leave room for retries", () => {
    const outcomes = [0, 100].map((inputOffset) =>
      simulate(
        scenarioOf(release("v3.0.4"), twoOutages, 1, {
          ...small,
          inputOffset,
          refusal: [300, 400],
          limits: smallLimits,
        }),
      ),
    );
    expect(outcomes.map(({ lost }) => lost)).toEqual([0, 0]);
    expect(new Set(outcomes.map(({ stuckSince }) => stuckSince === null)).size).toBe(2);
  });
});

describe("a retry for which there is no timer", () => {
  const limits = { ...smallLimits, taskMapSize: 64, maxChunksUp: 64, timerLimit: 3 };

  it.each(["v3.0.4", "hardened-fix"])("costs %s the chunk, whatever Retry_Limit says", (name) => {
    const lines: string[] = [];
    const result = simulate(
      scenarioOf(release(name), twoOutages, 1, {
        ...small,
        limits,
        log: { level: "warn", write: (line) => lines.push(line) },
      }),
    );
    expect(result.lost).toBeGreaterThan(0);
    expect(result.delivered + result.lost).toBe(result.accepted);
    const told = lines.filter((line) => line.includes("could not be scheduled: input="));
    expect(told.length).toBeGreaterThan(0);
  });
});

describe("two outputs, one of them down", () => {
  const phases = [phase("healthy", 5, []), phase("a down", 20, [0]), phase("drain", 30, [], false)];
  const changes = { ...small, tags: 4, matches: ["*", "*"], limits: smallLimits };

  it("the healthy one nearly stops in v3.0.4, because chunks with two routes stay up", () => {
    const during = simulate(scenarioOf(release("v3.0.4"), phases.slice(0, 2), 1, changes));
    const [, healthy] = during.outputs;
    expect(healthy?.delivered).toBeLessThan(during.accepted / 2);
    const after = simulate(scenarioOf(release("v3.0.4"), phases, 1, changes));
    expect(after.delivered).toBe(2 * after.accepted);
  });

  it("the healthy one goes on under park", () => {
    const during = simulate(scenarioOf(release("park"), phases.slice(0, 2), 1, changes));
    const [, healthy] = during.outputs;
    expect(healthy?.delivered).toBeGreaterThan(0.9 * during.accepted);
    const after = simulate(scenarioOf(release("park"), phases, 1, changes));
    expect(after.delivered).toBe(2 * after.accepted);
    expect(after.duplicated).toBe(0);
  });
});

describe("a run is reproducible to the byte", () => {
  it.each(releases.map(({ name }) => name))("%s", (name) => {
    const run = (seed: number) => {
      const lines: string[] = [];
      const log = { level: "debug", write: (line: string) => lines.push(line) } as const;
      const scenario = scenarioOf(release(name), twoOutages, seed, {
        ...small,
        limits: smallLimits,
        log,
      });
      return { result: simulate(scenario), log: lines.join("\n") };
    };
    const first = run(7);
    expect(run(7)).toEqual(first);
    expect(first.log.length).toBeGreaterThan(10_000);
    expect(run(8).log).not.toBe(first.log);
  });
});

describe("the real limits: 2048 tasks, 128 chunks up, five minutes of outage", () => {
  /** A shorter story than the default one, which the simulation tells; it shows the same. */
  const shorter = [phase("healthy", 10, []), phase("outage", 300, [0]), phase("healthy", 300, [])];
  const run = (name: string, phases: readonly Phase[] = shorter) =>
    simulate(scenarioOf(release(name), phases, 1));

  it("v3.0.4 has 2048 tasks, 128 idle chunks up, and delivers nothing any more", () => {
    const result = run("v3.0.4");
    expect(result.stuckSince).toBeGreaterThan(10);
    expect(result.stuckSince).toBeLessThan(70);
    expect(result.mostTasks).toBe(2048);
    expect(result.mostUp).toBe(128);
    expect(result.remainingChunks).toBe(2048 + 140);
    const before = result.samples.find(({ time }) => time === 10)?.delivered;
    expect(before).toBeGreaterThan(1000);
    expect(result.delivered).toBe(before);
    expect(result.lost).toBe(0);
    expect(isRecovered(result.outcome)).toBe(false);
  });

  it("hardened-fix recovers within X + Q", () => {
    const result = run("hardened-fix");
    expect(result.stuckSince).toBeNull();
    expect(isRecovered(result.outcome)).toBe(true);
    expect(result.mostUp).toBeLessThanOrEqual(128 + 2);
    expect(result.mostUp).toBeGreaterThan(128);
    expect(result.lost + result.duplicated).toBe(0);
  });

  it("evict-idle recovers with no memory above the limit, once input leaves room", () => {
    const [healthy, outage, back] = shorter;
    if (healthy === undefined || outage === undefined || back === undefined) throw new Error();
    const result = run("evict-idle", [healthy, outage, { ...back, seconds: 1800, feeding: false }]);
    expect(isRecovered(result.outcome)).toBe(true);
    expect(result.remainingChunks).toBe(0);
    expect(result.mostUp).toBe(128);
    expect(result.lost + result.duplicated).toBe(0);
  });

  it("park is never stuck", () => {
    const result = run("park");
    expect(result.stuckSince).toBeNull();
    expect(isRecovered(result.outcome)).toBe(true);
    expect(result.mostUp).toBe(128);
    expect(result.lost + result.duplicated).toBe(0);
  });
});
