import { fileWrite, fileWriteMetadata } from "../chunkio/chunk-file.ts";
import { chunkClose, chunkOpen, chunkStoreCreate, streamCreate } from "../chunkio/chunk-store.ts";
import { encodeChunkMetadata } from "../core/chunk-metadata.ts";
import type { FileSystem } from "../platform/file-system.ts";
import { silentLog } from "../platform/log.ts";
import { encodeNumberedRecord } from "./numbered-records.ts";

/**
 * Writes chunk files as a former process would have left them, one for each record.
 *
 * @param start when the new process starts, in milliseconds since the epoch; the chunks are older
 */
export function writeInheritedChunks(
  fileSystem: FileSystem,
  rootPath: string,
  start: number,
  tag: string,
  ids: readonly number[],
): void {
  const store = chunkStoreCreate(
    {
      fileSystem,
      rootPath,
      maxChunksUp: 1,
      checksum: false,
      fullSync: false,
      deleteIrrecoverable: false,
      keepRejected: false,
    },
    silentLog,
  );
  const stream = streamCreate(store, "dummy.0");
  ids.forEach((id, index) => {
    const time = start - (ids.length - index);
    const nanoseconds = (time % 1000) * 1_000_000;
    const name = `0-${Math.floor(time / 1000)}.${nanoseconds}.flb`;
    const { chunk } = chunkOpen(store, stream, name, true);
    const isWritten =
      chunk !== undefined &&
      fileWriteMetadata(store, chunk, encodeChunkMetadata(tag)) &&
      fileWrite(store, chunk, encodeNumberedRecord(id, time));
    if (!isWritten) throw new Error(`the chunk ${name} cannot be written`);
    chunkClose(store, chunk, false);
  });
}
