import type {
  Chunk,
  ChunkResult,
  ChunkStore,
  ChunkStoreOptions,
  OverLimitOwner,
  Stream,
} from "./chunk.ts";
import { hasRoom, isUp } from "./chunk.ts";
import { fileUnmap, fileUp } from "./chunk-file.ts";
import { disposeOfDamaged, moveAside } from "./rejected.ts";
import type { Log } from "../platform/log.ts";

/** An empty store; creates `storage.path` if needed. Stands for `chunkio.c::cio_create`. */
export function chunkStoreCreate(options: ChunkStoreOptions, log: Log): ChunkStore {
  if (options.fileSystem.makeDirectory(options.rootPath)) {
    log.info(() => `[storage] created root path ${options.rootPath}`);
  }
  return { options, log, streams: new Map(), totalChunks: 0, totalChunksUp: 0, rejectedChunks: 0 };
}

/** The stream of that name, with its folder. Stands for `cio_stream.c::cio_stream_create`. */
export function streamCreate(store: ChunkStore, name: string): Stream {
  let stream = store.streams.get(name);
  if (stream === undefined) {
    store.options.fileSystem.makeDirectory(`${store.options.rootPath}/${name}`);
    stream = { name, chunks: new Set() };
    store.streams.set(name, stream);
  }
  return stream;
}

/**
 * Opens or creates a chunk. It comes up if `open` says so (normally {@link hasRoom}); otherwise it
 * stays down, and a new one has no file yet. Undefined if it was to come up and could not; then a damaged
 * file has been disposed of.
 * Stands for `cio_chunk.c::cio_chunk_open` with `cio_file.c::cio_file_open` (v3.0.4).
 */
export function chunkOpen(
  store: ChunkStore,
  stream: Stream,
  name: string,
  opensUp: boolean,
): { chunk: Chunk; result: "ok" } | { chunk: undefined; result: "error" | "corrupted" } {
  const path = `${store.options.rootPath}/${stream.name}/${name}`;
  const chunk: Chunk = {
    name,
    stream,
    path,
    file: undefined,
    map: undefined,
    dataSize: 0,
    fsSize: 0,
    checksum: 0,
    locked: false,
    overLimitOwner: undefined,
    error: undefined,
    fileState: isThere(store, path) ? "found" : "none",
    keptAside: false,
  };
  if (opensUp) {
    const result = fileUp(store, chunk);
    if (result !== "ok") {
      if (result === "corrupted") disposeOfDamaged(store, chunk);
      return { chunk: undefined, result };
    }
  }
  stream.chunks.add(chunk);
  store.totalChunks += 1;
  return { chunk, result: "ok" };
}

/** False also where it cannot be told: then the file cannot be opened, which is told. */
function isThere(store: ChunkStore, path: string): boolean {
  try {
    return store.options.fileSystem.size(path) !== undefined;
  } catch {
    return false;
  }
}

/** Brings a chunk up if the limit allows. Stands for `cio_chunk.c::cio_chunk_up` (enforced). */
export function chunkUp(store: ChunkStore, chunk: Chunk): ChunkResult {
  if (!hasRoom(store)) return "error";
  return chunkUpForce(store, chunk);
}

/**
 * Brings a chunk up whatever the limit says, to write into a chunk that must go down again.
 * Stands for `cio_chunk.c::cio_chunk_up_force`.
 */
export function chunkUpForce(store: ChunkStore, chunk: Chunk): ChunkResult {
  if (isUp(chunk)) {
    store.log.error(
      () => `[storage] [cio file] file is already mapped: ${chunk.stream.name}/${chunk.name}`,
    );
    return "error";
  }
  return fileUp(store, chunk);
}

/**
 * Brings a chunk up above the limit and charges it to `owner`, if that has less than `quota` charged.
 * Stands for what the proposed fix adds to `cio_file.c`.
 */
export function chunkUpForOutput(
  store: ChunkStore,
  chunk: Chunk,
  owner: OverLimitOwner,
  quota: number,
): ChunkResult {
  if (owner.overLimitUp >= quota) return "error";
  const result = chunkUpForce(store, chunk);
  if (result === "ok") {
    owner.overLimitUp += 1;
    chunk.overLimitOwner = owner;
  }
  return result;
}

/** Gives back the over-limit unit that this chunk holds, if any. */
export function overLimitRelease(store: ChunkStore, chunk: Chunk): void {
  const owner = chunk.overLimitOwner;
  if (owner === undefined) return;
  chunk.overLimitOwner = undefined;
  if (!owner.alive) {
    store.log.error(
      () =>
        `[storage] use after free: chunk ${chunk.name} is charged to ${owner.name}, which exited`,
    );
    return;
  }
  owner.overLimitUp -= 1;
}

/** Puts a chunk that is up down: file only. Stands for `cio_chunk.c::cio_chunk_down`. */
export function chunkDown(store: ChunkStore, chunk: Chunk): void {
  if (!isUp(chunk)) {
    store.log.error(
      () => `[storage] [cio file] file is not mapped: ${chunk.stream.name}/${chunk.name}`,
    );
    return;
  }
  fileUnmap(store, chunk);
  overLimitRelease(store, chunk);
}

/**
 * Forgets a chunk, and deletes its file if asked to. It does *not* give back an over-limit unit: the
 * proposed fix releases the quota in `cio_file_down` only, and a delivered chunk never goes there.
 * Stands for `cio_chunk.c::cio_chunk_close` with `cio_file.c::cio_file_close` (v3.0.4).
 */
export function chunkClose(store: ChunkStore, chunk: Chunk, deleteFile: boolean): void {
  fileUnmap(store, chunk);
  if (deleteFile && chunk.fileState !== "gone") {
    try {
      store.options.fileSystem.remove(chunk.path);
    } catch {
      store.log.error(
        () =>
          `[storage] [cio file] error deleting file at close ${chunk.stream.name}:${chunk.name}`,
      );
    }
  }
  chunk.stream.chunks.delete(chunk);
  store.totalChunks -= 1;
}

/**
 * Takes a chunk that cannot be delivered out of the store. Its file is kept aside, or deleted as Fluent Bit does where
 * rejected chunks are not kept.
 */
export function chunkReject(store: ChunkStore, chunk: Chunk, why: string): void {
  chunkClose(store, chunk, !store.options.keepRejected);
  if (store.options.keepRejected) moveAside(store, chunk, why);
}
