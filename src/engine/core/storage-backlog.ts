import type { Chunk } from "../chunkio/chunk.ts";
import { isUp } from "../chunkio/chunk.ts";
import { chunkClose, chunkDown, chunkReject, chunkUpForce } from "../chunkio/chunk-store.ts";
import { disposeOfDamaged } from "../chunkio/rejected.ts";
import { fileContent, fileMetadata, fileTruncateContent } from "../chunkio/chunk-file.ts";
import { decodeChunkMetadata } from "./chunk-metadata.ts";
import { compareChunkNames } from "./chunk-name.ts";
import type { Engine } from "./engine.ts";
import { registerChunk } from "./input-chunk.ts";
import { validateLogChunk } from "./log-event.ts";
import { routesByTag } from "./router.ts";
import { salvageRecords } from "./salvage.ts";
import type { InputInstance } from "./structures.ts";

/** Chunks of a former process, and the input that brings them back. Stands for `struct flb_sb`. */
export interface StorageBacklog {
  readonly input: InputInstance;
  /** Registered, not yet queued; oldest first. Fluent Bit has one such list for each output. */
  readonly waiting: Chunk[];
  /** `storage.backlog.mem_limit`: bytes of content queued at a time. */
  readonly memoryLimit: number;
}

const recoverableFrom = 32;

/**
 * Looks at every chunk that was found on disk, locks it and puts it down. Damaged chunks are disposed of as the store's
 * options say; chunks without a tag are rejected, and without content deleted; those that no output matches are never
 * queued, and kept aside if the store keeps what it rejects. One that cannot be opened is reported and left (there Fluent
 * Bit refuses to start when it happens beyond `storage.max_chunks_up`).
 * Stands for `sb.c::sb_segregate_chunks` (v3.0.4).
 */
export function backlogRegister(engine: Engine, backlog: StorageBacklog): void {
  const { store, log } = engine;
  const plugin = pluginLabel(backlog);
  for (const stream of store.streams.values()) {
    const chunks = [...stream.chunks].sort((a, b) => compareChunkNames(a.name, b.name));
    for (const chunk of chunks) {
      if (!isUp(chunk)) {
        const result = chunkUpForce(store, chunk);
        if (result === "corrupted") disposeOfDamaged(store, chunk);
        if (result !== "ok") {
          chunkClose(store, chunk, false);
          continue;
        }
      }
      const metadata = decodeChunkMetadata(fileMetadata(chunk));
      if (metadata === undefined) {
        log.error(
          () =>
            `[storage backlog] could not retrieve chunk tag from ${stream.name}/${chunk.name}, removing it from the queue`,
        );
        chunkReject(store, chunk, "it has no tag");
        continue;
      }
      log.info(() => `${plugin} register ${stream.name}/${chunk.name}`);
      chunk.locked = true;
      chunkDown(store, chunk);
      // What no output takes is never queued; it is kept aside where the store keeps what it rejects.
      if (store.options.keepRejected || routesByTag(engine, metadata.tag).length > 0) {
        backlog.waiting.push(chunk);
      }
    }
  }
  backlog.waiting.sort((a, b) => compareChunkNames(a.name, b.name));
}

/**
 * Hands waiting chunks to the engine, up to the memory limit; they stay down until they are dispatched.
 * Stands for `sb.c::cb_queue_chunks` (v3.0.4), which runs every second.
 */
export function backlogQueue(engine: Engine, backlog: StorageBacklog): void {
  let total = 0;
  while (total < backlog.memoryLimit) {
    const chunk = backlog.waiting.shift();
    if (chunk === undefined) break;
    const size = queueChunk(engine, backlog, chunk);
    if (size === undefined) {
      backlog.waiting.unshift(chunk);
      break;
    }
    total += size;
  }
  if (total > 0) engine.release.endOfStep(engine);
}

/** Bytes of content that were queued; 0 if the chunk was not, undefined if it must be tried again. */
function queueChunk(engine: Engine, backlog: StorageBacklog, chunk: Chunk): number | undefined {
  const { store, log } = engine;
  const plugin = pluginLabel(backlog);
  const name = `${chunk.stream.name}:${chunk.name}`;
  const result = chunkUpForce(store, chunk);
  if (result !== "ok") {
    log.error(() => `${plugin} removing corrupted chunk from the queue ${name}`);
    if (result === "corrupted") disposeOfDamaged(store, chunk);
    chunkClose(store, chunk, false);
    return 0;
  }
  const metadata = decodeChunkMetadata(fileMetadata(chunk));
  if (metadata === undefined) {
    log.error(() => `${plugin} removing chunk with wrong metadata from the queue ${name}`);
    chunkReject(store, chunk, "it has no tag");
    return 0;
  }
  const size = chunk.dataSize;
  if (size === 0) {
    log.error(() => `${plugin} removing empty chunk from the queue ${name}`);
    chunkClose(store, chunk, true);
    return 0;
  }
  const records = recoverRecords(engine, backlog, chunk);
  if (records === undefined) {
    log.error(() => `${plugin} chunk ${name} could not be cut to its valid records`);
    chunkDown(store, chunk);
    return undefined;
  }
  if (records === 0) {
    log.error(() => `${plugin} removing chunk ${name} from the queue`);
    chunkReject(store, chunk, "there is no record in it");
    return 0;
  }
  const routes = engine.release.routesOnDisk(engine, chunk, metadata.tag);
  if (routes.length === 0) {
    if (routesByTag(engine, metadata.tag).length > 0) {
      log.info(() => `${plugin} removing chunk ${name} from the queue: every output has it`);
      chunkClose(store, chunk, true);
      return 0;
    }
    log.warn(() => `[input chunk] no matching route for backoff log chunk ${chunk.name}`);
    if (store.options.keepRejected) {
      chunkReject(store, chunk, "no output takes it");
      return 0;
    }
  }
  const inputChunk = registerChunk(engine, backlog.input, chunk, metadata.tag, {
    backlog: true,
    routes,
  });
  inputChunk.totalRecords = records;
  backlog.input.metrics.records += records;
  backlog.input.metrics.bytes += size;
  log.info(() => `${plugin} queueing ${name}`);
  chunkDown(store, chunk);
  return size;
}

/**
 * The valid records of a chunk; what follows the last of them is cut off, if damaged chunks are not kept. Undefined if the
 * disk fails just then. Stands for the middle of `flb_input_chunk.c::flb_input_chunk_map` (v3.0.4), which cuts the mapped
 * file: there a disk that fails is noticed later, or never.
 */
function recoverRecords(engine: Engine, backlog: StorageBacklog, chunk: Chunk): number | undefined {
  const { records, length } = validateLogChunk(fileContent(chunk));
  if (length === chunk.dataSize) return records;
  // Nothing is cut off: the outputs deliver what they can read, and the file is kept.
  if (engine.store.options.keepRejected) return readableRecords(chunk);
  const plugin = pluginLabel(backlog);
  if (records === 0) {
    engine.log.error(
      () =>
        `${plugin} chunk validation failed, data might be corrupted. No valid records found, the chunk will be discarded.`,
    );
    return 0;
  }
  const found = `Found ${records} valid records, failed content starts right after byte ${length}.`;
  if (length <= recoverableFrom) {
    engine.log.error(
      () =>
        `${plugin} chunk validation failed, data might be corrupted. ${found} Cannot recover chunk,`,
    );
    return 0;
  }
  engine.log.warn(
    () =>
      `${plugin} chunk validation failed, data might be corrupted. ${found} Recovering valid records.`,
  );
  return fileTruncateContent(engine.store, chunk, length) ? records : undefined;
}

function readableRecords(chunk: Chunk): number {
  return salvageRecords(fileContent(chunk), () => undefined).records.length;
}

function pluginLabel({ input }: StorageBacklog): string {
  return `[input:${input.plugin}:${input.name}]`;
}
