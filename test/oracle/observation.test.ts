import { describe, expect, it } from "vitest";
import { breakerRules } from "./breaker-rules.ts";
import { parkRules } from "./park-rules.ts";
import type { StateProperty } from "./property.ts";
import type { ReleaseParameters } from "./parameters.ts";
import { releaseRules } from "./release/release-rules.ts";
import type { Chunk, Delivery, ReleaseState } from "./release/release-state.ts";

const flushing: Delivery = { output: 0, status: "flushing", retriesUsed: 0, marked: false };
const idle: Chunk = {
  storage: "up",
  input: 0,
  mask: [0],
  charged: [0],
  restored: false,
  task: null,
};
const empty: ReleaseState = {
  phase: "running",
  segregated: false,
  outputs: ["online"],
  overLimitUp: [0],
  paused: [false],
  letters: 0,
  lettersUp: 0,
  slots: [null, null, null],
};

/** No reference scope reaches some of these states: they show that each predicate can fail. */
describe("the oracle's safety predicates on a release", () => {
  function unsafe(
    state: Partial<ReleaseState>,
    parameters: Partial<ReleaseParameters> = {},
  ): readonly StateProperty[] {
    const { observe } = releaseRules({ chunks: 3, overLimitQuota: 1, ...parameters });
    return observe({ ...empty, ...state }).unsafe;
  }

  it("have nothing against one idle chunk in memory", () => {
    expect(unsafe({ slots: [idle, null, null] })).toEqual([]);
  });

  it("count the chunks in memory up to X + Q M, dead letters among them", () => {
    expect(unsafe({ slots: [idle, idle] })).toEqual([]);
    expect(unsafe({ slots: [idle, idle, idle] })).toEqual(["memoryBound"]);
    expect(unsafe({ slots: [idle, idle], letters: 1, lettersUp: 1 })).toEqual(["memoryBound"]);
  });

  it("want a chunk that is being flushed in memory", () => {
    expect(unsafe({ slots: [{ ...idle, storage: "down", task: [flushing] }] })).toEqual([
      "flushingIsMapped",
    ]);
    expect(unsafe({ slots: [{ ...idle, storage: "memory", task: [flushing] }] })).toEqual([]);
  });

  it("count the tasks", () => {
    const task = { ...idle, task: [flushing] };
    expect(unsafe({ slots: [task, task] })).toEqual(["taskMapBound"]);
  });

  it("hold the counter against the chunks that are charged, and a stopped state against its owners", () => {
    const slots: Chunk[] = [{ ...idle, storage: { upForOutput: 0 } }];
    expect(unsafe({ slots })).toEqual(["quotaConserved"]);
    expect(unsafe({ slots, overLimitUp: [1] })).toEqual([]);
    expect(unsafe({ slots, overLimitUp: [1], phase: "stopped" })).toEqual(["ownerAlive"]);
  });

  it("want a paused input to own a chunk that is not restored", () => {
    const paused = [true];
    expect(unsafe({ paused, slots: [idle] })).toEqual([]);
    expect(unsafe({ paused, slots: [{ ...idle, restored: true }] })).toEqual(["pauseOwned"]);
    expect(unsafe({ paused, phase: "ending" })).toEqual([]);
  });

  it("want of a task that something can end it", () => {
    const task = (...statuses: Delivery["status"][]): Chunk => ({
      ...idle,
      task: statuses.map((status) => ({ ...flushing, status })),
    });
    expect(unsafe({ slots: [task("pinned", "retry")] })).toEqual([]);
    expect(unsafe({ slots: [task("pinned", "delivered")] })).toEqual(["taskAlive"]);
    expect(unsafe({ slots: [task("orphaned")] })).toEqual(["taskAlive"]);
  });

  it("count what is charged to an output, and the files on disk", () => {
    const down: Chunk = { ...idle, storage: "down" };
    const uncharged: Chunk = { ...down, charged: [] };
    const memory: Chunk = { ...idle, storage: "memory" };
    const limited = { totalLimit: 1 };
    expect(unsafe({ slots: [down, memory] }, limited)).toEqual(["limitHolds"]);
    expect(unsafe({ slots: [down, uncharged] }, limited)).toEqual(["diskBound"]);
    expect(unsafe({ slots: [down, uncharged] })).toEqual([]);
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
