import { describe, expect, it } from "vitest";

import { isUp } from "../../src/engine/chunkio/chunk.ts";
import type { Engine, Release } from "../../src/engine/core/engine.ts";
import { taskUsersDecrement } from "../../src/engine/core/task.ts";
import { retryClean } from "../../src/engine/core/task-retry.ts";
import { releases } from "../../src/engine/releases/catalogue.ts";
import { parkBreaker } from "../../src/engine/releases/park-breaker.ts";
import { v304 } from "../../src/engine/releases/v3-0-4.ts";
import { scenarioOf } from "../../src/engine/simulation/default-story.ts";
import { type Limits, type Phase, realLimits } from "../../src/engine/simulation/scenario.ts";
import { longOutageFigures } from "../../src/engine/simulation/long-outage.ts";
import { simulate } from "../../src/engine/simulation/simulate.ts";
import { simulationJson } from "../../src/report/simulation/simulation-json.ts";
import { reasons } from "../../src/report/simulation/simulation-outcome.ts";

function phase(name: string, seconds: number, down: readonly number[], feeding = true): Phase {
  return { name, seconds, down, feeding };
}

function run(release: Release, phases: readonly Phase[], limits: Partial<Limits>) {
  const changes = { tags: 12, limits: { ...realLimits, ...limits } };
  const scenario = scenarioOf(release, phases, 1, changes);
  return { scenario, result: simulate(scenario) };
}

/** The porter's candidate: new chunks leave one place for retries. With one place nothing can ever move. */
const reserveSlot: Release = {
  ...v304,
  name: "spare-place",
  summary: "new chunks leave one place in memory for retries",
  opensUp: leavesOne,
  mayDispatch: (engine, { chunk }) => isUp(chunk) || leavesOne(engine),
};

function leavesOne({ store }: Engine): boolean {
  return store.totalChunksUp < store.options.maxChunksUp - 1;
}

/** `no_retries` that gives the retry up and forgets to settle the task. */
const leaking: Release = {
  ...v304,
  name: "leaking",
  flushFailed: (engine, task, route) => {
    route.status = "dropped";
    retryClean(engine, task, route.output);
    taskUsersDecrement(engine, task, false);
  },
};

const story = [phase("healthy", 60, []), phase("outage", 600, [0]), phase("healthy", 600, [])];

describe("stuck", () => {
  it("is an engine that gives no chunk a task", () => {
    const { scenario, result } = run(reserveSlot, story, { maxChunksUp: 1 });
    expect(result.delivered).toBe(0);
    expect(result.outcome).toMatchObject({
      kind: "stuck",
      heldUp: { deadlocked: false, tasks: 0, leakedTasks: 0, idleChunks: 12, retries: 0 },
      longestWait: { what: "the flush timer" },
    });
    expect(result.stuckSince).toBeLessThan(3);
    expect(longOutageFigures(result).stuckSince, "as compare says it").toBe(result.stuckSince);
    const report = { runs: [{ scenario, result }], outputNames: ["a"], notes: [] };
    expect(simulationJson(report).runs[0]).toMatchObject({
      outcome: "stuck",
      recovered: false,
      unmoved: { planned: "the flush timer" },
      heldUp: { idleChunks: 12 },
    });
    expect(reasons(result.outcome)).toEqual([
      "stuck since 0s: nothing moved for 21m, longer than any planned wait (4s, the flush timer)",
      "12 chunks have no task; 2,048 of 2,048 tasks are free",
    ]);
  });

  it("is not that candidate where it can move", () => {
    const { result } = run(reserveSlot, [...story, phase("drain", 600, [], false)], {
      taskMapSize: 64,
      maxChunksUp: 2,
      schedulerCap: 10,
    });
    expect(result.stuckSince).toBeNull();
  });

  it("is an engine whose tasks have leaked", () => {
    const { result } = run(leaking, story, { taskMapSize: 64, maxChunksUp: 128 });
    expect(result.outcome).toMatchObject({
      kind: "stuck",
      heldUp: { deadlocked: false, tasks: 64, taskLimit: 64, leakedTasks: 64 },
    });
    expect(result.stuckSince).toBeGreaterThanOrEqual(60);
    expect(reasons(result.outcome)).toContain(
      "64 of 64 tasks have neither a flush under way nor a retry",
    );
  });

  it("is not, but not recovered either, one that leaked some and delivers the rest", () => {
    const short = [phase("healthy", 10, []), phase("outage", 0.6, [0]), phase("healthy", 60, [])];
    const { result } = run(leaking, short, { taskMapSize: 512, maxChunksUp: 512 });
    expect(result.outcome).toMatchObject({ kind: "overtaken", left: 12 });
  });

  it("is the deadlock, also while the output is still down, once every planned wait is over", () => {
    const limits = { taskMapSize: 8, maxChunksUp: 8, schedulerBase: 1, schedulerCap: 8 };
    const during = (seconds: number) =>
      run(v304, [phase("healthy", 10, []), phase("outage", seconds, [0])], limits).result;
    expect(during(4).outcome).toEqual({ kind: "outage" });
    const late = during(60);
    expect(late.outcome).toMatchObject({ kind: "stuck", heldUp: { deadlocked: true } });
    expect(late.stuckSince).toBeLessThan(14);
  });

  it("is nobody whose wait was planned: a retry at scheduler.cap, a breaker's rest, a backlog", () => {
    const outage = [phase("healthy", 10, []), phase("outage", 100, [0])];
    const roomy = { taskMapSize: 2048, maxChunksUp: 2048 };
    const cap = { ...roomy, schedulerBase: 500, schedulerCap: 500 };
    for (const release of releases) {
      for (const seconds of [1, 5, 30, 100]) {
        const { result } = run(release, [...outage, phase("back", seconds, [], false)], cap);
        expect(result.stuckSince, `${release.name}, ${seconds} s`).toBeNull();
      }
    }
    const { result } = run(parkBreaker, [...outage, phase("back", 20, [], false)], roomy);
    expect(result.stuckSince).toBeNull();
    const restarted = [...outage, { ...phase("again", 3, [], false), restart: true }];
    expect(run(v304, restarted, roomy).result.stuckSince).toBeNull();
  });

  it("is nobody who owes nothing, nor who dropped at Retry_Limit what it owed", () => {
    const phases = [...story.slice(0, 2), phase("nothing comes in", 600, [], false)];
    for (const retryLimit of ["no_retries", 1] as const) {
      const { result } = run(v304, phases, { retryLimit, maxChunksUp: 512 });
      expect(result.dropped).toBeGreaterThan(0);
      expect(result.outcome).toEqual({ kind: "recovered" });
    }
    const { result } = run(v304, [phase("quiet", 600, [], false)], {});
    expect(result.outcome).toEqual({ kind: "undisturbed" });
  });
});
