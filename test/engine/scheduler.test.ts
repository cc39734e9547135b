import { describe, expect, it } from "vitest";

import { routerMatch } from "../../src/engine/core/router.ts";
import { backoffFullJitter } from "../../src/engine/core/scheduler.ts";
import type { Task } from "../../src/engine/core/structures.ts";
import {
  mapFreeTaskId,
  mapGetTaskId,
  mapIsFull,
  mapSetTaskId,
  taskMapCreate,
} from "../../src/engine/core/task-map.ts";
import { compareChunkNames } from "../../src/engine/core/chunk-name.ts";
import { seededRandom } from "../../src/engine/platform/random.ts";
import { VirtualClock } from "../../src/engine/platform/virtual-clock.ts";

describe("backoff with full jitter", () => {
  it.each([
    [1, 5, 10],
    [2, 5, 20],
    [8, 5, 1280],
    [9, 5, 2000],
    [60, 5, 2000],
  ])("of %i attempts is between %i and %i seconds", (attempts, least, most) => {
    const random = seededRandom(attempts);
    const drawn = Array.from({ length: 50_000 }, () =>
      backoffFullJitter(random, 5, 2000, attempts),
    );
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(most);
    const mean = drawn.reduce((sum, seconds) => sum + seconds, 0) / drawn.length;
    expect(Math.abs(mean - (least + most) / 2)).toBeLessThan((most - least) / 50);
    if (most < 100) expect(new Set(drawn).size).toBe(most - least + 1);
  });

  it("never waits less than the base, even if the cap is below it", () => {
    expect(backoffFullJitter(seededRandom(1), 5, 2, 3)).toBe(5);
  });
});

describe("the task map", () => {
  const place = (map: ReturnType<typeof taskMapCreate>): number | undefined => {
    const id = mapGetTaskId(map);
    const task: Partial<Task> = {};
    if (id !== undefined) mapSetTaskId(map, id, { ...emptyTask, ...task, id });
    return id;
  };

  it("gives out the lowest free id", () => {
    const map = taskMapCreate(3, 3, 0);
    expect([place(map), place(map), place(map), place(map)]).toEqual([0, 1, 2, undefined]);
    expect(mapIsFull(map)).toBe(true);
    mapFreeTaskId(map, 1);
    mapFreeTaskId(map, 0);
    expect([place(map), place(map), place(map)]).toEqual([0, 1, undefined]);
  });

  it("grows by steps up to its limit", () => {
    const map = taskMapCreate(2, 5, 2);
    expect(Array.from({ length: 6 }, () => place(map))).toEqual([0, 1, 2, 3, 4, undefined]);
    expect(map.size).toBe(5);
  });
});

const emptyTask: Task = {
  id: 0,
  address: "0x0",
  chunk: {
    chunk: {
      name: "",
      stream: { name: "", chunks: new Set() },
      path: "",
      file: undefined,
      map: undefined,
      dataSize: 0,
      fsSize: 0,
      checksum: 0,
      locked: false,
      overLimitOwner: undefined,
      error: undefined,
      fileState: "known",
      keptAside: false,
    },
    input: {
      id: 0,
      name: "",
      plugin: "",
      stream: { name: "", chunks: new Set() },
      chunks: new Set(),
      tasks: new Set(),
      chunkOfTag: new Map(),
      pauseOnChunksOverlimit: false,
      paused: false,
      metrics: { records: 0, bytes: 0 },
    },
    tag: "",
    routes: [],
    busy: false,
    backlog: false,
    task: undefined,
    totalRecords: 0,
    sealed: false,
    age: "new",
  },
  status: "new",
  users: 0,
  routes: [],
  retries: [],
  records: 0,
};

describe("match", () => {
  it.each([
    ["a.b", "*", true],
    ["a.b", "a.*", true],
    ["a.b", "*.b", true],
    ["a.b", "*b*", true],
    ["a.b.c", "a.*.c", true],
    ["a.b.c", "a*c", true],
    ["a.b", "a.b", true],
    ["a.b", "a", false],
    ["a", "a.b", false],
    ["a.b", "b*", false],
    ["aXbX", "*X", true],
    ["a", "**", true],
  ])("%s against %s: %s", (tag, match, expected) => {
    expect(routerMatch(tag, match)).toBe(expected);
  });
});

describe("the virtual clock", () => {
  it("runs timers in the order of time, then of setting, and skips cancelled ones", () => {
    const clock = new VirtualClock(1000);
    const ran: string[] = [];
    const note = (name: string) => () => {
      ran.push(`${name}@${clock.now()}`);
    };
    clock.schedule(20, note("c"));
    clock.schedule(10, note("a"));
    clock.schedule(10, note("b"));
    clock.schedule(15, note("never")).cancel();
    clock.schedule(5, () => clock.schedule(0, note("nested")));
    clock.schedule(50, note("later"));
    clock.runUntil(1030);
    expect(ran).toEqual(["nested@1005", "a@1010", "b@1010", "c@1020"]);
    expect(clock.now()).toBe(1030);
  });
});

describe("chunk names", () => {
  it("are ordered by the time in them", () => {
    const names = ["9-20.5.flb", "1-20.  40.flb", "5-3.999.flb"];
    expect(names.sort(compareChunkNames)).toEqual(["5-3.999.flb", "9-20.5.flb", "1-20.  40.flb"]);
  });
});
