/**
 * The layout of a chunk file. Stands for `cio_file_st.h` (Chunk I/O as of Fluent Bit v3.0.4):
 *
 *     0  c1 00        identification
 *     2  4 bytes      CRC32 of everything from byte 22 to the end of the content (big endian)
 *     6  4 bytes      kept for a checksum of the padding (big endian; Chunk I/O writes zeros and reads none of it)
 *    10  4 bytes      content length (big endian; 0 in files of older versions)
 *    14  8 bytes      padding, never read by Chunk I/O; the first byte is 1 until the first records are complete
 *    22  2 bytes      metadata length (big endian)
 *    24  metadata     then the content, then zeros up to a whole number of pages
 */
export const headerSize = 24;

/** Offset from which the CRC32 is computed. */
export const checksumStart = 22;

/** Files grow by whole pages of this many bytes. */
export const pageSize = 4096;

/** Files grow by at least this much. Stands for `CIO_REALLOC_HINT_MIN`. */
export const growthSize = 8 * pageSize;

const checksumOffset = 2;
const paddingChecksumOffset = 6;
const contentLengthOffset = 10;
const unfinishedOffset = 14;
const paddingOffset = 14;
const metadataLengthOffset = 22;

function readUint16(map: Uint8Array, offset: number): number {
  return ((map[offset] ?? 0) << 8) | (map[offset + 1] ?? 0);
}

function readUint32(map: Uint8Array, offset: number): number {
  return ((readUint16(map, offset) << 16) | readUint16(map, offset + 2)) >>> 0;
}

function writeUint16(map: Uint8Array, offset: number, value: number): void {
  map[offset] = value >>> 8;
  map[offset + 1] = value;
}

function writeUint32(map: Uint8Array, offset: number, value: number): void {
  writeUint16(map, offset, value >>> 16);
  writeUint16(map, offset + 2, value & 0xffff);
}

/** Stands for `cio_file.c::write_init_header`, without the checksum. */
export function writeHeader(map: Uint8Array): void {
  map.fill(0, 0, headerSize);
  map[0] = 0xc1;
}

/**
 * Marks a chunk to which the first records are still being written, or takes the mark away. Without it, a file whose
 * length is 0 and whose content was just written could not be told from one of an older version.
 */
export function markUnfinished(map: Uint8Array, unfinished: boolean): void {
  map[unfinishedOffset] = unfinished ? 1 : 0;
}

/** True if the writer of the file was killed before its first records were complete: nobody counts on them. */
export function isUnfinished(map: Uint8Array): boolean {
  if (hasIdentification(map) && map[unfinishedOffset] === 1) {
    return readUint32(map, contentLengthOffset) === 0;
  }
  return map.every((byte) => byte === 0);
}

/** True if the first two bytes are those of a chunk file. */
export function hasIdentification(map: Uint8Array): boolean {
  return map[0] === 0xc1 && map[1] === 0x00;
}

/** Stands for `cio_file_st.h::cio_file_st_get_hash`: the checksum as the file has it. */
export function readChecksum(map: Uint8Array): number {
  return readUint32(map, checksumOffset);
}

/** Puts a finished CRC32 into the header. */
export function writeChecksum(map: Uint8Array, checksum: number): void {
  writeUint32(map, checksumOffset, checksum);
}

/** The eight bytes that Chunk I/O leaves zero: a part of the map, not a copy. */
export function paddingOf(map: Uint8Array): Uint8Array {
  return map.subarray(paddingOffset, metadataLengthOffset);
}

/** The checksum of the padding as the file has it; 0 in every file of Chunk I/O. */
export function readPaddingChecksum(map: Uint8Array): number {
  return readUint32(map, paddingChecksumOffset);
}

/** Puts the checksum of the padding into the header. */
export function writePaddingChecksum(map: Uint8Array, checksum: number): void {
  writeUint32(map, paddingChecksumOffset, checksum);
}

/** Stands for `cio_file_st.h::cio_file_st_get_meta_len`. */
export function readMetadataLength(map: Uint8Array): number {
  return readUint16(map, metadataLengthOffset);
}

/** Stands for `cio_file_st.h::cio_file_st_set_meta_len`; 0 to 65535. */
export function writeMetadataLength(map: Uint8Array, length: number): void {
  writeUint16(map, metadataLengthOffset, length);
}

/** Stands for `cio_file_st.h::cio_file_st_set_content_len`. */
export function writeContentLength(map: Uint8Array, length: number): void {
  writeUint32(map, contentLengthOffset, length);
}

/** Where the content begins. Stands for `cio_file_st.h::cio_file_st_get_content`. */
export function contentOffset(map: Uint8Array): number {
  return headerSize + readMetadataLength(map);
}

/**
 * The length of the content, or undefined if the file is too short to have a header. A file of an
 * older version has no length; then everything after the metadata is content, unless it begins with
 * a zero (padding). Stands for `cio_file_st.h::cio_file_st_get_content_len`.
 */
export function readContentLength(map: Uint8Array): number | undefined {
  if (map.length < headerSize) return undefined;
  const length = readUint32(map, contentLengthOffset);
  const start = contentOffset(map);
  if (length === 0 && map.length > start && map[start] !== 0) return map.length - start;
  return length;
}

/** `size` rounded up to whole pages. */
export function roundUpToPage(size: number): number {
  return Math.ceil(size / pageSize) * pageSize;
}
