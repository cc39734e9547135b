import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Chunk } from "../../src/engine/chunkio/chunk.ts";
import { filePadding, fileWritePadding } from "../../src/engine/chunkio/chunk-file.ts";
import { chunkOpen, streamCreate } from "../../src/engine/chunkio/chunk-store.ts";
import { decodeChunkMetadata } from "../../src/engine/core/chunk-metadata.ts";
import { engineCreate } from "../../src/engine/core/create-engine.ts";
import { deliveredOutputs, noteDelivered } from "../../src/engine/core/delivered-outputs.ts";
import type { Engine } from "../../src/engine/core/engine.ts";
import { routerMatch } from "../../src/engine/core/router.ts";
import { silentLog } from "../../src/engine/platform/log.ts";
import { MemoryFileSystem } from "../../src/engine/platform/memory-file-system.ts";
import { seededRandom } from "../../src/engine/platform/random.ts";
import { VirtualClock } from "../../src/engine/platform/virtual-clock.ts";
import { park } from "../../src/engine/releases/park.ts";
import { cut } from "../trace/cuts.ts";
import { traceFrom } from "../trace/trace-text.ts";

const fixtures = join(import.meta.dirname, "../fixtures");

/** Chunk files that real engines left. */
const realFiles = readdirSync(join(fixtures, "chunk-files")).flatMap((folder) =>
  readdirSync(join(fixtures, "chunk-files", folder)).map((name) => ({
    folder,
    name,
    bytes: new Uint8Array(readFileSync(join(fixtures, "chunk-files", folder, name))),
  })),
);

/** What a release of Fluent Bit reads in a chunk file, by its own rules, written down here once more. */
function asReadBy(version: "3.0.4" | "4.2.0", file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const metadata = file.subarray(24, 24 + view.getUint16(22));
  const length = view.getUint32(10);
  const content = file.subarray(24 + metadata.length, 24 + metadata.length + length);
  const hasHeader =
    metadata[0] === 0xf1 && metadata[1] === 0x77 && (version === "4.2.0" || metadata[3] === 0);
  const rest = hasHeader ? metadata.subarray(4) : metadata;
  const end = version === "4.2.0" ? rest.indexOf(0) : -1;
  return {
    tag: Buffer.from(end === -1 ? rest : rest.subarray(0, end)).toString("latin1"),
    content: Buffer.from(content).toString("base64"),
    checksum: view.getUint32(2),
    sum: crc32(file.subarray(22, 24 + metadata.length + length)),
  };
}

const path = "/storage/dummy.0/1-2.3.flb";

/** An engine with these outputs, that has found one chunk file. */
function engineOn(bytes: Uint8Array, names: readonly string[], checksum: boolean) {
  const fileSystem = new MemoryFileSystem();
  const { engine } = engineCreate({
    release: park,
    clock: new VirtualClock(0),
    random: seededRandom(1),
    log: silentLog,
    storage: { fileSystem, rootPath: "/storage", checksum },
    inputs: [{ plugin: "dummy" }],
    outputs: names.map((alias) => ({
      pluginName: "null",
      alias,
      match: "*",
      retryLimit: "no_limits",
      plugin: { flush: () => undefined, exit: () => undefined },
    })),
  });
  fileSystem.replace(path, bytes);
  const { chunk } = chunkOpen(
    engine.store,
    streamCreate(engine.store, "dummy.0"),
    "1-2.3.flb",
    true,
  );
  if (chunk === undefined) throw new Error("not opened");
  return { engine, chunk, file: () => fileSystem.read(path, 0, 100_000) };
}

function namesOf(outputs: Engine["outputs"] | readonly { readonly name: string }[]): string[] {
  return outputs.map(({ name }) => name);
}

function noted(engine: Engine, chunk: Chunk, names: readonly string[]): boolean {
  return noteDelivered(
    engine,
    chunk,
    engine.outputs.filter(({ name }) => names.includes(name)),
  );
}

describe.each(realFiles)("$folder/$name, delivered to a and c of three outputs", (real) => {
  const checksum = real.folder === "v304-checksum-on";
  const { engine, chunk, file } = engineOn(real.bytes, ["a", "b", "c"], checksum);

  it("of a real engine says nothing before", () => {
    expect(deliveredOutputs(engine, chunk)).toEqual([]);
  });

  it("says so, also to the next process", () => {
    expect(noted(engine, chunk, ["a", "c"])).toBe(true);
    expect(namesOf(deliveredOutputs(engine, chunk))).toEqual(["a", "c"]);
    const next = engineOn(file(), ["a", "b", "c"], checksum);
    expect(namesOf(deliveredOutputs(next.engine, next.chunk))).toEqual(["a", "c"]);
  });

  it.each(["3.0.4", "4.2.0"] as const)("is to Fluent Bit v%s what it was", (version) => {
    const read = asReadBy(version, file());
    expect(read).toEqual(asReadBy(version, real.bytes));
    expect(read.tag).toMatch(/^(app\.web|t\.\d+)$/);
    if (checksum) expect(read.checksum).toBe(read.sum);
  });

  it("differs from what it was in nothing but the bytes that Chunk I/O never reads", () => {
    const now = file();
    const changed = [...now.keys()].filter((at) => now[at] !== real.bytes[at]);
    expect(changed.length).toBeGreaterThan(0);
    for (const at of changed) expect((at >= 6 && at < 10) || (at >= 14 && at < 22)).toBe(true);
  });
});

describe("what a file says of its outputs is believed only where it is certain", () => {
  const [real] = realFiles;
  if (real === undefined) throw new Error("no chunk file");
  const { engine, chunk, file } = engineOn(real.bytes, ["a", "b"], false);
  noted(engine, chunk, ["b"]);
  const written = file();
  const read = (bytes: Uint8Array, names: readonly string[]): string[] => {
    const next = engineOn(bytes, names, false);
    return namesOf(deliveredOutputs(next.engine, next.chunk));
  };

  it.each([
    ["the same outputs", ["a", "b"], ["b"]],
    ["outputs that changed places", ["b", "a"], []],
    ["another output in its place", ["a", "c"], []],
    ["an output more", ["a", "b", "c"], []],
    ["an output less", ["a"], []],
  ])("%s", (_what, names, expected) => {
    expect(read(written, names)).toEqual(expected);
  });

  it.each([...Array(12).keys()].map((at) => (at < 4 ? 6 + at : 10 + at)))(
    "byte %i is damaged",
    (at) => {
      expect(read(written.with(at, (written[at] ?? 0) ^ 1), ["a", "b"])).toEqual([]);
    },
  );

  it("the first 64 outputs are noted, and no others", () => {
    const many = Array.from({ length: 70 }, (_, output) => `o${output}`);
    const wide = engineOn(real.bytes, many, false);
    noted(wide.engine, wide.chunk, many.slice(60));
    expect(namesOf(deliveredOutputs(wide.engine, wide.chunk))).toEqual(many.slice(60, 64));
  });

  it("a chunk that is down says nothing, and takes no note", () => {
    const down: Chunk = { ...chunk, file: undefined, map: undefined };
    expect(filePadding(down)).toBeUndefined();
    expect(deliveredOutputs(engine, down)).toEqual([]);
    expect(fileWritePadding(engine.store, down, { bytes: new Uint8Array(8), checksum: 0 })).toBe(
      false,
    );
  });
});

/** The place that was used first: the fourth byte of the metadata. */
describe("the fourth byte of the metadata is no place for it", () => {
  const downgrade = join(fixtures, "downgrade");
  const trace = traceFrom(cut("v304_park_hold_downgrade_map8_up8").lines);
  const log = readFileSync(join(downgrade, "fluent-bit.log"), "utf8");
  const registered = [...log.matchAll(/register forward\.0\/(\S+)/g)].map(([, name]) => name);

  it("a real v3.0.4 registered the seven files of a park that used it, and queued none", () => {
    expect(registered).toHaveLength(7);
    expect(log).not.toContain("queueing");
    const owed = registered.map(
      (name) => trace.events.findLast(({ kind, chunk }) => kind === "park" && chunk === name)?.owed,
    );
    // Output a is owed each of them, and b has them.
    expect(new Set(owed)).toEqual(new Set([1]));
  });

  it("because the tag that it reads begins with the header, which no output matches", () => {
    for (const { bytes } of realFiles) {
      const marked = bytes.with(27, 2);
      expect(routerMatch(asReadBy("3.0.4", bytes).tag, "*.*")).toBe(true);
      expect(asReadBy("3.0.4", marked).tag).toBe(`\xf1w\0\x02${asReadBy("3.0.4", bytes).tag}`);
      expect(routerMatch(asReadBy("3.0.4", marked).tag, "t.*")).toBe(false);
      expect(asReadBy("4.2.0", marked).tag).toBe(asReadBy("4.2.0", bytes).tag);
    }
  });
});

describe("chunk metadata", () => {
  const header = (flags: number, rest: string): Uint8Array =>
    Uint8Array.from([0xf1, 0x77, 0, flags, ...Buffer.from(rest, "latin1")]);

  it.each([
    ["of v3.0.4", header(0, "t.1"), "t.1"],
    [
      "of v4.2.0 with direct routes after the tag",
      header(3, "t.1\0\0\x07\0\x01\0\x05out_a"),
      "t.1",
    ],
    ["of a park that kept delivered outputs there", header(2, "t.1"), "t.1"],
    ["of a version without a header", Buffer.from("t.1"), "t.1"],
    ["without a tag", header(0, ""), undefined],
    ["with an empty tag", header(1, "\0\0\x07"), undefined],
    ["of a kind that there is not", header(0, "t.1").with(2, 9), undefined],
  ])("%s", (_what, metadata, tag) => {
    expect(decodeChunkMetadata(metadata)?.tag).toBe(tag);
  });
});
