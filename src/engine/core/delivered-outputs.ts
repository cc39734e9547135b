import { crc32 } from "node:zlib";
import type { Chunk } from "../chunkio/chunk.ts";
import { filePadding, fileWritePadding } from "../chunkio/chunk-file.ts";
import type { Engine } from "./engine.ts";
import type { OutputInstance } from "./structures.ts";

/**
 * Which outputs have a chunk already, in the chunk's own file: bit o of the header's padding is set if output o has it, for the
 * first 64 outputs. The checksum beside it is also over the names of all outputs, in their order. So it does not
 * fit when the padding is damaged, when it was never written, or when the configuration has other outputs now; then
 * the file says nothing, and the chunk goes to all its outputs again. Why there: docs/decisions/0030.
 */
const outputsNoted = 64;

/**
 * Notes in the file of a chunk that is up which outputs have it. Beyond the first 64 they are not noted.
 *
 * @returns false if the disk fails: then these outputs get the chunk again after a restart
 */
export function noteDelivered(
  engine: Engine,
  chunk: Chunk,
  delivered: readonly OutputInstance[],
): boolean {
  const bytes = new Uint8Array(outputsNoted / 8);
  for (const { id } of delivered) {
    if (id < outputsNoted) bytes[id >> 3] = (bytes[id >> 3] ?? 0) | (1 << (id & 7));
  }
  return fileWritePadding(engine.store, chunk, { bytes, checksum: checksumOf(engine, bytes) });
}

/** The outputs that have the chunk, as far as its file says; the chunk is up. */
export function deliveredOutputs(engine: Engine, chunk: Chunk): readonly OutputInstance[] {
  const padding = filePadding(chunk);
  if (padding?.checksum !== checksumOf(engine, padding?.bytes ?? new Uint8Array(0))) return [];
  const { bytes } = padding;
  return engine.outputs.filter(({ id }) => (((bytes[id >> 3] ?? 0) >> (id & 7)) & 1) === 1);
}

function checksumOf({ outputs }: Engine, bytes: Uint8Array): number {
  const names = outputs.map(({ name }) => `${name}\n`).join("");
  return crc32(new TextEncoder().encode(names), crc32(bytes));
}
