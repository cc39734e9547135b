import { decodeLogEvents } from "../core/log-event.ts";

/**
 * The records of a chunk as JSON, one a line, with their time in seconds under `dateKey` (none if false).
 * Undefined if the content is not log events.
 * Stands for `flb_pack.c::flb_pack_msgpack_to_json_format` with `json_lines`.
 */
export function toJsonLines(content: Uint8Array, dateKey: string | false): string | undefined {
  try {
    return decodeLogEvents(content)
      .map(({ time, body }) =>
        JSON.stringify(dateKey === false ? body : { [dateKey]: time / 1000, ...body }, plain),
      )
      .map((line) => `${line}\n`)
      .join("");
  } catch {
    return undefined;
  }
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return value;
}
