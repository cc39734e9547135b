import { describe, expect, it } from "vitest";
import { engineCreate } from "../../../src/engine/core/create-engine.ts";
import { TailInput } from "../../../src/engine/inputs/tail.ts";
import { EngineLoop } from "../../../src/engine/loop/engine-loop.ts";
import { fileOutput } from "../../../src/engine/outputs/text.ts";
import { createLog } from "../../../src/engine/platform/log.ts";
import type { OpenFile } from "../../../src/engine/platform/file-system.ts";
import { MemoryFileSystem } from "../../../src/engine/platform/memory-file-system.ts";
import { seededRandom } from "../../../src/engine/platform/random.ts";
import { VirtualClock } from "../../../src/engine/platform/virtual-clock.ts";
import { hardenedFix } from "../../../src/engine/releases/hardened-fix.ts";
import { arrivedIn } from "./damaged-storage.ts";

/** Files in memory of which some changes fail, counted from 0. */
class FailingFileSystem extends MemoryFileSystem {
  changes = 0;
  /** Changes [from, to) fail. */
  failing = { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  readonly failed = new Set<string>();

  override open(path: string): OpenFile {
    if (this.size(path) === undefined) this.#change("create");
    const file = super.open(path);
    return {
      ...file,
      resize: (size) => {
        this.#change("resize");
        file.resize(size);
      },
      writeBack: (map, from, to) => {
        this.#change("write");
        file.writeBack(map, from, to);
      },
    };
  }

  override remove(path: string): void {
    this.#change("remove");
    super.remove(path);
  }

  override rename(from: string, to: string): void {
    this.#change("rename");
    super.rename(from, to);
  }

  override append(path: string, bytes: Uint8Array): void {
    if (!path.startsWith("/log")) this.#change("append");
    this.#quietly(() => {
      super.append(path, bytes);
    });
  }

  override replace(path: string, bytes: Uint8Array): void {
    this.#change("replace");
    this.#quietly(() => {
      super.replace(path, bytes);
    });
  }

  #change(what: string): void {
    const number = this.changes;
    this.changes += 1;
    if (number < this.failing.from || number >= this.failing.to) return;
    this.failed.add(what);
    throw new Error("EROFS: read-only file system");
  }

  /** Whatever this does, it is one change, and was counted. */
  #quietly(action: () => void): void {
    const { changes, failing } = this;
    this.failing = { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY };
    action();
    this.changes = changes;
    this.failing = failing;
  }
}

const lines = Array.from({ length: 24 }, (_, line) => `line ${line}`);

function start(files: FailingFileSystem, clock: VirtualClock): EngineLoop {
  const log = createLog({ clock, level: "error", timeStamp: "seconds", write: () => undefined });
  const started = engineCreate({
    release: hardenedFix,
    clock,
    random: seededRandom(1),
    log,
    storage: { fileSystem: files, rootPath: "/s", checksum: true, keepRejected: true },
    inputs: [{ plugin: "tail" }],
    outputs: [
      {
        pluginName: "file",
        match: "*",
        retryLimit: "no_limits",
        plugin: fileOutput(files, "/out", log),
      },
    ],
    schedulerBase: 1,
    schedulerCap: 1,
    pid: clock.now() % 1000,
  });
  const tail = new TailInput({ find: () => ["/log"], tag: "t", db: "/db" });
  return new EngineLoop(started, { clock, flush: 1, grace: 1, inputs: [tail], fileSystem: files });
}

/** Lines are written and delivered while some changes of the disk fail; then a new process looks at what is left. */
function run(from: number, to: number) {
  const files = new FailingFileSystem();
  files.makeDirectory("/");
  const clock = new VirtualClock(1_800_000_000_000);
  const loop = start(files, clock);
  files.changes = 0;
  files.failing = { from, to };
  for (const line of lines) {
    files.append("/log", new TextEncoder().encode(`${line}\n`));
    clock.runUntil(clock.now() + 400);
  }
  clock.runUntil(clock.now() + 8000);
  const { changes } = files;
  loop.kill();
  files.failing = { from: 0, to: 0 };
  start(files, clock);
  clock.runUntil(clock.now() + 8000);
  const left = files.list("/s/tail.0").map(({ name }) => name);
  return { changes, failed: [...files.failed], arrived: arrivedIn(files).map(String), left };
}

describe("a disk that fails at one change or at many", () => {
  it.each([1, 7, 40])("loses nothing and leaves nothing, %i failing changes in a row", (many) => {
    const { changes } = run(0, 0);
    expect(changes).toBeGreaterThan(100);
    const wrong: unknown[] = [];
    for (let from = 0; from < changes; from += many === 1 ? 1 : 5) {
      const { failed, arrived, left } = run(from, from + many);
      const missing = lines.filter((line) => !arrived.includes(line));
      // A chunk whose file could not be deleted is delivered again by the next process.
      const twice =
        failed.includes("remove") || failed.includes("replace")
          ? 0
          : arrived.length - new Set(arrived).size;
      if (missing.length > 0 || twice > 0 || left.length > 0)
        wrong.push({ from, failed, missing, twice, left });
    }
    expect(wrong).toEqual([]);
  });
});
