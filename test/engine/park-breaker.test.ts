import { describe, expect, it } from "vitest";
import { engineCreate } from "../../src/engine/core/create-engine.ts";
import type { OutputPlugin } from "../../src/engine/core/structures.ts";
import { EngineCore } from "../../src/engine/lockstep/engine-core.ts";
import type { Step } from "../../src/engine/lockstep/step.ts";
import { DummyInput } from "../../src/engine/inputs/dummy.ts";
import { EngineLoop } from "../../src/engine/loop/engine-loop.ts";
import { createLog } from "../../src/engine/platform/log.ts";
import { MemoryFileSystem } from "../../src/engine/platform/memory-file-system.ts";
import { seededRandom } from "../../src/engine/platform/random.ts";
import { VirtualClock } from "../../src/engine/platform/virtual-clock.ts";
import { parkBreaker } from "../../src/engine/releases/park-breaker.ts";

/** An endpoint that answers after 50 ms, and remembers what it was asked, and when. */
class Endpoint implements OutputPlugin {
  online = true;
  readonly attempts: number[] = [];
  underWay = 0;
  mostUnderWay = 0;
  records = 0;
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  flush(
    { records }: Parameters<OutputPlugin["flush"]>[0],
    done: Parameters<OutputPlugin["flush"]>[1],
  ): void {
    this.attempts.push(this.#clock.now());
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    this.#clock.schedule(50, () => {
      this.underWay -= 1;
      if (this.online) this.records += records;
      done(this.online ? "ok" : "retry");
    });
  }

  exit(): void {
    this.online = false;
  }
}

const clock = (): VirtualClock => new VirtualClock(0);

/** What outlives a process: its files and its endpoints. */
function worldAt(now: VirtualClock) {
  const [dead, healthy] = [new Endpoint(now), new Endpoint(now)];
  dead.online = false;
  return { now, dead, healthy, fileSystem: new MemoryFileSystem() };
}

/** Six tags, a record a second each, for two outputs; the first is dead from the start. */
function story(seed: number, world = worldAt(clock()), tags = sixTags) {
  const { now, dead, healthy, fileSystem } = world;
  const lines: string[] = [];
  const input = new DummyInput({ tags, period: 1000 });
  const started = engineCreate({
    release: parkBreaker,
    clock: now,
    random: seededRandom(seed),
    log: createLog({
      clock: now,
      level: "info",
      timeStamp: "seconds",
      write: (line) => lines.push(line),
    }),
    storage: { fileSystem, rootPath: "/storage", maxChunksUp: 8 },
    inputs: [{ plugin: "dummy" }],
    outputs: [dead, healthy].map((plugin, id) => ({
      pluginName: "http",
      alias: `out_${id}`,
      match: "t.*",
      retryLimit: "no_limits",
      plugin,
    })),
    taskMapSize: 8,
    schedulerBase: 1,
    schedulerCap: 2000,
  });
  const loop = new EngineLoop(started, {
    clock: now,
    flush: 1,
    grace: 3,
    inputs: [input],
    fileSystem,
  });
  const pass = (seconds: number): void => {
    now.runUntil(now.now() + seconds * 1000);
  };
  return { ...started, loop, input, world, dead, healthy, lines, pass };
}

const sixTags = Array.from({ length: 6 }, (_, tag) => `t.${tag}`);

describe("a healthy output beside a dead one", () => {
  const seeds = [1, 2, 3, 4, 5];

  it.each(seeds)("goes on as if it were alone; seed %i", (seed) => {
    const { input, healthy, dead, pass } = story(seed);
    pass(600);
    // What came in during the last two seconds may be on its way.
    expect(healthy.records).toBeGreaterThanOrEqual(input.produced - 12);
    expect(dead.attempts.length / healthy.attempts.length).toBeLessThan(0.1);
  });

  it.each(seeds)("is tried by one chunk at a time, at least twice a minute; seed %i", (seed) => {
    const { dead, pass } = story(seed);
    pass(10);
    const before = dead.attempts.length;
    dead.mostUnderWay = 0;
    pass(600);
    expect(dead.mostUnderWay).toBe(1);
    const gaps = dead.attempts
      .slice(before)
      .map((at, index) => at - (dead.attempts[before + index - 1] ?? 0));
    expect(gaps.length).toBeGreaterThan(600 / 33);
    // A rest of 1 to 30 s, counted from the failure, until the next flush timer.
    for (const gap of gaps) {
      expect(gap).toBeGreaterThan(1000);
      expect(gap).toBeLessThanOrEqual(32_000);
    }
  });

  it.each(seeds)("delivers the whole backlog once it is back; seed %i", (seed) => {
    const { engine, input, dead, healthy, lines, pass } = story(seed);
    pass(600);
    expect(dead.records).toBe(0);
    dead.online = true;
    input.stop();
    // The rest before the next probe, then 8 chunks a second at most.
    const chunks = engine.store.totalChunks;
    expect(chunks).toBeGreaterThan(500);
    pass(32 + 3 * (chunks / 8));
    expect([dead.records, healthy.records]).toEqual([input.produced, input.produced]);
    expect(engine.store.totalChunks).toBe(0);
    const told = lines.filter((line) => line.includes("its breaker"));
    expect(told).toHaveLength(2);
    expect(told[0]).toContain("output out_0 failed, its breaker opens");
    expect(told[1]).toContain("output out_0 works again, its breaker closes");
  });

  it.each(seeds)("owes after a restart what it owed before; seed %i", (seed) => {
    const before = story(seed);
    before.pass(60);
    before.loop.kill();
    const { produced } = before.input;
    const { engine, dead, healthy, pass } = story(seed, before.world, []);
    dead.online = true;
    pass(120);
    expect(dead.records).toBe(produced);
    // What was under way when the process died is sent again.
    expect(healthy.records).toBeGreaterThanOrEqual(produced);
    expect(healthy.records).toBeLessThanOrEqual(produced + sixTags.length);
    expect(engine.store.totalChunks).toBe(0);
  });
});

describe("a probe", () => {
  it("tries only what no chunk is being flushed to", () => {
    const core = new EngineCore({
      release: parkBreaker,
      chunks: 2,
      taskMapSize: 2,
      maxChunksUp: 2,
      outputs: 2,
      retryLimit: "unlimited",
      overLimitQuota: 0,
      pauseOnChunksOverlimit: false,
    });
    const both = [0, 1];
    const own = (action: string, slot: number, output?: number) =>
      ({ type: "own", action, slot, output }) as const;
    const steps: readonly Step[] = [
      ...both.map((output) => ({ type: "outputDown", output }) as const),
      { type: "ingest", slot: 0, routes: both },
      { type: "dispatch", slot: 0 },
      ...both.map((output) => ({ type: "flushRetry", slot: 0, output }) as const),
      { type: "ingest", slot: 1, routes: both },
      own("setAside", 1),
      own("probe", 0, 0),
      { type: "dispatch", slot: 0 },
      // The first output refuses at once, the second takes its time.
      { type: "flushRetry", slot: 0, output: 0 },
      own("probe", 1, 0),
      { type: "dispatch", slot: 1 },
    ];
    for (const step of steps) expect(core.step(step), JSON.stringify(step)).toBe(true);
    const [first, second] = core.snapshot().slots;
    const flushed = (slot: typeof first): readonly number[] =>
      (slot?.deliveries ?? []).flatMap(({ output, status }) =>
        status === "flushing" ? [output] : [],
      );
    expect([flushed(first), flushed(second)]).toEqual([[1], [0]]);
    expect(second?.routes).toEqual(both);
  });
});

describe("a chunk that goes nowhere", () => {
  it("is closed, and not set aside for ever", () => {
    const { engine, dead, pass } = story(1, undefined, ["nobody.matches"]);
    pass(0.9);
    expect(engine.store.totalChunks).toBe(0);
    pass(0.3);
    expect(engine.store.totalChunks).toBe(1);
    pass(1);
    expect(engine.store.totalChunks).toBeLessThanOrEqual(1);
    expect(engine.inputs[0]?.metrics.records).toBe(2);
    expect(dead.attempts).toEqual([]);
  });
});
