import { encodeLogEvent } from "../core/log-event.ts";

/** A line without the carriage return that ends it on Windows. */
function withoutReturn(line: string): string {
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

/** How many of the bytes are whole characters; all of them, if they do not end in UTF-8. */
export function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 4; back++) {
    const byte = bytes.at(-back) ?? 0;
    const continues = (byte & 0xc0) === 0x80;
    if (continues) continue;
    const needed = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return back < needed ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The lines in a piece of text, without their ends and without empty ones. Bytes that are no UTF-8 become U+FFFD: a
 * record's text is UTF-8.
 */
export function linesIn(bytes: Uint8Array): readonly string[] {
  return decoder.decode(bytes).split("\n").map(withoutReturn).filter(Boolean);
}
