import { crc32 } from "node:zlib";

import type { Chunk, ChunkResult, ChunkStore } from "./chunk.ts";
import {
  checksumStart,
  contentOffset,
  growthSize,
  hasIdentification,
  headerSize,
  isUnfinished,
  markUnfinished,
  paddingOf,
  pageSize,
  readChecksum,
  readContentLength,
  readMetadataLength,
  readPaddingChecksum,
  roundUpToPage,
  writeChecksum,
  writeContentLength,
  writeHeader,
  writeMetadataLength,
  writePaddingChecksum,
} from "./layout.ts";

/**
 * Opens and maps the file of a chunk that is down; creates it if the chunk has none yet. A file that was there and is
 * not any more, or is empty, is told: Chunk I/O makes a new one, and the records are gone without a word. The caller counts
 * nothing: the counter of chunks up moves here, as in C.
 * Stands for `cio_file.c::_cio_file_up` after the limit was looked at, with `mmap_file` (v3.0.4).
 */
export function fileUp(store: ChunkStore, chunk: Chunk): ChunkResult {
  const { fileSystem } = store.options;
  try {
    if (chunk.fileState !== "none" && fileSystem.size(chunk.path) === undefined) {
      return vanished(store, chunk);
    }
    chunk.file = fileSystem.open(chunk.path);
  } catch {
    store.log.error(() => `[storage] [cio file] cannot open chunk: ${displayName(chunk)}`);
    return "error";
  }
  const result = mapFile(store, chunk, chunk.file);
  if (result === "ok") chunk.fileState = "known";
  else closeFile(chunk);
  return result;
}

/** Writes what is pending and gives up memory and descriptor. Stands for `munmap_file`. */
export function fileUnmap(store: ChunkStore, chunk: Chunk): void {
  if (chunk.map === undefined) return;
  if (store.options.fullSync) attempt(() => chunk.file?.sync());
  chunk.map = undefined;
  chunk.dataSize = 0;
  store.totalChunksUp -= 1;
  closeFile(chunk);
}

/**
 * Appends to the content of a chunk that is up. The content is written before the header that counts
 * it, and always with a finished checksum: a process that is killed in between leaves a valid file, or
 * at the first append one that is marked as unfinished. (Chunk I/O leaves an unfinished checksum until the next sync, so there a kill spoils the chunk.)
 * Stands for `cio_file.c::cio_file_write` (v3.0.4). Returns false if the disk is full or fails; then
 * nothing was appended.
 */
export function fileWrite(store: ChunkStore, chunk: Chunk, data: Uint8Array): boolean {
  const { file } = chunk;
  if (file === undefined || chunk.map === undefined) {
    store.log.error(() => `[storage] [cio file] file is not mmap()ed: ${displayName(chunk, ":")}`);
    return false;
  }
  const start = contentOffset(chunk.map) + chunk.dataSize;
  if (!reserve(store, chunk, start + data.length)) return false;
  const map = chunk.map;
  try {
    map.set(data, start);
    file.writeBack(map, start, start + data.length);
  } catch {
    return false;
  }
  return commitLength(store, chunk, chunk.dataSize + data.length, data);
}

/**
 * Replaces the metadata of a chunk. Stands for `cio_file.c::cio_file_write_metadata` (v3.0.4).
 */
export function fileWriteMetadata(store: ChunkStore, chunk: Chunk, metadata: Uint8Array): boolean {
  const { file } = chunk;
  if (file === undefined || chunk.map === undefined) return false;
  const content = fileContent(chunk).slice();
  const end = headerSize + metadata.length + content.length;
  if (!reserve(store, chunk, end)) return false;
  const map = chunk.map;
  try {
    map.set(metadata, headerSize);
    map.set(content, headerSize + metadata.length);
    writeMetadataLength(map, metadata.length);
    setChecksum(store, chunk, map);
    file.writeBack(map, 0, end);
  } catch {
    return false;
  }
  return true;
}

/**
 * Cuts the content to its first `length` bytes. Stands for `cio_chunk.c::cio_chunk_write_at` with
 * nothing to write, which is how Fluent Bit recovers the valid part of a damaged chunk.
 */
export function fileTruncateContent(store: ChunkStore, chunk: Chunk, length: number): boolean {
  return commitLength(store, chunk, length, undefined);
}

/** What the padding of a chunk file holds, with the checksum that belongs to it. */
export interface FilePadding {
  /** Eight bytes. */
  readonly bytes: Uint8Array;
  readonly checksum: number;
}

/** The padding of a chunk that is up; undefined otherwise. */
export function filePadding({ map }: Chunk): FilePadding | undefined {
  if (map === undefined) return undefined;
  return { bytes: paddingOf(map).slice(), checksum: readPaddingChecksum(map) };
}

/**
 * Writes into the padding of a chunk that is up; neither metadata nor content nor their checksum change. Chunk I/O has no such
 * function: there it would be one store into the map. Returns false if the disk fails.
 */
export function fileWritePadding(
  store: ChunkStore,
  { file, map }: Chunk,
  { bytes, checksum }: FilePadding,
): boolean {
  if (file === undefined || map === undefined) return false;
  try {
    paddingOf(map).set(bytes);
    writePaddingChecksum(map, checksum);
    file.writeBack(map, 0, headerSize);
    if (store.options.fullSync) file.sync();
    return true;
  } catch {
    return false;
  }
}

/** The metadata of a chunk that is up; empty otherwise. Stands for `cio_meta.c::cio_meta_read`. */
export function fileMetadata(chunk: Chunk): Uint8Array {
  if (chunk.map === undefined) return new Uint8Array(0);
  return chunk.map.subarray(headerSize, contentOffset(chunk.map));
}

/** The content of a chunk that is up; empty otherwise. */
export function fileContent(chunk: Chunk): Uint8Array {
  if (chunk.map === undefined) return new Uint8Array(0);
  const start = contentOffset(chunk.map);
  return chunk.map.subarray(start, start + chunk.dataSize);
}

function mapFile(store: ChunkStore, chunk: Chunk, file: NonNullable<Chunk["file"]>): ChunkResult {
  let map: Uint8Array;
  try {
    chunk.fsSize = file.size();
    if (chunk.fsSize === 0 && chunk.fileState !== "none") return withoutRecords(store, chunk);
    if (chunk.fsSize === 0) {
      file.resize(pageSize);
      map = file.map();
      writeHeader(map);
      markUnfinished(map, true);
      setChecksum(store, { ...chunk, dataSize: 0 }, map);
      file.writeBack(map, 0, headerSize);
      chunk.fsSize = pageSize;
    } else {
      map = file.map();
    }
  } catch {
    store.log.error(() => `[storage] cannot mmap/read chunk '${chunk.path}'`);
    return "error";
  }
  if (chunk.fileState === "found" && isUnfinished(map)) return withoutRecords(store, chunk);
  const contentLength = checkFormat(store, chunk, map);
  if (contentLength === undefined) {
    store.log.error(() => `[storage] format check failed: ${displayName(chunk)}`);
    return "corrupted";
  }
  chunk.map = map;
  chunk.dataSize = contentLength;
  chunk.checksum = readChecksum(map);
  store.totalChunksUp += 1;
  return "ok";
}

function vanished(store: ChunkStore, chunk: Chunk): ChunkResult {
  if (chunk.fileState !== "gone") {
    store.log.error(
      () => `[storage] ${displayName(chunk)}: its file is gone, and its records with it`,
    );
  }
  chunk.fileState = "gone";
  chunk.error = "no file";
  return "corrupted";
}

function withoutRecords(store: ChunkStore, chunk: Chunk): ChunkResult {
  chunk.error = chunk.fileState === "found" ? "unfinished" : "emptied";
  if (chunk.error === "emptied") {
    store.log.error(
      () => `[storage] ${displayName(chunk)}: somebody emptied its file, and its records are gone`,
    );
  }
  return "corrupted";
}

/** Stands for `cio_file.c::cio_file_format_check`; the content length, or undefined if damaged. */
function checkFormat(store: ChunkStore, chunk: Chunk, map: Uint8Array): number | undefined {
  const contentLength = readContentLength(map);
  if (contentLength === undefined) {
    chunk.error = "bad file size";
    store.log.error(() => `[storage] invalid content size ${chunk.path}`);
    return undefined;
  }
  if (!hasIdentification(map)) {
    chunk.error = "bad layout";
    store.log.debug(() => `[storage] [cio file] invalid header at ${chunk.name}`);
    return undefined;
  }
  const end = headerSize + readMetadataLength(map) + contentLength;
  if (end > map.length) {
    chunk.error = "bad file size";
    store.log.debug(
      () => `[storage] [cio file] truncated file (${map.length} / ${end}) ${chunk.name}`,
    );
    return undefined;
  }
  if (store.options.checksum && readChecksum(map) !== crc32(map.subarray(checksumStart, end))) {
    chunk.error = "bad checksum";
    store.log.info(() => `[storage] [cio file] invalid crc32 at ${chunk.name}/${chunk.path}`);
    return undefined;
  }
  return contentLength;
}

/** Makes room up to `end`, by whole pages. False if the disk is full. */
function reserve(store: ChunkStore, chunk: Chunk, end: number): boolean {
  const { file, map } = chunk;
  if (file === undefined || map === undefined) return false;
  if (end <= map.length) return true;
  const steps = Math.ceil((end - map.length) / growthSize);
  const size = roundUpToPage(map.length + steps * growthSize);
  try {
    file.resize(size);
    chunk.map = file.map();
    chunk.fsSize = size;
    return true;
  } catch {
    store.log.error(() => "[storage] [cio_file] error setting new file size on write");
    return false;
  }
}

/** Puts the new length and checksum into the header, in one write. */
function commitLength(
  store: ChunkStore,
  chunk: Chunk,
  length: number,
  appended: Uint8Array | undefined,
): boolean {
  const { file, map } = chunk;
  if (file === undefined || map === undefined) return false;
  const before = { dataSize: chunk.dataSize, checksum: chunk.checksum };
  chunk.dataSize = length;
  writeContentLength(map, length);
  markUnfinished(map, false);
  if (store.options.checksum && appended !== undefined) {
    chunk.checksum = crc32(appended, chunk.checksum);
    writeChecksum(map, chunk.checksum);
  } else {
    setChecksum(store, chunk, map);
  }
  try {
    file.writeBack(map, 0, headerSize);
    if (store.options.fullSync) file.sync();
    return true;
  } catch {
    chunk.dataSize = before.dataSize;
    chunk.checksum = before.checksum;
    writeContentLength(map, before.dataSize);
    markUnfinished(map, before.dataSize === 0);
    if (store.options.checksum) writeChecksum(map, before.checksum);
    return false;
  }
}

function setChecksum(store: ChunkStore, chunk: Chunk, map: Uint8Array): void {
  if (!store.options.checksum) {
    writeChecksum(map, 0);
    return;
  }
  const end = contentOffset(map) + chunk.dataSize;
  chunk.checksum = crc32(map.subarray(checksumStart, end));
  writeChecksum(map, chunk.checksum);
}

function closeFile(chunk: Chunk): void {
  attempt(() => chunk.file?.close());
  chunk.file = undefined;
}

function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // Nothing depends on it: the content has already been written.
  }
}

function displayName(chunk: Chunk, separator = "/"): string {
  return `${chunk.stream.name}${separator}${chunk.name}`;
}
