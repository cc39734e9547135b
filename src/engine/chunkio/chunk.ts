import type { FileSystem, OpenFile } from "../platform/file-system.ts";
import type { Log } from "../platform/log.ts";

/** What an operation on a chunk came to. Stands for `CIO_OK`, `CIO_ERROR` and `CIO_CORRUPTED`. */
export type ChunkResult = "ok" | "error" | "corrupted";

/** Why a chunk was found corrupted. Stands for `cio_error.h`. */
type ChunkError = "bad checksum" | "bad layout" | "bad file size";

/**
 * Somebody to whom chunks above `storage.max_chunks_up` can be charged: an output, in the over-limit
 * quota of the proposed fix. The counter is kept, not derived, so that a leak can be seen.
 */
export interface OverLimitOwner {
  readonly name: string;
  /** Chunks charged now, 0 to the quota. */
  overLimitUp: number;
  /** False once the output was destroyed; touching its counter then is a use after free in C. */
  alive: boolean;
}

/** One chunk file. Stands for `struct cio_chunk` with its `struct cio_file`. */
export interface Chunk {
  readonly name: string;
  readonly stream: Stream;
  readonly path: string;
  /** The open file, or undefined while the chunk is down. Stands for `cf->fd`. */
  file: OpenFile | undefined;
  /** The mapped file, or undefined while the chunk is down. Stands for `cf->map`. */
  map: Uint8Array | undefined;
  /** Bytes of content; 0 while the chunk is down, as in C. Stands for `cf->data_size`. */
  dataSize: number;
  /** Size of the file when it was last looked at. Stands for `cf->fs_size`. */
  fsSize: number;
  /** CRC32 of the content so far. Stands for `cf->crc_cur`. */
  checksum: number;
  /** No more data may be appended. Stands for `ch->lock`. */
  locked: boolean;
  /** The output to which this chunk is charged while it is up above the limit. */
  overLimitOwner: OverLimitOwner | undefined;
  /** What was wrong at the last `corrupted`. Stands for `ch->error_n`. */
  error: ChunkError | undefined;
}

/** A folder of chunks, one for each input. Stands for `struct cio_stream`. */
export interface Stream {
  readonly name: string;
  readonly chunks: Set<Chunk>;
}

/** Settings of a chunk store. */
export interface ChunkStoreOptions {
  readonly fileSystem: FileSystem;
  /** `storage.path`. */
  readonly rootPath: string;
  /** `storage.max_chunks_up`: chunks in memory beyond which nothing is brought up, unless forced. */
  readonly maxChunksUp: number;
  /** `storage.checksum`. */
  readonly checksum: boolean;
  /** `storage.sync full`: every change is on the disk before the call returns. */
  readonly fullSync: boolean;
  /** `storage.delete_irrecoverable_chunks`. */
  readonly deleteIrrecoverable: boolean;
}

/** The chunks of a process and their counters. Stands for `struct cio_ctx`. */
export interface ChunkStore {
  readonly options: ChunkStoreOptions;
  readonly log: Log;
  readonly streams: Map<string, Stream>;
  totalChunks: number;
  totalChunksUp: number;
}

/** True if the content can be read and written now. Stands for `cio_chunk.c::cio_chunk_is_up`. */
export function isUp(chunk: Chunk): boolean {
  return chunk.map !== undefined;
}

/** Stands for `cio_file.c::open_and_up`: may one more chunk come up under the limit? */
export function hasRoom(store: ChunkStore): boolean {
  return store.totalChunksUp < store.options.maxChunksUp;
}
