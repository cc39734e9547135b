import type { Chunk, ChunkStore } from "./chunk.ts";

/**
 * The folder for what cannot be delivered, beside the folders of the inputs. Fluent Bit's name for it
 * (`storage.rejected.path`, v4.2.0).
 */
export const rejectedFolder = "rejected";

/**
 * Copies the file of a chunk, byte for byte, to where rejected chunks are kept, and says why; once for each chunk. The
 * chunk goes on living. False if the copy could not be made: then the chunk must not be closed.
 * Stands for `flb_storage.c::flb_storage_quarantine_chunk` (v4.2.0), which copies the content alone.
 */
export function chunkCopyAside(store: ChunkStore, chunk: Chunk, why: string): boolean {
  if (chunk.keptAside || !store.options.keepRejected) {
    if (!chunk.keptAside) store.log.error(() => `[storage] ${displayName(chunk)}: ${why}`);
    chunk.keptAside = true;
    return true;
  }
  const { fileSystem } = store.options;
  try {
    const size = fileSystem.size(chunk.path) ?? 0;
    makeFolder(store);
    fileSystem.replace(pathAside(store, chunk), fileSystem.read(chunk.path, 0, size));
  } catch (error) {
    notKept(store, chunk, error);
    return false;
  }
  kept(store, chunk, why);
  return true;
}

/**
 * What becomes of the file of a chunk that could not be brought up because of what is in it. One without a record is
 * deleted; any other is kept aside, if rejected chunks are kept, and else left or deleted as
 * `storage.delete_irrecoverable_chunks` says. True if the file is gone from its place.
 */
export function disposeOfDamaged(store: ChunkStore, chunk: Chunk): boolean {
  switch (chunk.error) {
    case undefined:
      return false;
    case "no file":
      return true;
    case "unfinished":
      store.log.warn(
        () =>
          `[storage] removing ${displayName(chunk)}: it holds no record (somebody emptied it, or its writer was killed before the first record was complete)`,
      );
      return remove(store, chunk);
    case "emptied":
      return remove(store, chunk);
    case "bad checksum":
    case "bad layout":
    case "bad file size":
      if (store.options.keepRejected) return moveAside(store, chunk, chunk.error);
      if (!store.options.deleteIrrecoverable || chunk.error === "bad checksum") return false;
      store.log.error(() => "[storage] [cio scan] discarding irrecoverable chunk");
      return remove(store, chunk);
  }
}

/** Moves the file of a chunk to where rejected chunks are kept, and says why. False if that is not possible: it stays. */
export function moveAside(store: ChunkStore, chunk: Chunk, why: string): boolean {
  if (chunk.fileState === "gone") return true;
  try {
    makeFolder(store);
    store.options.fileSystem.rename(chunk.path, pathAside(store, chunk));
  } catch (error) {
    notKept(store, chunk, error);
    return false;
  }
  chunk.fileState = "gone";
  kept(store, chunk, why);
  return true;
}

function remove(store: ChunkStore, chunk: Chunk): boolean {
  try {
    store.options.fileSystem.remove(chunk.path);
    chunk.fileState = "gone";
    return true;
  } catch {
    store.log.error(() => `[storage] [cio file] error deleting file at close ${chunk.name}`);
    return false;
  }
}

function kept(store: ChunkStore, chunk: Chunk, why: string): void {
  if (chunk.keptAside) return;
  chunk.keptAside = true;
  store.rejectedChunks += 1;
  store.log.error(
    () =>
      `[storage] ${displayName(chunk)}: ${why}; its file is kept as ${rejectedFolder}/${nameAside(chunk)}`,
  );
}

function notKept(store: ChunkStore, chunk: Chunk, error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  store.log.error(() => `[storage] ${displayName(chunk)} is damaged and cannot be kept: ${why}`);
}

function makeFolder({ options }: ChunkStore): void {
  options.fileSystem.makeDirectory(`${options.rootPath}/${rejectedFolder}`);
}

function nameAside(chunk: Chunk): string {
  return `${chunk.stream.name}_${chunk.name}`;
}

function pathAside(store: ChunkStore, chunk: Chunk): string {
  return `${store.options.rootPath}/${rejectedFolder}/${nameAside(chunk)}`;
}

function displayName(chunk: Chunk): string {
  return `${chunk.stream.name}/${chunk.name}`;
}
