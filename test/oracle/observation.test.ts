import { describe, expect, it } from "vitest";
import { breakerRules } from "./breaker-rules.ts";
import { parkRules } from "./park-rules.ts";
import { releaseRules } from "./release-rules.ts";
import type { Chunk, Delivery, ReleaseState } from "./release-state.ts";

const flushing: Delivery = { output: 0, status: "flushing", retriesUsed: 0 };
const idle: Chunk = { storage: "up", mask: [0], task: null };
const running: ReleaseState = { stopped: false, online: [true], overLimitUp: [0], slots: [] };

/** No reference scope reaches such states: they show that each predicate can fail. */
describe("the oracle's safety predicates on a release", () => {
  const { observe } = releaseRules({ chunks: 2, overLimitQuota: 1 });

  it("has nothing against one idle chunk in memory", () => {
    expect(observe({ ...running, slots: [idle, null] }).unsafe).toEqual([]);
  });

  it("counts the chunks in memory up to X + Q M", () => {
    expect(observe({ ...running, slots: [idle, idle] }).unsafe).toEqual([]);
    expect(observe({ ...running, slots: [idle, idle, idle] }).unsafe).toEqual(["memoryBound"]);
  });

  it("wants a chunk that is being flushed in memory", () => {
    const slots: Chunk[] = [{ storage: "down", mask: [0], task: [flushing] }];
    expect(observe({ ...running, slots }).unsafe).toEqual(["flushingIsMapped"]);
  });

  it("counts the tasks", () => {
    const slots: Chunk[] = [1, 2].map(() => ({ ...idle, task: [flushing] }));
    expect(observe({ ...running, slots }).unsafe).toEqual(["taskMapBound"]);
  });

  it("holds the counter against the chunks that are charged, and a stopped state against its owners", () => {
    const slots: Chunk[] = [{ ...idle, storage: { upForOutput: 0 } }];
    expect(observe({ ...running, slots }).unsafe).toEqual(["quotaConserved"]);
    expect(observe({ ...running, overLimitUp: [1], slots }).unsafe).toEqual([]);
    expect(observe({ ...running, stopped: true, overLimitUp: [1], slots }).unsafe).toEqual([
      "ownerAlive",
    ]);
  });
});

describe("the oracle's safety predicates on park", () => {
  const { observe } = parkRules({ park: true, chunks: 2 });
  const task = {
    storage: "up",
    owed: [{ output: 0, failures: 0 }],
    phase: "task",
    flushing: [0],
    holdsTask: true,
  } as const;

  it("has nothing against one task", () => {
    expect(observe({ online: [true], slots: [task, null] }).unsafe).toEqual([]);
  });

  it("bounds memory and tasks", () => {
    expect(observe({ online: [true], slots: [task, task] }).unsafe).toEqual([
      "memoryBound",
      "taskMapBound",
    ]);
  });

  it("wants a chunk that is being flushed in memory", () => {
    const slots = [{ ...task, storage: "down" } as const];
    expect(observe({ online: [true], slots }).unsafe).toEqual(["flushingIsMapped"]);
  });
});

describe("the oracle's safety predicates on park-breaker", () => {
  it("count tasks by the chunks that are being flushed", () => {
    const { observe } = breakerRules({ park: "breaker", chunks: 2 });
    const task = { storage: "up", owed: [], phase: "task", flushing: [0], probes: [] } as const;
    const aside = { ...task, storage: "down", phase: "aside", flushing: [] } as const;
    const shared = { online: [true], open: [false] };
    expect(observe({ ...shared, slots: [task, aside] }).unsafe).toEqual([]);
    expect(observe({ ...shared, slots: [task, task] }).unsafe).toEqual([
      "memoryBound",
      "taskMapBound",
    ]);
  });
});
