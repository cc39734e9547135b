import type { FileSystem, OpenFile } from "../platform/file-system.ts";
import type { Log } from "../platform/log.ts";

/** What an operation on a chunk came to. Stands for `CIO_OK`, `CIO_ERROR` and `CIO_CORRUPTED`. */
export type ChunkResult = "ok" | "error" | "corrupted";

/**
 * Why a chunk was found corrupted. The first three stand for `cio_error.h`; the others are what Chunk I/O does not
 * notice: it makes an empty file in the place of one that is gone.
 */
type ChunkError =
  | "bad checksum"
  | "bad layout"
  | "bad file size"
  /** A former process did not complete the first records. */
  | "unfinished"
  /** There were records in the file, and now there is nothing. */
  | "emptied"
  /** The file is not there any more. */
  | "no file";

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
  /**
   * The file: not there yet; found on disk, and never up in this process; up in this process before; or gone, so that
   * the chunk can never be brought up again.
   */
  fileState: "none" | "found" | "known" | "gone";
  /** A copy of the file is kept with the rejected chunks. */
  keptAside: boolean;
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
  /**
   * Files that cannot be delivered are kept in a folder of their own. `storage.keep.rejected` (v4.2.0), and more: Fluent
   * Bit keeps what an output gave up, not what it could not read itself.
   */
  readonly keepRejected: boolean;
}

/** The chunks of a process and their counters. Stands for `struct cio_ctx`. */
export interface ChunkStore {
  readonly options: ChunkStoreOptions;
  readonly log: Log;
  readonly streams: Map<string, Stream>;
  totalChunks: number;
  totalChunksUp: number;
  /** Chunks whose files were kept aside by this process. */
  rejectedChunks: number;
}

/** True if the content can be read and written now. Stands for `cio_chunk.c::cio_chunk_is_up`. */
export function isUp(chunk: Chunk): boolean {
  return chunk.map !== undefined;
}

/** Stands for `cio_file.c::open_and_up`: may one more chunk come up under the limit? */
export function hasRoom(store: ChunkStore): boolean {
  return store.totalChunksUp < store.options.maxChunksUp;
}
