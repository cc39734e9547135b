import { encodeChunkMetadata } from "../../../src/engine/core/chunk-metadata.ts";
import type { Engine } from "../../../src/engine/core/engine.ts";
import { engineCreate } from "../../../src/engine/core/create-engine.ts";
import { encodeLogEvent } from "../../../src/engine/core/log-event.ts";
import {
  fileContent,
  fileWrite,
  fileWriteMetadata,
} from "../../../src/engine/chunkio/chunk-file.ts";
import { chunkDown, chunkOpen, streamCreate } from "../../../src/engine/chunkio/chunk-store.ts";
import { contentOffset } from "../../../src/engine/chunkio/layout.ts";
import { DummyInput } from "../../../src/engine/inputs/dummy.ts";
import { EngineLoop } from "../../../src/engine/loop/engine-loop.ts";
import { fileOutput } from "../../../src/engine/outputs/text.ts";
import { createLog } from "../../../src/engine/platform/log.ts";
import { MemoryFileSystem } from "../../../src/engine/platform/memory-file-system.ts";
import { seededRandom } from "../../../src/engine/platform/random.ts";
import { VirtualClock } from "../../../src/engine/platform/virtual-clock.ts";
import { hardenedFix } from "../../../src/engine/releases/hardened-fix.ts";

const start = 1_800_000_000_000;

/** Where the chunk lies, and where it is kept when it is rejected. */
export const chunkPath = "/s/tail.0/77-1700000000.000000001.flb";
const keptPath = "/s/rejected/tail.0_77-1700000000.000000001.flb";

/** What the records of the chunk say. */
export const logs = ["first record", "second record", "third record"];

/** An engine with its clock and what it has logged from `warn` on, without the time. */
interface RunningEngine {
  readonly engine: Engine;
  readonly clock: VirtualClock;
  readonly lines: readonly string[];
}

/** An engine as `run` makes it, on these files. */
export function engineOn(
  fileSystem: MemoryFileSystem,
  checksum: boolean,
  maxChunksUp = 128,
): RunningEngine {
  const clock = new VirtualClock(start);
  const lines: string[] = [];
  const log = createLog({
    clock,
    level: "warn",
    timeStamp: "seconds",
    write: (line) => lines.push(line.slice(22)),
  });
  const started = engineCreate({
    release: hardenedFix,
    clock,
    random: seededRandom(1),
    log,
    storage: { fileSystem, rootPath: "/s", checksum, maxChunksUp, keepRejected: true },
    inputs: [{ plugin: "tail" }],
    outputs: [
      {
        pluginName: "file",
        match: "*",
        retryLimit: "no_limits",
        plugin: fileOutput(fileSystem, "/out", log),
      },
    ],
  });
  const inputs = [new DummyInput({ tags: [], period: 1000 })];
  new EngineLoop(started, { clock, flush: 0.2, grace: 1, inputs, fileSystem });
  return { engine: started.engine, clock, lines };
}

/** A chunk file of the three records, as the engine writes it; each record lies in [from, to) of the file. */
export function goodChunk(checksum: boolean): {
  readonly bytes: Uint8Array;
  readonly records: readonly { readonly from: number; readonly to: number }[];
} {
  const fileSystem = new MemoryFileSystem();
  const { store } = engineOn(fileSystem, checksum).engine;
  const { chunk } = chunkOpen(
    store,
    streamCreate(store, "tail.0"),
    "77-1700000000.000000001.flb",
    true,
  );
  if (chunk?.map === undefined) throw new Error("no chunk");
  fileWriteMetadata(store, chunk, encodeChunkMetadata("app.web"));
  const begin = contentOffset(chunk.map);
  const records = logs.map((log) => {
    const from = begin + fileContent(chunk).length;
    fileWrite(store, chunk, encodeLogEvent({ time: start, body: { log } }));
    return { from, to: begin + fileContent(chunk).length };
  });
  chunkDown(store, chunk);
  return { bytes: fileSystem.read(chunkPath, 0, fileSystem.size(chunkPath) ?? 0), records };
}

/** What became of a chunk file. */
export interface Outcome {
  /** The `log` of each record that arrived, in order. */
  readonly arrived: readonly unknown[];
  /** Lines of the log that name the chunk. */
  readonly named: readonly string[];
  /** What is kept of the file. */
  readonly kept: Uint8Array | undefined;
  /** Whether the file is still where it was. */
  readonly stays: boolean;
}

/** Starts an engine on a storage path where this chunk file lies, and lets it work. */
export function outcomeOf(bytes: Uint8Array, checksum: boolean): Outcome {
  const fileSystem = new MemoryFileSystem();
  fileSystem.makeDirectory("/s/tail.0");
  fileSystem.replace(chunkPath, bytes);
  const { clock, lines } = engineOn(fileSystem, checksum);
  clock.runUntil(start + 4000);
  return {
    arrived: arrivedIn(fileSystem),
    named: lines.filter((line) => line.includes("77-1700000000.000000001.flb")),
    kept: contentsOf(fileSystem, keptPath),
    stays: fileSystem.size(chunkPath) !== undefined,
  };
}

/** The `log` of each record in the output file. */
export function arrivedIn(fileSystem: MemoryFileSystem): readonly unknown[] {
  const text = new TextDecoder().decode(contentsOf(fileSystem, "/out") ?? new Uint8Array(0));
  return text
    .split("\n")
    .filter(Boolean)
    .map((line): unknown => {
      const record: unknown = JSON.parse(line);
      return typeof record === "object" && record !== null && "log" in record
        ? record.log
        : undefined;
    });
}

function contentsOf(fileSystem: MemoryFileSystem, path: string): Uint8Array | undefined {
  const size = fileSystem.size(path);
  return size === undefined ? undefined : fileSystem.read(path, 0, size);
}

/** What one damage came to: undefined if nothing was lost without a word. */
export function silentLoss(
  original: {
    readonly bytes: Uint8Array;
    readonly records: readonly { from: number; to: number }[];
  },
  damaged: Uint8Array,
  checksum: boolean,
): string | undefined {
  const { arrived, named, kept, stays } = outcomeOf(damaged, checksum);
  if (stays) return "the file stays where it was";
  if (kept === undefined && named.length === 0) {
    const changed = logs.filter((log, index) => arrived[index] !== log).length;
    if (arrived.length !== logs.length) return `${arrived.length} records arrive without a word`;
    if (checksum && changed > 0) return "a changed record arrives in spite of the checksum";
    return changed > 1 ? "several records are changed" : undefined;
  }
  if (kept === undefined) return "the file is named and not kept";
  if (named.length === 0) return "the file is kept and not named";
  if (!kept.every((byte, index) => byte === damaged[index]))
    return "the file is not kept as it was";
  if (checksum)
    return arrived.every((log) => logs.includes(String(log)))
      ? undefined
      : "a damaged record arrives";
  const hit = original.bytes.findIndex((byte, index) => byte !== damaged[index]);
  const untouched = logs.filter((_, index) => {
    const range = original.records[index];
    return range !== undefined && (hit < range.from || hit >= range.to);
  });
  const inRecords = hit >= (original.records[0]?.from ?? 0);
  const missing = untouched.filter((log) => !arrived.includes(log));
  return inRecords && missing.length > 0
    ? `${missing.join(", ")} could be read and is not delivered`
    : undefined;
}
