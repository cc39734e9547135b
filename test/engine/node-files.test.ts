import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { engineCreate } from "../../src/engine/core/create-engine.ts";
import type { OutputPlugin } from "../../src/engine/core/structures.ts";
import { StdinInput } from "../../src/engine/inputs/stdin.ts";
import { DummyInput } from "../../src/engine/inputs/dummy.ts";
import type { InputPlugin } from "../../src/engine/inputs/input-plugin.ts";
import { EngineLoop } from "../../src/engine/loop/engine-loop.ts";
import { stdoutOutput } from "../../src/engine/outputs/text.ts";
import type { FileSystem } from "../../src/engine/platform/file-system.ts";
import { createLog } from "../../src/engine/platform/log.ts";
import { MemoryFileSystem } from "../../src/engine/platform/memory-file-system.ts";
import { nodeFileSystem } from "../../src/engine/platform/node-file-system.ts";
import { seededRandom } from "../../src/engine/platform/random.ts";
import { VirtualClock } from "../../src/engine/platform/virtual-clock.ts";
import { hardenedFix } from "../../src/engine/releases/hardened-fix.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unstuck-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function startOn(
  fileSystem: FileSystem,
  rootPath: string,
  plugin: InputPlugin,
  output: OutputPlugin,
  clock: VirtualClock,
  pid: number,
) {
  const lines: string[] = [];
  const started = engineCreate({
    release: hardenedFix,
    clock,
    random: seededRandom(1),
    log: createLog({
      clock,
      level: "info",
      timeStamp: "seconds",
      write: (line) => lines.push(line),
    }),
    storage: { fileSystem, rootPath, checksum: true, maxChunksUp: 2 },
    inputs: [{ plugin: plugin.name }],
    outputs: [{ pluginName: "stdout", match: "*", retryLimit: "no_limits", plugin: output }],
    pid,
  });
  const loop = new EngineLoop(started, { clock, flush: 1, grace: 2, inputs: [plugin], fileSystem });
  return { ...started, loop, lines };
}

class Refusing implements OutputPlugin {
  flush(_request: unknown, done: (result: "retry") => void): void {
    done("retry");
  }

  exit(): void {
    // Nothing to release.
  }
}

describe("on real files, with checksums", () => {
  it("a killed engine's chunks are delivered by the next one", () => {
    const clock = new VirtualClock(1_800_000_000_000);
    const root = join(folder, "storage");
    const input = new DummyInput({ tags: ["a", "b", "c"], period: 300 });
    const first = startOn(nodeFileSystem, root, input, new Refusing(), clock, 1);
    clock.runUntil(clock.now() + 5000);
    first.loop.kill();
    const files = readdirSync(join(root, "dummy.0"));
    expect(files.length).toBe(first.engine.store.totalChunks);
    for (const file of files) expect(statSync(join(root, "dummy.0", file)).size % 4096).toBe(0);
    const texts: string[] = [];
    const output = stdoutOutput((text) => texts.push(text));
    const idle = new DummyInput({ tags: [], period: 1000 });
    const second = startOn(nodeFileSystem, root, idle, output, clock, 2);
    clock.runUntil(clock.now() + 30_000);
    const ids = [...texts.join("").matchAll(/"id":(\d+)/g)].map(([, id]) => Number(id));
    expect(ids.sort((a, b) => a - b)).toEqual(input.accepted);
    expect(readdirSync(join(root, "dummy.0"))).toEqual([]);
    expect(second.engine.store.totalChunks).toBe(0);
    expect(second.lines.some((line) => line.includes("format check failed"))).toBe(false);
  });

  it("lines from a stream arrive, and its end is told", async () => {
    const clock = new VirtualClock(1_800_000_000_000);
    const texts: string[] = [];
    const stream = Readable.from([Buffer.from("one\ntw"), Buffer.from("o\nthree")]);
    await new Promise<void>((resolve) => {
      const stdin = new StdinInput(stream, "stdin", resolve);
      startOn(
        nodeFileSystem,
        join(folder, "storage"),
        stdin,
        stdoutOutput((t) => texts.push(t)),
        clock,
        1,
      );
    });
    clock.runUntil(clock.now() + 2000);
    const logs = [...texts.join("").matchAll(/"log":"(\w+)"/g)].map(([, log]) => log);
    expect(logs).toEqual(["one", "two", "three"]);
  });
});

/** Files in memory on a disk that can fill up, with files that cannot be opened. */
class FaultyFileSystem extends MemoryFileSystem {
  full = false;
  readonly unreadable = new Set<string>();

  override open(path: string): ReturnType<MemoryFileSystem["open"]> {
    if (this.unreadable.has(path)) throw new Error("EACCES: permission denied");
    const file = super.open(path);
    return {
      ...file,
      resize: (size) => {
        if (this.full && size > file.size()) throw new Error("ENOSPC: no space left on device");
        file.resize(size);
      },
    };
  }
}

describe("faults of the disk", () => {
  it("a full disk refuses records, and what was taken arrives once there is room", () => {
    const clock = new VirtualClock(1_800_000_000_000);
    const fileSystem = new FaultyFileSystem();
    const texts: string[] = [];
    const input = new DummyInput({ tags: ["a", "b"], period: 400 });
    const { lines, engine } = startOn(
      fileSystem,
      "/storage",
      input,
      stdoutOutput((text) => texts.push(text)),
      clock,
      1,
    );
    clock.runUntil(clock.now() + 3000);
    fileSystem.full = true;
    clock.runUntil(clock.now() + 3000);
    expect(lines.some((line) => line.endsWith("[error] [input chunk] no available chunk"))).toBe(
      true,
    );
    fileSystem.full = false;
    clock.runUntil(clock.now() + 3000);
    input.stop();
    clock.runUntil(clock.now() + 3000);
    expect(input.accepted.length).toBeLessThan(input.produced);
    const ids = [...texts.join("").matchAll(/"id":(\d+)/g)].map(([, id]) => Number(id));
    expect(ids.sort((a, b) => a - b)).toEqual(input.accepted);
    expect(engine.store.totalChunksUp).toBe(0);
  });

  it("a file that cannot be opened is reported and left, and everything else is delivered", () => {
    const clock = new VirtualClock(1_800_000_000_000);
    const fileSystem = new FaultyFileSystem();
    const input = new DummyInput({ tags: ["a", "b", "c", "d"], period: 700 });
    const first = startOn(fileSystem, "/storage", input, new Refusing(), clock, 1);
    clock.runUntil(clock.now() + 800);
    first.loop.kill();
    const names = fileSystem.list("/storage/dummy.0").map(({ name }) => name);
    fileSystem.unreadable.add(`/storage/dummy.0/${names[3] ?? ""}`);
    const texts: string[] = [];
    const idle = new DummyInput({ tags: [], period: 1000 });
    const output = stdoutOutput((text) => texts.push(text));
    const { lines } = startOn(fileSystem, "/storage", idle, output, clock, 2);
    clock.runUntil(clock.now() + 10_000);
    expect(texts.join("").split("\n").length - 1).toBe(3);
    expect(lines.some((line) => line.includes("[cio file] cannot open chunk: dummy.0/"))).toBe(
      true,
    );
    expect(fileSystem.list("/storage/dummy.0")).toHaveLength(1);
  });
});
