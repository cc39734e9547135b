/**
 * What Fluent Bit puts into a chunk's metadata: two magic bytes, the kind of event, a byte of flags, the
 * tag. Stands for `flb_input_chunk.c::input_chunk_write_header` (v3.0.4).
 *
 * The byte of flags is 0. Since v4.2.0 its low bits say that a zero and the direct routes of the chunk follow the tag; to
 * v3.0.4 any value but 0 means that there is no header, and all of the metadata is the tag.
 */
export interface ChunkMetadata {
  readonly tag: string;
  readonly kind: "logs" | "metrics" | "traces";
}

const magic = [0xf1, 0x77] as const;
const headerLength = 4;
const longestTag = 65535 - headerLength;
const kinds = ["logs", "metrics", "traces"] as const;

/** Packs the metadata of a chunk of logs. A tag longer than 65531 bytes is cut. */
export function encodeChunkMetadata(tag: string): Uint8Array {
  const name = new TextEncoder().encode(tag).subarray(0, longestTag);
  const bytes = new Uint8Array(headerLength + name.length);
  bytes.set([...magic, 0, 0]);
  bytes.set(name, headerLength);
  return bytes;
}

/**
 * Reads the metadata of a chunk; without the magic bytes (old versions) all of it is the tag. The tag ends at a zero, and
 * what follows it is left alone: the chunk is routed by its tag. Whatever the flags are, the chunk is not misread.
 * Undefined if there is no metadata or the kind is unknown.
 * Stands for `flb_input_chunk.c::input_chunk_metadata_view` (v4.2.0) and `flb_input_chunk_get_event_type`.
 */
export function decodeChunkMetadata(metadata: Uint8Array): ChunkMetadata | undefined {
  if (metadata.length === 0) return undefined;
  const decoder = new TextDecoder();
  const hasMagic =
    metadata.length >= headerLength && metadata[0] === magic[0] && metadata[1] === magic[1];
  if (!hasMagic) return { tag: decoder.decode(metadata), kind: "logs" };
  const kind = kinds[metadata[2] ?? 0];
  const payload = metadata.subarray(headerLength);
  const end = payload.indexOf(0);
  const tag = end === -1 ? payload : payload.subarray(0, end);
  if (kind === undefined || tag.length === 0) return undefined;
  return { tag: decoder.decode(tag), kind };
}
