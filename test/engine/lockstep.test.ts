import { describe, expect, it } from "vitest";

import type { Release } from "../../src/engine/core/engine.ts";
import type { CoreParameters } from "../../src/engine/lockstep/engine-core.ts";
import { EngineCore } from "../../src/engine/lockstep/engine-core.ts";
import type { Step } from "../../src/engine/lockstep/step.ts";
import { correctedFix } from "../../src/engine/releases/corrected-fix.ts";
import { evictIdle } from "../../src/engine/releases/evict-idle.ts";
import { hardenedFix } from "../../src/engine/releases/hardened-fix.ts";
import { park } from "../../src/engine/releases/park.ts";
import { parkBreaker } from "../../src/engine/releases/park-breaker.ts";
import { publishedFix } from "../../src/engine/releases/published-fix.ts";
import { reserveSlot } from "../../src/engine/releases/reserve-slot.ts";
import { v301 } from "../../src/engine/releases/v3-0-1.ts";
import { v304 } from "../../src/engine/releases/v3-0-4.ts";
import { type Environment, exploreCore } from "./explore-core.ts";

interface Row {
  readonly name: string;
  readonly release: Release;
  readonly parameters?: Partial<CoreParameters>;
  readonly environment?: Environment;
  /** states, transitions, self-loops, most up */
  readonly expected: readonly [number, number, number, number];
}

const rows: readonly Row[] = [
  { name: "N=2", release: v304, expected: [34, 86, 4, 1] },
  { name: "N=2 Q=1, not releaseOnClose", release: publishedFix, expected: [72, 180, 4, 2] },
  {
    name: "N=2 Q=1, not releaseOnClose, schedulerFails",
    release: publishedFix,
    environment: { schedulerFails: true },
    expected: [72, 194, 4, 2],
  },
  { name: "N=2 Q=1", release: correctedFix, expected: [38, 94, 0, 2] },
  { name: "N=3 Q=1", release: correctedFix, parameters: { chunks: 3 }, expected: [134, 392, 0, 2] },
  { name: "N=2 evictIdleWhenMapFull", release: evictIdle, expected: [34, 90, 4, 1] },
  { name: "N=2, not checkMapFirst", release: v301, expected: [34, 90, 4, 1] },
  {
    name: "N=2 pauseOnChunksOverlimit",
    release: v304,
    parameters: { pauseOnChunksOverlimit: true },
    expected: [14, 30, 0, 1],
  },
  { name: "N=2 L=1", release: v304, parameters: { retryLimit: 1 }, expected: [42, 106, 4, 1] },
  { name: "N=2 M=2", release: v304, parameters: { outputs: 2 }, expected: [156, 616, 0, 1] },
  {
    name: "N=2 schedulerFails",
    release: v304,
    environment: { schedulerFails: true },
    expected: [34, 94, 4, 1],
  },
  {
    name: "N=2 Q=1 shutdown",
    release: correctedFix,
    environment: { shutdown: true },
    expected: [76, 132, 0, 2],
  },
  {
    name: "N=2 Q=1 shutdown detachOnOutputExit",
    release: hardenedFix,
    environment: { shutdown: true },
    expected: [76, 132, 0, 2],
  },
  {
    name: "N=3 T=2 X=2",
    release: v304,
    parameters: { chunks: 3, taskMapSize: 2, maxChunksUp: 2 },
    expected: [194, 716, 18, 2],
  },
  {
    name: "N=3 M=2 routing any, Q=1, crash",
    release: correctedFix,
    parameters: { chunks: 3, outputs: 2 },
    environment: { routing: "any", crash: true },
    expected: [4288, 24000, 256, 2],
  },
  {
    name: "N=4 T=2 X=2",
    release: v304,
    parameters: { chunks: 4, taskMapSize: 2, maxChunksUp: 2 },
    expected: [826, 3530, 168, 2],
  },
  {
    name: "N=2 T=2 X=2",
    release: v304,
    parameters: { taskMapSize: 2, maxChunksUp: 2 },
    expected: [32, 96, 0, 2],
  },
  {
    name: "reserve-slot N=3 X=2",
    release: reserveSlot,
    parameters: { chunks: 3, maxChunksUp: 2 },
    expected: [134, 392, 0, 2],
  },
  {
    name: "reserve-slot N=3 X=2 M=2",
    release: reserveSlot,
    parameters: { chunks: 3, maxChunksUp: 2, outputs: 2 },
    expected: [460, 2060, 0, 1],
  },
  {
    name: "reserve-slot N=5 T=2 X=3",
    release: reserveSlot,
    parameters: { chunks: 5, taskMapSize: 2, maxChunksUp: 3 },
    expected: [3742, 17472, 240, 3],
  },
  { name: "park-breaker N=2 T=1 X=1 M=1", release: parkBreaker, expected: [84, 220, 0, 1] },
  {
    name: "park-breaker N=2 T=1 X=1 M=2",
    release: parkBreaker,
    parameters: { outputs: 2 },
    expected: [1464, 5496, 0, 1],
  },
  { name: "park N=2 T=1 X=1 M=1", release: park, expected: [26, 66, 0, 1] },
  {
    name: "park N=4 T=1 X=1 M=1",
    release: park,
    parameters: { chunks: 4 },
    expected: [354, 1186, 0, 1],
  },
  {
    name: "park N=3 T=1 X=1 M=2 any",
    release: park,
    parameters: { chunks: 3, outputs: 2 },
    environment: { routing: "any" },
    expected: [3628, 15248, 0, 1],
  },
  {
    name: "park N=3 T=1 X=1 M=2 any, crash",
    release: park,
    parameters: { chunks: 3, outputs: 2 },
    environment: { routing: "any", crash: true },
    expected: [3736, 19524, 256, 1],
  },
];

const defaults = {
  chunks: 2,
  taskMapSize: 1,
  maxChunksUp: 1,
  outputs: 1,
  retryLimit: "unlimited",
  overLimitQuota: 1,
  pauseOnChunksOverlimit: false,
} as const;

describe("every state that the engine can get into is one of the specification, and the other way round", () => {
  it.each(rows)("$name", ({ release, parameters, environment, expected }) => {
    const found = exploreCore({ ...defaults, release, ...parameters }, environment ?? {});
    expect([found.states, found.transitions, found.selfLoops, found.mostUp]).toEqual(expected);
  });
});

describe("a step that is not possible", () => {
  it("answers false and changes nothing", () => {
    const core = new EngineCore({ ...defaults, release: v304 });
    expect(core.step({ type: "ingest", slot: 0, routes: [0] })).toBe(true);
    const before = core.snapshot();
    expect(core.step({ type: "ingest", slot: 0, routes: [0] })).toBe(false);
    expect(core.step({ type: "flushOk", slot: 0, output: 0 })).toBe(false);
    expect(core.step({ type: "retryFire", slot: 0, output: 0 })).toBe(false);
    expect(core.step({ type: "evict", slot: 0 })).toBe(false);
    expect(core.step({ type: "outputUp", output: 0 })).toBe(false);
    expect(core.step({ type: "scheduleFail", slot: 0, output: 0 })).toBe(false);
    expect(core.snapshot()).toEqual(before);
  });
});

/** A chunk that is up above the limit, on its way to output 0, in slot 0. */
function overLimitCore(release: Release): EngineCore {
  const core = new EngineCore({ ...defaults, release });
  const steps: readonly Step[] = [
    { type: "ingest", slot: 0, routes: [0] },
    { type: "dispatch", slot: 0 },
    { type: "outputDown", output: 0 },
    { type: "flushRetry", slot: 0, output: 0 },
    { type: "ingest", slot: 1, routes: [0] },
    { type: "retryFireOverLimit", slot: 0, output: 0 },
  ];
  for (const step of steps) expect(core.step(step), step.type).toBe(true);
  expect(core.snapshot().slots[0]?.storage).toBe("upForOutput");
  expect(core.snapshot().up).toBe(2);
  return core;
}

describe("a shutdown while a chunk is charged to an output", () => {
  it("leaves the mark in corrected-fix, and closing the chunk touches an output that is gone", () => {
    const core = overLimitCore(correctedFix);
    expect(core.step({ type: "shutdown" })).toBe(true);
    expect(core.snapshot().slots[0]).toMatchObject({ storage: "upForOutput", chargedTo: 0 });
    expect(core.step({ type: "outputUp", output: 0 })).toBe(false);
  });

  it("takes the mark off in hardened-fix", () => {
    const core = overLimitCore(hardenedFix);
    expect(core.step({ type: "shutdown" })).toBe(true);
    expect(core.snapshot().slots[0]).toMatchObject({ storage: "up", chargedTo: undefined });
    expect(core.snapshot().outputs).toEqual([{ online: false, report: { overLimitUp: 0 } }]);
  });
});

describe("a retry that cannot be scheduled", () => {
  it("costs the chunk in corrected-fix", () => {
    const core = overLimitCore(correctedFix);
    expect(core.step({ type: "scheduleFail", slot: 0, output: 0 })).toBe(true);
    expect(core.snapshot().slots[0]).toBeUndefined();
  });

  it("costs the chunk in hardened-fix, too", () => {
    const core = overLimitCore(hardenedFix);
    expect(core.step({ type: "scheduleFail", slot: 0, output: 0 })).toBe(true);
    expect(core.snapshot().slots[0]).toBeUndefined();
  });
});
