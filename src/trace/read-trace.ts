import { constants, gunzipSync } from "node:zlib";
import { TraceError } from "./trace-error.ts";
import {
  eventFields,
  fieldsOfKind,
  isEventKind,
  isWithoutChunk,
  type TraceEvent,
} from "./trace-event.ts";

/** A ground-truth trace: one JSON object a line, optionally gzipped (`model_trace.ndjson[.gz]`). */
export interface Trace {
  readonly file: string;
  readonly events: readonly TraceEvent[];
  /** The line in which the file was cut off, as a killed process leaves it; null where it is whole. */
  readonly cutAt: number | null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text of a file, and whether its compressed stream ends before its end. */
function textOf(file: string, bytes: Uint8Array): { readonly text: string; readonly cut: boolean } {
  const decode = (data: Uint8Array): string => new TextDecoder().decode(data);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { text: decode(bytes), cut: false };
  try {
    return { text: decode(gunzipSync(bytes)), cut: false };
  } catch {
    try {
      const head = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
      return { text: decode(head), cut: true };
    } catch {
      throw new TraceError(file, null, "the gzip stream is damaged");
    }
  }
}

function eventOf(file: string, line: number, json: unknown): TraceEvent {
  const fail = (sentence: string): never => {
    throw new TraceError(file, line, sentence);
  };
  if (!isObject(json)) return fail("expected one JSON object a line");
  const number = (name: string): number => {
    const value = json[name];
    return typeof value === "number" ? value : fail(`expected a number in "${name}"`);
  };
  const kind = json["e"];
  if (typeof kind !== "string") return fail('expected the kind of the event in "e"');
  if (!isEventKind(kind)) return fail(`no event is called ${JSON.stringify(kind)}`);
  const { chunk = "" } = json;
  if (typeof chunk !== "string" || (chunk === "" && !isWithoutChunk(kind))) {
    return fail('expected the name of the chunk in "chunk"');
  }
  const needed: readonly string[] = fieldsOfKind[kind];
  const event = {
    kind,
    line,
    time: number("t"),
    up: number("up"),
    total: number("total"),
    chunk,
    task: -1,
    output: -1,
    users: -1,
    attempts: -1,
    routes: -1,
    isNew: -1,
    isUp: -1,
    setDown: -1,
    deletes: -1,
    wasUp: -1,
    quotaUsed: -1,
    owed: -1,
    turns: -1,
    locked: -1,
    count: -1,
  };
  for (const [field, name] of eventFields) {
    if (needed.includes(field)) event[field] = number(name);
  }
  return event;
}

/**
 * Reads a ground-truth trace. The last line may be cut off; any other line must be an event.
 *
 * @param file the name under which the trace is spoken of
 * @param bytes the file, gzipped or not
 * @throws TraceError with file and line, if a line is no event or a number of it is missing.
 */
export function readTrace(file: string, bytes: Uint8Array): Trace {
  const { text, cut } = textOf(file, bytes);
  const lines = text.split("\n");
  const events: TraceEvent[] = [];
  let cutAt: number | null = null;
  lines.forEach((content, index) => {
    const line = index + 1;
    const last = line === lines.length;
    if (content.trim() === "") {
      if (last && cut) cutAt = line;
      return;
    }
    let json: unknown;
    try {
      json = JSON.parse(content);
    } catch {
      // Every whole line ends in a newline, so only a line without one can have been cut.
      if (!last) throw new TraceError(file, line, "the line is not JSON");
      cutAt = line;
      return;
    }
    events.push(eventOf(file, line, json));
    if (last && cut) cutAt = line;
  });
  return { file, events, cutAt };
}
