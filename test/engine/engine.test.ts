import { describe, expect, it } from "vitest";

import { engineCreate, type EngineOptions } from "../../src/engine/core/create-engine.ts";
import type { OutputPlugin } from "../../src/engine/core/structures.ts";
import { DummyInput } from "../../src/engine/inputs/dummy.ts";
import { TailInput } from "../../src/engine/inputs/tail.ts";
import { EngineLoop } from "../../src/engine/loop/engine-loop.ts";
import { pluginMetrics } from "../../src/engine/metrics/plugin-metrics.ts";
import { prometheusText } from "../../src/engine/metrics/prometheus.ts";
import { humanReadable, storageMetrics } from "../../src/engine/metrics/storage-metrics.ts";
import { toJsonLines } from "../../src/engine/outputs/json-lines.ts";
import { nullOutput } from "../../src/engine/outputs/null.ts";
import { fileOutput } from "../../src/engine/outputs/text.ts";
import { createLog, silentLog } from "../../src/engine/platform/log.ts";
import { MemoryFileSystem } from "../../src/engine/platform/memory-file-system.ts";
import { seededRandom } from "../../src/engine/platform/random.ts";
import { VirtualClock } from "../../src/engine/platform/virtual-clock.ts";
import { findRelease } from "../../src/engine/releases/catalogue.ts";
import type { InputPlugin } from "../../src/engine/inputs/input-plugin.ts";

const start = Date.UTC(2026, 10, 23, 2, 19, 33);

class World {
  readonly clock = new VirtualClock(start);
  readonly fileSystem = new MemoryFileSystem();
  lines: string[] = [];
  pid = 100;

  run(
    release: string,
    plugin: InputPlugin,
    output: OutputPlugin,
    changes: Partial<EngineOptions> = {},
  ) {
    const found = findRelease(release);
    if (found === undefined) throw new Error(`no release ${release}`);
    this.pid += 1;
    const started = engineCreate({
      release: found,
      clock: this.clock,
      random: seededRandom(1),
      log: createLog({
        clock: this.clock,
        level: "debug",
        timeStamp: found.timeStamp,
        write: (line) => this.lines.push(line),
      }),
      storage: { fileSystem: this.fileSystem, rootPath: "/storage" },
      inputs: [{ plugin: plugin.name }],
      outputs: [
        { pluginName: "http", alias: "out_a", match: "*", retryLimit: "no_limits", plugin: output },
      ],
      pid: this.pid,
      ...changes,
    });
    const loop = new EngineLoop(started, {
      clock: this.clock,
      flush: 1,
      grace: 3,
      inputs: [plugin],
      fileSystem: this.fileSystem,
    });
    return { ...started, loop };
  }

  pass(seconds: number): void {
    this.clock.runUntil(this.clock.now() + seconds * 1000);
  }
}

class Switch implements OutputPlugin {
  result: "ok" | "retry" | "error" = "ok";
  readonly arrived: string[] = [];

  flush(
    request: Parameters<OutputPlugin["flush"]>[0],
    done: Parameters<OutputPlugin["flush"]>[1],
  ): void {
    if (this.result === "ok") this.arrived.push(toJsonLines(request.content, false).text);
    done(this.result);
  }

  exit(): void {
    this.result = "error";
  }
}

describe("the log", () => {
  it("tells a failed flush and its retry in Fluent Bit's words", () => {
    const world = new World();
    const output = new Switch();
    output.result = "retry";
    const input = new DummyInput({ tags: ["t.0"], period: 500 });
    world.run("v3.0.4", input, output, { schedulerBase: 1, schedulerCap: 2 });
    world.pass(1.4);
    input.stop();
    output.result = "ok";
    world.pass(4);
    const log = world.lines.map((line) => line.replace(/0x[0-9a-f]+/g, "0x.."));
    expect(log).toContain("[2026/11/23 02:19:34] [debug] [task] created task=0x.. id=0 OK");
    expect(log).toContain(
      "[2026/11/23 02:19:34] [debug] [retry] new retry created for task_id=0 attempts=1",
    );
    const chunk = "101-1795400373.500001001.flb";
    const failed = new RegExp(
      `^\\[2026/11/23 02:19:34\\] \\[ warn\\] \\[engine\\] failed to flush chunk '${chunk}', retry in [23] seconds: task_id=0, input=dummy\\.0 > output=out_a \\(out_id=0\\)$`,
    );
    expect(log.filter((line) => failed.test(line))).toHaveLength(1);
    const succeeded = `[ info] [engine] flush chunk '${chunk}' succeeded at retry 1: task_id=0, input=dummy.0 > output=out_a (out_id=0)`;
    expect(log.filter((line) => line.endsWith(succeeded))).toHaveLength(1);
    expect(log.at(-1)).toMatch(/\[debug\] \[task\] destroy task=0x\.\. \(task_id=\d+\)$/);
  });

  it("has milliseconds in its time stamps since 4.0", () => {
    const world = new World();
    world.run("v5.1", new DummyInput({ tags: ["a"], period: 1000 }), nullOutput);
    expect(world.lines[0]).toMatch(/^\[2026\/11\/23 02:19:33\.000\] \[ info\] \[fluent bit\]/);
  });
});

describe("metrics", () => {
  it("have the shapes and names of Fluent Bit", () => {
    const world = new World();
    const output = new Switch();
    output.result = "retry";
    const input = new DummyInput({ tags: ["t.0", "t.1"], period: 1000 });
    const { engine } = world.run("v3.0.4", input, output);
    world.pass(2.5);
    expect(storageMetrics(engine)).toEqual({
      storage_layer: {
        chunks: {
          total_chunks: 4,
          mem_chunks: 0,
          fs_chunks: 4,
          fs_chunks_up: 2,
          fs_chunks_down: 2,
        },
      },
      input_chunks: {
        "dummy.0": {
          status: { overlimit: false, mem_size: "52b", mem_limit: "0b" },
          chunks: { total: 4, up: 2, down: 2, busy: 2, busy_size: "0b" },
        },
        "storage_backlog.1": {
          status: { overlimit: false, mem_size: "0b", mem_limit: "0b" },
          chunks: { total: 0, up: 0, down: 0, busy: 0, busy_size: "0b" },
        },
      },
    });
    const { output: outputs, input: inputs } = pluginMetrics(engine);
    expect(inputs["dummy.0"]).toEqual({ records: 4, bytes: 104 });
    expect(outputs["out_a"]).toEqual({
      proc_records: 0,
      proc_bytes: 0,
      errors: 0,
      retries: 2,
      retries_failed: 0,
      dropped_records: 0,
      retried_records: 2,
    });
    const text = prometheusText(engine);
    expect(text).toContain('fluentbit_input_records_total{name="dummy.0"} 4\n');
    expect(text).toContain('fluentbit_output_retries_total{name="out_a"} 2\n');
    expect(text).toContain(
      "# TYPE fluentbit_storage_fs_chunks_up gauge\nfluentbit_storage_fs_chunks_up 2\n",
    );
    expect(text).toContain('fluentbit_input_storage_chunks_busy{name="dummy.0"} 2\n');
  });

  it.each([
    [0, "0b"],
    [1023, "1023b"],
    [1024, "1.0K"],
    [72_192, "70.5K"],
    [5_000_000, "4.8M"],
  ])("%i bytes are %s", (bytes, text) => {
    expect(humanReadable(bytes)).toBe(text);
  });
});

describe("a delivery that ends without success", () => {
  it("is dropped at the retry limit", () => {
    const world = new World();
    const output = new Switch();
    output.result = "retry";
    const input = new DummyInput({ tags: ["a"], period: 500 });
    const { engine } = world.run("v3.0.4", input, output, {
      schedulerBase: 1,
      schedulerCap: 1,
      outputs: [{ pluginName: "http", match: "*", retryLimit: 2, plugin: output }],
    });
    world.pass(1.2);
    input.stop();
    world.pass(20);
    expect(engine.store.totalChunks).toBe(0);
    expect(engine.taskMap.count).toBe(0);
    const metrics = engine.outputs[0]?.metrics;
    expect(metrics?.retriesFailed).toBeGreaterThan(0);
    expect(metrics?.droppedRecords).toBe(input.accepted.length);
    expect(world.lines.some((line) => line.includes("cannot be retried: task_id="))).toBe(true);
    expect(world.lines.some((line) => line.endsWith("reached retry-attempts limit 2/2"))).toBe(
      true,
    );
  });

  it("is dropped at once after an error", () => {
    const world = new World();
    const output = new Switch();
    output.result = "error";
    const input = new DummyInput({ tags: ["a"], period: 500 });
    const { engine } = world.run("v3.0.4", input, output);
    world.pass(1.2);
    expect(engine.outputs[0]?.metrics.errors).toBe(1);
    expect(engine.taskMap.count).toBe(0);
  });
});

describe("tail", () => {
  const encode = (text: string) => new TextEncoder().encode(text);

  it("reads whole lines, and goes on where it was after a kill and after a stop", async () => {
    const world = new World();
    world.fileSystem.makeDirectory("/var/log");
    const path = "/var/log/app.log";
    const db = "/var/log/app.db";
    const tail = () => new TailInput({ find: () => [path], tag: "app", db });
    world.fileSystem.append(path, encode("one\ntwo\nthr"));
    const output = new Switch();
    const first = world.run("hardened-fix", tail(), output);
    world.pass(2);
    expect(output.arrived.join("")).toBe('{"log":"one"}\n{"log":"two"}\n');
    output.result = "retry";
    world.fileSystem.append(path, encode("ee\n"));
    world.pass(2);
    first.loop.kill();
    output.result = "ok";
    world.fileSystem.append(path, encode("four\n"));
    const second = world.run("hardened-fix", tail(), output);
    world.pass(4);
    expect(output.arrived.join("").split("\n").sort().join()).toBe(
      ',{"log":"four"},{"log":"one"},{"log":"three"},{"log":"two"}',
    );
    output.result = "retry";
    world.fileSystem.append(path, encode("five\n"));
    world.pass(1);
    const stopped = second.loop.stop();
    world.pass(10);
    await stopped;
    expect(world.lines.some((line) => line.includes("service has stopped (1 pending tasks)"))).toBe(
      true,
    );
    output.result = "ok";
    world.run("hardened-fix", tail(), output);
    world.pass(4);
    expect(output.arrived.filter((text) => text.includes("five"))).toHaveLength(1);
    expect(world.lines.some((line) => line.includes("flush backlog chunk"))).toBe(true);
  });
});

describe("chunks found damaged at a start", () => {
  it("are reported, and everything else is delivered", () => {
    const world = new World();
    const output = new Switch();
    output.result = "retry";
    const input = new DummyInput({ tags: ["a", "b", "c", "d"], period: 500 });
    const { loop } = world.run("v3.0.4", input, output);
    world.pass(0.7);
    loop.kill();
    const folder = "/storage/dummy.0";
    const [truncated, wrong, cut] = world.fileSystem
      .list(folder)
      .map(({ name }) => `${folder}/${name}`);
    if (truncated === undefined || wrong === undefined || cut === undefined) throw new Error();
    world.fileSystem.replace(truncated, world.fileSystem.read(truncated, 0, 40));
    world.fileSystem.replace(wrong, encodeNothing);
    const bytes = world.fileSystem.read(cut, 0, 4096);
    // The second record is announced by the header, and its bytes are zeros.
    bytes[13] = (bytes[13] ?? 0) + 20;
    world.fileSystem.replace(cut, bytes);
    output.result = "ok";
    const { engine } = world.run("v3.0.4", new DummyInput({ tags: [], period: 500 }), output);
    world.pass(5);
    expect(output.arrived).toHaveLength(1);
    const log = world.lines.join("\n");
    expect(log).toContain("[error] [storage] format check failed: dummy.0/");
    expect(log).toContain(
      "chunk validation failed, data might be corrupted. Found 1 valid records",
    );
    expect(engine.store.totalChunksUp).toBe(0);
  });
});

const encodeNothing = new Uint8Array(4096).fill(7);

describe("a chunk of about 2 MB", () => {
  it("takes no more records: the next one goes to a new chunk of the same tag", () => {
    const world = new World();
    const output = new Switch();
    const input = new DummyInput({
      tags: ["a"],
      period: 10,
      body: (id) => ({ id, text: "x".repeat(100_000) }),
    });
    const { engine } = world.run("v3.0.4", input, output);
    world.pass(0.22);
    const sizes = [...(engine.inputs[0]?.chunks ?? [])].map(({ chunk }) => chunk.dataSize);
    expect(sizes).toHaveLength(2);
    expect(sizes[0]).toBeGreaterThan(2_048_000);
    expect(sizes[0]).toBeLessThan(2_048_000 + 100_200);
    world.pass(1);
    expect(output.arrived.length).toBeGreaterThan(1);
  });
});

describe("the file output", () => {
  it("appends JSON lines, with the time of each record", () => {
    const world = new World();
    world.fileSystem.makeDirectory("/out");
    const input = new DummyInput({ tags: ["a"], period: 1000 });
    world.run("v3.0.4", input, fileOutput(world.fileSystem, "/out/a.log", silentLog));
    world.pass(2.5);
    const text = new TextDecoder().decode(world.fileSystem.read("/out/a.log", 0, 1000));
    expect(text).toBe(`{"date":${start / 1000 + 1},"id":0}\n`);
  });
});
