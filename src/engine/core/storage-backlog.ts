import type { Chunk } from "../chunkio/chunk.ts";
import { isUp } from "../chunkio/chunk.ts";
import { chunkClose, chunkDown, chunkUpForce } from "../chunkio/chunk-store.ts";
import { fileContent, fileMetadata, fileTruncateContent } from "../chunkio/chunk-file.ts";
import { decodeChunkMetadata } from "./chunk-metadata.ts";
import { compareChunkNames } from "./chunk-name.ts";
import type { Engine } from "./engine.ts";
import { registerChunk } from "./input-chunk.ts";
import { validateLogChunk } from "./log-event.ts";
import { routesByTag } from "./router.ts";
import type { InputChunk, InputInstance } from "./structures.ts";

/** Chunks of a former process, and the input that brings them back. Stands for `struct flb_sb`. */
export interface StorageBacklog {
  readonly input: InputInstance;
  /** Registered, not yet queued; oldest first. Fluent Bit has one such list for each output. */
  readonly waiting: Chunk[];
  /** `storage.backlog.mem_limit`: bytes of content queued at a time. */
  readonly memoryLimit: number;
  /** Ages to give back, by chunk name: only a crash in a test knows them. */
  readonly ages: ReadonlyMap<string, InputChunk["age"]>;
}

const recoverableFrom = 32;

/**
 * Looks at every chunk that was found on disk, locks it and puts it down. Damaged chunks are reported
 * and left; chunks without a tag or without content are deleted. One that cannot be read is reported
 * and left too (there Fluent Bit refuses to start when it happens beyond `storage.max_chunks_up`).
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
        if (result === "corrupted" && store.options.deleteIrrecoverable) {
          if (chunk.error === "bad file size" || chunk.error === "bad layout") {
            log.error(
              () => `${plugin} discarding irrecoverable chunk ${stream.name}/${chunk.name}`,
            );
            chunkClose(store, chunk, true);
            continue;
          }
        }
        if (result !== "ok") {
          chunkClose(store, chunk, false);
          continue;
        }
      }
      if (decodeChunkMetadata(fileMetadata(chunk)) === undefined) {
        log.error(
          () =>
            `[storage backlog] could not retrieve chunk tag from ${stream.name}/${chunk.name}, removing it from the queue`,
        );
        chunkClose(store, chunk, true);
        continue;
      }
      log.info(() => `${plugin} register ${stream.name}/${chunk.name}`);
      chunk.locked = true;
      chunkDown(store, chunk);
      backlog.waiting.push(chunk);
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
  if (chunkUpForce(store, chunk) !== "ok") {
    log.error(() => `${plugin} removing corrupted chunk from the queue ${name}`);
    chunkClose(store, chunk, false);
    return 0;
  }
  const metadata = decodeChunkMetadata(fileMetadata(chunk));
  if (metadata === undefined) {
    log.error(() => `${plugin} removing chunk with wrong metadata from the queue ${name}`);
    chunkClose(store, chunk, true);
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
    chunkClose(store, chunk, true);
    return 0;
  }
  const routes = routesByTag(engine, metadata.tag).filter(
    (output) => output.id > 7 || (metadata.delivered & (1 << output.id)) === 0,
  );
  if (routes.length === 0) {
    log.warn(() => `[input chunk] no matching route for backoff log chunk ${chunk.name}`);
  }
  const inputChunk = registerChunk(engine, backlog.input, chunk, metadata.tag, {
    backlog: true,
    routes,
    age: backlog.ages.get(chunk.name) ?? "new",
  });
  inputChunk.totalRecords = records;
  backlog.input.metrics.records += records;
  backlog.input.metrics.bytes += size;
  log.info(() => `${plugin} queueing ${name}`);
  chunkDown(store, chunk);
  return size;
}

/**
 * The valid records of a chunk; what follows the last of them is cut off. Undefined if the disk fails just then.
 * Stands for the middle of `flb_input_chunk.c::flb_input_chunk_map` (v3.0.4), which cuts the mapped file: there a disk
 * that fails is noticed later, or never.
 */
function recoverRecords(engine: Engine, backlog: StorageBacklog, chunk: Chunk): number | undefined {
  const { records, length } = validateLogChunk(fileContent(chunk));
  if (length === chunk.dataSize) return records;
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

function pluginLabel({ input }: StorageBacklog): string {
  return `[input:${input.plugin}:${input.name}]`;
}
