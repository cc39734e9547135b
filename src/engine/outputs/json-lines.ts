import type { LogEvent } from "../core/log-event.ts";
import { type ByteRange, salvageRecords } from "../core/salvage.ts";
import type { FlushRequest, FlushResult } from "../core/structures.ts";

/** The records of a chunk as JSON lines, and the bytes of its content that are no records. */
interface JsonLines {
  readonly text: string;
  readonly records: number;
  readonly damaged: readonly ByteRange[];
}

/**
 * The records of a chunk as JSON, one a line, with their time in seconds under `dateKey` (none if false). Bytes that are
 * no UTF-8 become U+FFFD.
 * Stands for `flb_pack.c::flb_pack_msgpack_to_json_format` with `json_lines`.
 */
export function toJsonLines(content: Uint8Array, dateKey: string | false): JsonLines {
  const { records, damaged } = salvageRecords(content, (event) => jsonLine(event, dateKey));
  return { text: records.join(""), records: records.length, damaged };
}

/**
 * What a flush has to send. If parts of the chunk cannot be read, the engine is told, and the others are sent. Undefined,
 * and the flush answered, if there is nothing to send, or if the engine could not keep what cannot be read.
 */
export function textToFlush(
  request: FlushRequest,
  dateKey: string | false,
  done: (result: FlushResult) => void,
): string | undefined {
  const { text, records, damaged } = toJsonLines(request.content, dateKey);
  if (damaged.length === 0) return text;
  if (!request.reject(damaged, records)) done("retry");
  else if (records === 0) done("error");
  else return text;
  return undefined;
}

function jsonLine({ time, body }: LogEvent, dateKey: string | false): string {
  const dated = dateKey === false ? body : { [dateKey]: time / 1000, ...body };
  return `${JSON.stringify(dated, plain)}\n`;
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return value;
}
