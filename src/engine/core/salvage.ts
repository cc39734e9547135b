import { beginsRecord, decodeLogEvents, type LogEvent } from "./log-event.ts";
import { skipValue } from "./msgpack-skip.ts";

/** Bytes [from, to) of a chunk's content. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** What could be read of a chunk, in its order, and what could not. */
export interface Salvage<T> {
  readonly records: readonly T[];
  readonly damaged: readonly ByteRange[];
}

/** How a record begins that Fluent Bit v3 or this engine packed: `[[EventTime, ...`, with 32-bit lengths. */
const recordStart = Buffer.from([0xdd, 0, 0, 0, 2, 0xdd, 0, 0, 0, 2, 0xd7, 0]);

/**
 * Reads the records of a chunk, each through `convert`, which throws if it can do nothing with a record. What cannot be
 * read is left out and named: reading goes on where the next record begins. A record in which another one begins has a
 * wrong length: it is not read, and the one inside is. Time is linear in the content.
 */
export function salvageRecords<T>(
  content: Uint8Array,
  convert: (event: LogEvent) => T,
): Salvage<T> {
  const whole = readWhole(content, convert);
  return whole === undefined ? readPiecemeal(content, convert) : { records: whole, damaged: [] };
}

function readWhole<T>(content: Uint8Array, convert: (event: LogEvent) => T): T[] | undefined {
  try {
    const records = decodeLogEvents(content).map(convert);
    return startsIn(content) <= records.length ? records : undefined;
  } catch {
    return undefined;
  }
}

function readPiecemeal<T>(content: Uint8Array, convert: (event: LogEvent) => T): Salvage<T> {
  const records: T[] = [];
  const damaged: ByteRange[] = [];
  let position = 0;
  let next = 0;
  while (position < content.length) {
    if (next <= position) next = startFrom(content, position + 1);
    const end = skipValue(content.subarray(0, next), position);
    const record = readOne(content, position, end, convert);
    let to = end ?? next;
    if (record === undefined) {
      if (next < content.length) to = next;
      addRange(damaged, position, to);
    } else {
      records.push(record.value);
    }
    position = to;
  }
  return { records, damaged };
}

function readOne<T>(
  content: Uint8Array,
  from: number,
  to: number | undefined,
  convert: (event: LogEvent) => T,
): { readonly value: T } | undefined {
  if (to === undefined || !beginsRecord(content, from)) return undefined;
  try {
    const [event] = decodeLogEvents(content.subarray(from, to));
    return event === undefined ? undefined : { value: convert(event) };
  } catch {
    return undefined;
  }
}

/** Adds a range, to the last one if they touch. */
function addRange(ranges: ByteRange[], from: number, to: number): void {
  const last = ranges.at(-1);
  if (last?.to === from) ranges.splice(-1, 1, { from: last.from, to });
  else ranges.push({ from, to });
}

function startFrom(content: Uint8Array, position: number): number {
  const found = asBuffer(content).indexOf(recordStart, position);
  return found < 0 ? content.length : found;
}

function startsIn(content: Uint8Array): number {
  const bytes = asBuffer(content);
  let count = 0;
  for (let at = bytes.indexOf(recordStart); at >= 0; at = bytes.indexOf(recordStart, at + 1)) {
    count += 1;
  }
  return count;
}

function asBuffer({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}
