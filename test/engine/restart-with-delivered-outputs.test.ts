import { describe, expect, it } from "vitest";
import { engineCreate } from "../../src/engine/core/create-engine.ts";
import type { Release } from "../../src/engine/core/engine.ts";
import type { FlushRequest } from "../../src/engine/core/structures.ts";
import { DummyInput } from "../../src/engine/inputs/dummy.ts";
import { EngineLoop } from "../../src/engine/loop/engine-loop.ts";
import { silentLog } from "../../src/engine/platform/log.ts";
import { MemoryFileSystem } from "../../src/engine/platform/memory-file-system.ts";
import { seededRandom } from "../../src/engine/platform/random.ts";
import { VirtualClock } from "../../src/engine/platform/virtual-clock.ts";
import { park } from "../../src/engine/releases/park.ts";
import { v304 } from "../../src/engine/releases/v3-0-4.ts";

const names = ["out_a", "out_b"] as const;

/** What outlives a process: the time, the files, and what each output was given. */
interface Machine {
  readonly clock: VirtualClock;
  readonly fileSystem: MemoryFileSystem;
  readonly online: Map<string, boolean>;
  readonly received: Map<string, string[]>;
}

/** One process; it is killed by forgetting it, between two of its steps. */
function start(machine: Machine, release: Release, pid: number, matches = ["t.*", "t.*"]) {
  const { clock, fileSystem, online, received } = machine;
  const input = new DummyInput({ tags: ["t.0", "t.1", "t.2"], period: 1000 });
  let alive = true;
  const started = engineCreate({
    release,
    clock,
    random: seededRandom(1),
    log: silentLog,
    storage: { fileSystem, rootPath: "/storage", maxChunksUp: 8 },
    inputs: [{ plugin: "dummy" }],
    outputs: names.map((alias, output) => ({
      pluginName: "http",
      alias,
      match: matches[output] ?? "*",
      retryLimit: "no_limits",
      plugin: {
        flush: ({ chunkName }: FlushRequest, done: (result: "ok" | "retry") => void) => {
          clock.schedule(5, () => {
            if (!alive) return;
            if (online.get(alias) === true) received.get(alias)?.push(chunkName);
            done(online.get(alias) === true ? "ok" : "retry");
          });
        },
        exit: () => undefined,
      },
    })),
    taskMapSize: 8,
    schedulerBase: 1,
    schedulerCap: 2,
    pid,
  });
  const loop = new EngineLoop(started, { clock, flush: 1, grace: 3, inputs: [input], fileSystem });
  const pass = (seconds: number): void => {
    clock.runUntil(clock.now() + seconds * 1000);
  };
  const kill = (): void => {
    loop.kill();
    alive = false;
  };
  return { engine: started.engine, input, pass, kill };
}

/** Output a is down; the chunks that b has by then are left on disk by a park that was killed. */
function afterPark(): { machine: Machine; atB: readonly string[] } {
  const machine: Machine = {
    clock: new VirtualClock(0),
    fileSystem: new MemoryFileSystem(),
    online: new Map([
      ["out_a", false],
      ["out_b", true],
    ]),
    received: new Map(names.map((name) => [name, []])),
  };
  const first = start(machine, park, 1);
  first.pass(10.5);
  first.input.stop();
  first.pass(5);
  first.kill();
  const atB = [...(machine.received.get("out_b") ?? [])];
  expect(atB.length).toBeGreaterThan(5);
  machine.online.set("out_a", true);
  return { machine, atB };
}

function receivedBy({ received }: Machine, name: string): string[] {
  return [...(received.get(name) ?? [])].sort();
}

describe("chunks that one of two outputs has, when the process is killed and another is started", () => {
  const second = (release: Release, matches?: string[]) => {
    const { machine, atB } = afterPark();
    const process = start(machine, release, 2, matches);
    process.input.stop();
    process.pass(60);
    return { machine, atB: [...atB].sort(), left: process.engine.store.totalChunks };
  };

  it("park gives them to the other only", () => {
    const { machine, atB, left } = second(park);
    expect(receivedBy(machine, "out_a")).toEqual(atB);
    expect(receivedBy(machine, "out_b")).toEqual(atB);
    expect(left).toBe(0);
  });

  it("v3.0.4 gives them to both: twice to one, and none is stuck or lost", () => {
    const { machine, atB, left } = second(v304);
    expect(receivedBy(machine, "out_a")).toEqual(atB);
    expect(receivedBy(machine, "out_b")).toEqual([...atB, ...atB].sort());
    expect(left).toBe(0);
  });

  it("a chunk that every output has by now is removed", () => {
    const { machine, atB, left } = second(park, ["other", "t.*"]);
    expect(receivedBy(machine, "out_a")).toEqual([]);
    expect(receivedBy(machine, "out_b")).toEqual(atB);
    expect(left).toBe(0);
  });

  it("a chunk that no output matches stays on disk, as in Fluent Bit", () => {
    const { machine, atB, left } = second(park, ["other", "other"]);
    expect(left).toBe(atB.length);
    const next = start(machine, park, 3);
    next.input.stop();
    next.pass(60);
    expect(receivedBy(machine, "out_a")).toEqual(atB);
    expect(next.engine.store.totalChunks).toBe(0);
  });
});
