import { describe, expect, it } from "vitest";
import { attacked } from "../../attack/attacked.ts";
import { MemoryFileSystem } from "../../../src/engine/platform/memory-file-system.ts";
import {
  arrivedIn,
  chunkPath,
  engineOn,
  goodChunk,
  logs,
  outcomeOf,
  silentLoss,
} from "./damaged-storage.ts";

describe("a chunk file with one bit turned", () => {
  it.each([
    ["off", false],
    ["on", true],
  ])("is delivered or named and kept, checksum %s", (_, checksum) => {
    const good = goodChunk(checksum);
    const end = (good.records.at(-1)?.to ?? 0) + 40;
    const found: string[] = [];
    for (let offset = 0; offset < end; offset += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const damaged = good.bytes.slice();
        damaged[offset] = (damaged[offset] ?? 0) ^ (1 << bit);
        const loss = silentLoss(good, damaged, checksum);
        if (loss !== undefined) found.push(`byte ${offset}, bit ${bit}: ${loss}`);
      }
    }
    attacked("chunk files with one bit turned", end * 8);
    expect(found).toEqual([]);
  });
});

describe("a chunk file that was cut", () => {
  it("is delivered or named and kept, wherever", () => {
    const good = goodChunk(false);
    for (let length = 1; length < good.bytes.length; length += length < 300 ? 1 : 97) {
      const outcome = outcomeOf(good.bytes.slice(0, length), false);
      if (outcome.arrived.length === logs.length) continue;
      expect([length, outcome.stays, outcome.named.length > 0]).toEqual([length, false, true]);
      expect(outcome.kept).toEqual(good.bytes.slice(0, length));
    }
  });

  it("to nothing is said so, and leaves nothing that is reported for ever", () => {
    const { arrived, named, kept, stays } = outcomeOf(new Uint8Array(0), false);
    expect([arrived, kept, stays]).toEqual([[], undefined, false]);
    expect(named.join()).toContain("it holds no record (somebody emptied it, or");
  });
});

/** An engine with one chunk that is down and waits for its endpoint. */
function waiting() {
  const fileSystem = new MemoryFileSystem();
  fileSystem.makeDirectory("/s/tail.0");
  fileSystem.replace(chunkPath, goodChunk(false).bytes);
  // Nothing can be written where the output writes: every flush is worth a retry.
  fileSystem.makeDirectory("/");
  const writable = fileSystem.append.bind(fileSystem);
  fileSystem.append = () => {
    throw new Error("ENOSPC: no space left on device");
  };
  const world = engineOn(fileSystem, false, 1);
  world.clock.runUntil(world.clock.now() + 2500);
  return {
    ...world,
    fileSystem,
    goOn: () => {
      fileSystem.append = writable;
      world.clock.runUntil(world.clock.now() + 60_000);
    },
  };
}

describe("a chunk file while its chunk is down", () => {
  it("waits, and the reason is told", () => {
    const { lines, goOn, fileSystem } = waiting();
    expect(lines.join("\n")).toContain(
      "[error] [output:file:file.0] cannot write /out: ENOSPC: no space left on device",
    );
    goOn();
    expect(arrivedIn(fileSystem)).toEqual(logs);
  });

  it.each([
    ["removed", "its file is gone, and its records with it"],
    ["emptied", "somebody emptied its file, and its records are gone"],
  ])("%s: it is said so, the task ends, and nothing is delivered", (how, says) => {
    const { engine, lines, goOn, fileSystem } = waiting();
    expect(engine.store.totalChunksUp).toBe(0);
    fileSystem.remove(chunkPath);
    if (how === "emptied") fileSystem.replace(chunkPath, new Uint8Array(0));
    goOn();
    expect(lines.filter((line) => line.includes(says))).toHaveLength(1);
    expect(arrivedIn(fileSystem)).toEqual([]);
    expect([engine.store.totalChunks, engine.taskMap.count]).toEqual([0, 0]);
    expect(fileSystem.size(chunkPath)).toBeUndefined();
    expect(engine.outputs[0]?.metrics.droppedRecords).toBe(logs.length);
  });

  it("damaged: it is named and kept, the task ends", () => {
    const { engine, lines, goOn, fileSystem } = waiting();
    fileSystem.replace(chunkPath, new Uint8Array(4096).fill(7));
    goOn();
    expect(lines.join("\n")).toMatch(/bad (layout|file size); its file is kept as rejected\//);
    expect([engine.store.totalChunks, engine.store.rejectedChunks]).toEqual([0, 1]);
    expect(fileSystem.list("/s/rejected")).toHaveLength(1);
  });
});
