/**
 * What Fluent Bit puts into a chunk's metadata: two magic bytes, the kind of event, an unused byte, the
 * tag. Stands for `flb_input_chunk.c::input_chunk_write_header` (v3.0.4).
 *
 * The unused byte is 0, except under `park`: there its low bits say which of the first eight outputs
 * have the chunk already, so that a restart does not deliver to them again.
 */
export interface ChunkMetadata {
  readonly tag: string;
  readonly kind: "logs" | "metrics" | "traces";
  /** Bit o is set if output o (0 to 7) has the chunk. */
  readonly delivered: number;
}

const magic = [0xf1, 0x77] as const;
const headerLength = 4;
const longestTag = 65535 - headerLength;
const kinds = ["logs", "metrics", "traces"] as const;

/** Packs the metadata of a chunk of logs. A tag longer than 65531 bytes is cut. */
export function encodeChunkMetadata(tag: string, delivered = 0): Uint8Array {
  const name = new TextEncoder().encode(tag).subarray(0, longestTag);
  const bytes = new Uint8Array(headerLength + name.length);
  bytes.set([...magic, 0, delivered]);
  bytes.set(name, headerLength);
  return bytes;
}

/**
 * Reads the metadata of a chunk; without the magic bytes (old versions) all of it is the tag.
 * Undefined if there is no metadata or the kind is unknown.
 * Stands for `flb_input_chunk_get_tag` and `flb_input_chunk_get_event_type` (v3.0.4).
 */
export function decodeChunkMetadata(metadata: Uint8Array): ChunkMetadata | undefined {
  if (metadata.length === 0) return undefined;
  const decoder = new TextDecoder();
  const hasMagic =
    metadata.length >= headerLength && metadata[0] === magic[0] && metadata[1] === magic[1];
  if (!hasMagic) return { tag: decoder.decode(metadata), kind: "logs", delivered: 0 };
  const kind = kinds[metadata[2] ?? 0];
  if (kind === undefined || metadata.length === headerLength) return undefined;
  const delivered = metadata[3] ?? 0;
  return { tag: decoder.decode(metadata.subarray(headerLength)), kind, delivered };
}
