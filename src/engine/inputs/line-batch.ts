import { encodeLogEvent } from "../core/log-event.ts";

/** A line without the carriage return that ends it on Windows. */
export function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

/** Packs lines as records `{"log": line}`, as `in_tail` does without a parser. */
export function packLines(lines: readonly string[], time: number): Uint8Array {
  const events = lines.map((log) => encodeLogEvent({ time, body: { log } }));
  const bytes = new Uint8Array(events.reduce((total, event) => total + event.length, 0));
  let offset = 0;
  for (const event of events) {
    bytes.set(event, offset);
    offset += event.length;
  }
  return bytes;
}
