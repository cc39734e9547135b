import type { Chunk } from "../chunkio/chunk.ts";
import { isUp } from "../chunkio/chunk.ts";
import {
  chunkClose,
  chunkDown,
  chunkOpen,
  chunkUp,
  chunkUpForce,
  overLimitRelease,
} from "../chunkio/chunk-store.ts";
import { fileContent, fileWrite, fileWriteMetadata } from "../chunkio/chunk-file.ts";
import { disposeOfDamaged } from "../chunkio/rejected.ts";
import { encodeChunkMetadata } from "./chunk-metadata.ts";
import type { Engine } from "./engine.ts";
import { generateChunkName } from "./chunk-name.ts";
import { routesByTag } from "./router.ts";
import type { InputChunk, InputInstance } from "./structures.ts";

/** Bytes of content beyond which a chunk takes no more records. `FLB_INPUT_CHUNK_FS_MAX_SIZE`. */
const sealSize = 2_048_000;

/**
 * Appends packed records under a tag: to the last chunk of that tag if it is not busy, else to a new
 * one. A chunk that is down is brought up whatever the limit says, written, and put down again.
 * False if nothing was appended: the input is paused, or there is no chunk to write into; the caller
 * keeps its records. Stands for `flb_input_chunk.c::input_chunk_append_raw` (v3.0.4).
 */
export function inputChunkAppend(
  engine: Engine,
  input: InputInstance,
  tag: string,
  data: Uint8Array,
  records: number,
): boolean {
  if (input.paused) {
    engine.log.debug(() => `[input chunk] ${input.name} is paused, cannot append records`);
    return false;
  }
  const target = inputChunkGet(engine, input, tag);
  if (target === undefined) {
    engine.log.error(() => "[input chunk] no available chunk");
    return false;
  }
  const { inputChunk, setDown } = target;
  const { chunk } = inputChunk;
  if (!fileWrite(engine.store, chunk, data)) {
    engine.log.error(() => `[input chunk] error writing data from ${input.name} instance`);
    if (chunk.dataSize === 0) inputChunkDestroy(engine, inputChunk, true);
    else if (setDown) chunkDown(engine.store, chunk);
    return false;
  }
  inputChunk.totalRecords += records;
  input.metrics.records += records;
  input.metrics.bytes += data.length;
  if (chunk.dataSize > sealSize) {
    chunk.locked = true;
    inputChunk.sealed = true;
  }
  if (setDown) chunkDown(engine.store, chunk);
  inputChunkProtect(engine, input);
  engine.release.endOfStep(engine);
  return true;
}

/** A chunk that is up and may be written. Stands for `flb_input_chunk.c::input_chunk_get` (v3.0.4). */
function inputChunkGet(
  engine: Engine,
  input: InputInstance,
  tag: string,
): { inputChunk: InputChunk; setDown: boolean } | undefined {
  const last = input.chunkOfTag.get(tag);
  if (last !== undefined && !last.busy && !last.chunk.locked) {
    if (isUp(last.chunk)) return { inputChunk: last, setDown: false };
    const result = chunkUpForce(engine.store, last.chunk);
    if (result === "ok") return { inputChunk: last, setDown: true };
    if (result === "corrupted") inputChunkDestroyCorrupted(engine, last);
  }
  return inputChunkCreate(engine, input, tag);
}

/** Stands for `flb_input_chunk.c::flb_input_chunk_create` (v3.0.4). */
function inputChunkCreate(
  engine: Engine,
  input: InputInstance,
  tag: string,
): { inputChunk: InputChunk; setDown: boolean } | undefined {
  const name = generateChunkName(engine);
  const opensUp = engine.release.opensUp(engine);
  const { chunk } = chunkOpen(engine.store, input.stream, name, opensUp);
  if (chunk === undefined) {
    engine.log.error(
      () => `[input chunk] could not create chunk file: ${input.stream.name}:${name}`,
    );
    removeUnborn(engine, `${engine.store.options.rootPath}/${input.stream.name}/${name}`);
    return undefined;
  }
  if (!opensUp && chunkUpForce(engine.store, chunk) !== "ok") {
    chunkClose(engine.store, chunk, engine.store.options.fileSystem.size(chunk.path) !== undefined);
    return undefined;
  }
  if (!fileWriteMetadata(engine.store, chunk, encodeChunkMetadata(tag))) {
    engine.log.error(() => "[input chunk] could not write metadata");
    chunkClose(engine.store, chunk, true);
    return undefined;
  }
  const inputChunk = registerChunk(engine, input, chunk, tag, {
    backlog: false,
    routes: routesByTag(engine, tag),
  });
  if (!opensUp) engine.release.openedDown(engine, inputChunk);
  input.chunkOfTag.set(tag, inputChunk);
  return { inputChunk, setDown: !opensUp };
}

/**
 * Removes the empty file of a chunk that could not be created. Without it a full disk collects one for each
 * attempt, until a restart deletes them.
 */
function removeUnborn({ store }: Engine, path: string): void {
  const { fileSystem } = store.options;
  try {
    if (fileSystem.size(path) !== undefined) fileSystem.remove(path);
  } catch {
    store.log.error(() => `[storage] [cio file] error deleting file at close ${path}`);
  }
}

/** Makes the engine's view of a chunk and adds it to its input. */
export function registerChunk(
  engine: Engine,
  input: InputInstance,
  chunk: Chunk,
  tag: string,
  origin: { backlog: boolean; routes: InputChunk["routes"] },
): InputChunk {
  const inputChunk: InputChunk = {
    chunk,
    input,
    tag,
    routes: origin.routes,
    busy: false,
    backlog: origin.backlog,
    task: undefined,
    totalRecords: 0,
    sealed: false,
    age: "new",
  };
  input.chunks.add(inputChunk);
  engine.release.chunkIdle(engine, inputChunk);
  return inputChunk;
}

/**
 * Brings an idle chunk up, within the limit, and seals it. Undefined if it cannot be brought up; a damaged one is closed
 * if its file is kept, where Fluent Bit would look at it again for ever.
 * Stands for `flb_input_chunk.c::flb_input_chunk_flush` (v3.0.4).
 */
export function inputChunkFlush(engine: Engine, inputChunk: InputChunk): Uint8Array | undefined {
  const { chunk } = inputChunk;
  const result = isUp(chunk) ? "ok" : chunkUp(engine.store, chunk);
  if (result === "corrupted" && engine.store.options.keepRejected) {
    inputChunkDestroyCorrupted(engine, inputChunk);
  }
  if (result !== "ok") return undefined;
  chunk.locked = true;
  return fileContent(chunk);
}

/**
 * Closes a chunk and, normally, deletes its file. Stands for `flb_input_chunk.c::flb_input_chunk_destroy`
 * (v3.0.4), which brings the chunk up once more to read its tag; here the tag is kept in memory.
 */
export function inputChunkDestroy(
  engine: Engine,
  inputChunk: InputChunk,
  deleteFile: boolean,
): void {
  const { input, tag } = inputChunk;
  engine.release.chunkClosing(engine, inputChunk);
  if (input.chunkOfTag.get(tag) === inputChunk) input.chunkOfTag.delete(tag);
  chunkClose(engine.store, inputChunk.chunk, deleteFile);
  input.chunks.delete(inputChunk);
}

/** Stands for `flb_input_chunk.c::flb_input_chunk_destroy_corrupted` (v3.0.4). */
function inputChunkDestroyCorrupted(engine: Engine, inputChunk: InputChunk): void {
  const { deleteIrrecoverable, keepRejected } = engine.store.options;
  if (keepRejected) disposeOfDamaged(engine.store, inputChunk.chunk);
  if (deleteIrrecoverable) engine.log.error(() => "[input chunk] discarding corrupted chunk");
  inputChunkDestroy(engine, inputChunk, deleteIrrecoverable);
}

/** Gives the over-limit unit of a chunk back, if it holds one. */
export function inputChunkReleaseOverLimit(engine: Engine, inputChunk: InputChunk): void {
  overLimitRelease(engine.store, inputChunk.chunk);
}

/**
 * Resumes a paused input when it is no longer over the limit. Only the end of a task of the same input asks: a paused input
 * refuses the append that would ask, too. Stands for `flb_input_chunk.c::flb_input_chunk_set_limits`.
 */
export function inputChunkSetLimits(engine: Engine, input: InputInstance): void {
  if (!input.paused || !engine.running || engine.shuttingDown) return;
  if (isStorageOverLimit(engine, input)) return;
  input.paused = false;
  engine.log.info(() => `[input] ${input.name} resume (storage buf overlimit ${limits(engine)})`);
}

/**
 * Pauses an input that is over the limit, after an append. So it pauses with the chunk that fills the memory, not before it.
 * Stands for `flb_input_chunk.c::flb_input_chunk_protect`.
 */
function inputChunkProtect(engine: Engine, input: InputInstance): void {
  if (input.paused || !isStorageOverLimit(engine, input)) return;
  engine.log.warn(() => `[input] ${input.name} paused (storage buf overlimit ${limits(engine)})`);
  input.paused = true;
}

function isStorageOverLimit(engine: Engine, input: InputInstance): boolean {
  return (
    input.pauseOnChunksOverlimit && engine.store.totalChunksUp >= engine.store.options.maxChunksUp
  );
}

function limits({ store }: Engine): string {
  return `${store.totalChunksUp}/${store.options.maxChunksUp}`;
}
