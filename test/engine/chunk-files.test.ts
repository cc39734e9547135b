import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { isUp, type ChunkStore } from "../../src/engine/chunkio/chunk.ts";
import {
  fileContent,
  fileMetadata,
  fileWrite,
  fileWriteMetadata,
} from "../../src/engine/chunkio/chunk-file.ts";
import {
  chunkClose,
  chunkDown,
  chunkOpen,
  chunkStoreCreate,
  chunkUp,
  chunkUpForce,
  streamCreate,
} from "../../src/engine/chunkio/chunk-store.ts";
import { decodeChunkMetadata, encodeChunkMetadata } from "../../src/engine/core/chunk-metadata.ts";
import {
  decodeLogEvents,
  encodeLogEvent,
  validateLogChunk,
} from "../../src/engine/core/log-event.ts";
import { silentLog } from "../../src/engine/platform/log.ts";
import { MemoryFileSystem } from "../../src/engine/platform/memory-file-system.ts";
import { FaultyFileSystem } from "./faults/faulty-file-system.ts";

const fixtures = join(import.meta.dirname, "../fixtures/chunk-files");

function fixtureFiles(): { folder: string; name: string; bytes: Uint8Array }[] {
  return readdirSync(fixtures).flatMap((folder) =>
    readdirSync(join(fixtures, folder)).map((name) => ({
      folder,
      name,
      bytes: new Uint8Array(readFileSync(join(fixtures, folder, name))),
    })),
  );
}

function storeOn(
  fileSystem: MemoryFileSystem,
  options: { checksum?: boolean; maxChunksUp?: number } = {},
): ChunkStore {
  return chunkStoreCreate(
    {
      fileSystem,
      rootPath: "/storage",
      maxChunksUp: options.maxChunksUp ?? 128,
      checksum: options.checksum ?? false,
      fullSync: false,
      deleteIrrecoverable: false,
      keepRejected: false,
    },
    silentLog,
  );
}

function openBytes(bytes: Uint8Array, checksum: boolean) {
  const fileSystem = new MemoryFileSystem();
  const store = storeOn(fileSystem, { checksum });
  const stream = streamCreate(store, "tail.0");
  fileSystem.replace("/storage/tail.0/1-2.3.flb", bytes);
  return { fileSystem, store, stream, ...chunkOpen(store, stream, "1-2.3.flb", true) };
}

describe("files that the real engine wrote", () => {
  it("are all there", () => {
    expect(fixtureFiles().map(({ folder }) => folder)).toEqual([
      "v304",
      "v304",
      "v304-checksum-on",
      "v304-checksum-on",
      "v304-checksum-on",
      "v511",
      "v511",
    ]);
  });

  it.each(fixtureFiles())("$folder/$name can be read", ({ folder, bytes }) => {
    const { chunk } = openBytes(bytes, folder === "v304-checksum-on");
    if (chunk === undefined) throw new Error("not opened");
    const metadata = decodeChunkMetadata(fileMetadata(chunk));
    expect(metadata?.kind).toBe("logs");
    expect(metadata?.tag).toMatch(/^(app\.web|t\.\d+)$/);
    const content = fileContent(chunk);
    const events = decodeLogEvents(content);
    expect(validateLogChunk(content)).toEqual({
      records: events.length,
      length: content.length,
    });
    expect(events.length).toBeGreaterThan(1);
    for (const { time, body } of events) {
      expect(new Date(time).getUTCFullYear()).toBe(2026);
      expect(body["id"]).toBeTypeOf("number");
    }
    if (folder === "v304-checksum-on") {
      expect(events[0]?.body).toEqual({ id: 1, message: "héllo wörld", level: "info" });
    }
  });

  it.each(fixtureFiles())("$folder/$name is written again byte for byte", ({ folder, bytes }) => {
    const checksum = folder === "v304-checksum-on";
    const original = openBytes(bytes, checksum);
    if (original.chunk === undefined) throw new Error("not opened");
    const fileSystem = new MemoryFileSystem();
    const store = storeOn(fileSystem, { checksum });
    const stream = streamCreate(store, "tail.0");
    const { chunk } = chunkOpen(store, stream, "copy.flb", true);
    if (chunk === undefined) throw new Error("not created");
    const { tag } = decodeChunkMetadata(fileMetadata(original.chunk)) ?? { tag: "" };
    expect(fileWriteMetadata(store, chunk, encodeChunkMetadata(tag))).toBe(true);
    const content = fileContent(original.chunk);
    const middle = Math.floor(content.length / 2);
    expect(fileWrite(store, chunk, content.slice(0, middle))).toBe(true);
    chunkDown(store, chunk);
    expect(chunkUp(store, chunk)).toBe("ok");
    expect(fileWrite(store, chunk, content.slice(middle))).toBe(true);
    expect(fileSystem.read("/storage/tail.0/copy.flb", 0, 10_000)).toEqual(bytes);
  });

  it("hold records as encodeLogEvent packs them", () => {
    const fixture = fixtureFiles().find(({ folder }) => folder === "v304-checksum-on");
    if (fixture === undefined) throw new Error("no fixture");
    const { chunk } = openBytes(fixture.bytes, true);
    if (chunk === undefined) throw new Error("not opened");
    const content = fileContent(chunk);
    const first = encodeLogEvent({
      time: 0,
      body: { id: 1, message: "héllo wörld", level: "info" },
    });
    const stampEnd = 20;
    expect(content.slice(0, 12)).toEqual(first.slice(0, 12));
    expect(content.slice(stampEnd, first.length)).toEqual(first.slice(stampEnd));
  });
});

describe("damaged files", () => {
  const [fixture] = fixtureFiles().filter(({ folder }) => folder === "v304-checksum-on");
  const good = fixture?.bytes ?? new Uint8Array(0);

  it.each([
    ["a wrong checksum", good.with(80, 0xff), "bad checksum"],
    ["a wrong first byte", good.with(0, 0), "bad layout"],
    ["a content that is cut off", good.slice(0, 100), "bad file size"],
    ["a header that is cut off", good.slice(0, 10), "bad file size"],
  ])("%s is found", (_name, bytes, error) => {
    const { store, stream, result } = openBytes(bytes, true);
    expect(result).toBe("corrupted");
    expect(store.totalChunks).toBe(0);
    expect(store.totalChunksUp).toBe(0);
    const { chunk } = chunkOpen(store, stream, "1-2.3.flb", false);
    if (chunk === undefined) throw new Error("not registered");
    expect(chunkUpForce(store, chunk)).toBe("corrupted");
    expect(chunk.error).toBe(error);
    expect(isUp(chunk)).toBe(false);
  });

  it("a chunk of an old version has no length in its header", () => {
    const old = good.slice(0, 24 + 11 + 118);
    old.fill(0, 10, 14);
    const { chunk } = openBytes(old, false);
    if (chunk === undefined) throw new Error("not opened");
    expect(decodeLogEvents(fileContent(chunk))).toHaveLength(2);
  });
});

describe("the limit of chunks up", () => {
  it("holds for new chunks and for those that are brought up, and not for those that are forced", () => {
    const fileSystem = new MemoryFileSystem();
    const store = storeOn(fileSystem, { maxChunksUp: 1 });
    const stream = streamCreate(store, "tail.0");
    const first = chunkOpen(store, stream, "1.flb", true).chunk;
    const second = chunkOpen(store, stream, "2.flb", false).chunk;
    if (first === undefined || second === undefined) throw new Error("not opened");
    expect(fileSystem.size("/storage/tail.0/2.flb")).toBeUndefined();
    expect(chunkUp(store, second)).toBe("error");
    expect(chunkUpForce(store, second)).toBe("ok");
    expect(store.totalChunksUp).toBe(2);
    chunkDown(store, second);
    chunkClose(store, first, true);
    expect(fileSystem.size("/storage/tail.0/1.flb")).toBeUndefined();
    expect([store.totalChunks, store.totalChunksUp]).toEqual([1, 0]);
    expect(chunkUp(store, second)).toBe("ok");
  });
});

describe("a write that fails", () => {
  it.each([true, false])("counts for nothing, checksums: %s", (checksum) => {
    const fileSystem = new FaultyFileSystem();
    const store = storeOn(fileSystem, { checksum });
    const { chunk } = chunkOpen(store, streamCreate(store, "dummy.0"), "1-1.1.flb", true);
    if (chunk === undefined) throw new Error("no chunk");
    expect(fileWriteMetadata(store, chunk, encodeChunkMetadata("a"))).toBe(true);
    expect(fileWrite(store, chunk, new Uint8Array([1, 2, 3]))).toBe(true);
    for (const failing of ["headers", "contents"] as const) {
      fileSystem.failing = failing;
      expect(fileWrite(store, chunk, new Uint8Array([9, 9]))).toBe(false);
      expect([...fileContent(chunk)]).toEqual([1, 2, 3]);
    }
    fileSystem.failing = "none";
    expect(fileWrite(store, chunk, new Uint8Array([4]))).toBe(true);
    chunkDown(store, chunk);
    expect(chunkUp(store, chunk)).toBe("ok");
    expect([...fileContent(chunk)]).toEqual([1, 2, 3, 4]);
  });
});
