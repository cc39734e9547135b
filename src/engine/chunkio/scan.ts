import type { ChunkStore } from "./chunk.ts";
import { hasRoom } from "./chunk.ts";
import { chunkOpen, streamCreate } from "./chunk-store.ts";
import { rejectedFolder } from "./rejected.ts";

const chunkExtension = ".flb";

/**
 * Registers every chunk file under `storage.path`, one stream for each folder. As many as the limit
 * allows come up; damaged ones are reported and left alone, or deleted or kept aside, as configured.
 * Stands for `cio_scan.c::cio_scan_streams` (v3.0.4).
 */
export function scanStreams(store: ChunkStore): void {
  const { fileSystem, rootPath } = store.options;
  for (const folder of fileSystem.list(rootPath)) {
    if (folder.name.startsWith(".") || folder.kind !== "directory") continue;
    if (store.options.keepRejected && folder.name === rejectedFolder) continue;
    const stream = streamCreate(store, folder.name);
    for (const file of fileSystem.list(`${rootPath}/${folder.name}`)) {
      if (file.name.startsWith(".") || file.kind !== "file") continue;
      if (!file.name.endsWith(chunkExtension)) continue;
      chunkOpen(store, stream, file.name, hasRoom(store));
    }
  }
}
