import { Decoder, encode, ExtensionCodec } from "@msgpack/msgpack";

import { skipValue } from "./msgpack-skip.ts";

/** One log record: when it happened, and what. */
export interface LogEvent {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const eventTimeType = 0;
const prefixLength = 21;

/** Fluent Bit's EventTime: extension type 0, seconds and nanoseconds as two 32-bit numbers. */
const codec = new ExtensionCodec();
codec.register({
  type: eventTimeType,
  encode: () => null,
  decode: (data) => {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    return view.getUint32(0) * 1000 + view.getUint32(4) / 1e6;
  },
});

/**
 * Packs a record as Fluent Bit v3 does: `[[time, {}], body]`, the arrays with 32-bit lengths.
 * Stands for `flb_log_event_encoder`.
 */
export function encodeLogEvent(event: LogEvent): Uint8Array {
  const body = encode(event.body);
  const bytes = new Uint8Array(prefixLength + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0xdd);
  view.setUint32(1, 2);
  view.setUint8(5, 0xdd);
  view.setUint32(6, 2);
  view.setUint8(10, 0xd7);
  view.setUint8(11, eventTimeType);
  view.setUint32(12, Math.floor(event.time / 1000));
  view.setUint32(16, Math.round((event.time % 1000) * 1e6));
  view.setUint8(20, 0x80);
  bytes.set(body, prefixLength);
  return bytes;
}

/** The records of a chunk. Throws if the content is not msgpack log events. */
export function decodeLogEvents(content: Uint8Array): LogEvent[] {
  // A length that the content cannot hold is refused before memory is taken for it.
  const most = content.length;
  const decoder = new Decoder({
    extensionCodec: codec,
    maxStrLength: most,
    maxBinLength: most,
    maxArrayLength: most,
    maxMapLength: most,
    maxExtLength: most,
  });
  return [...decoder.decodeMulti(content)].map((value) => {
    const event = toLogEvent(value);
    if (event === undefined) throw new Error("the content is not a sequence of log events");
    return event;
  });
}

/**
 * How many whole records a chunk holds, and where the last one ends.
 * Stands for `flb_mp.c::flb_mp_validate_log_chunk` (v3.0.4).
 */
export function validateLogChunk(content: Uint8Array): { records: number; length: number } {
  let records = 0;
  let length = 0;
  while (length < content.length) {
    const end = beginsRecord(content, length) ? skipValue(content, length) : undefined;
    if (end === undefined) break;
    records += 1;
    length = end;
  }
  return { records, length };
}

/** True if a record may begin at this offset: with an array. */
export function beginsRecord(content: Uint8Array, offset: number): boolean {
  const kind = content[offset];
  return kind === 0x92 || kind === 0xdd || kind === 0xdc;
}

function toLogEvent(value: unknown): LogEvent | undefined {
  if (!Array.isArray(value)) return undefined;
  const items: readonly unknown[] = value;
  if (items.length !== 2) return undefined;
  const [header, body] = items;
  const time: unknown = Array.isArray(header) ? header[0] : header;
  if (typeof time !== "number" || !isRecord(body)) return undefined;
  return { time, body };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
