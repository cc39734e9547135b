import { readTrace, type Trace } from "../../src/trace/read-trace.ts";
import { traceText, type Recording } from "./recordings.ts";

/** The lines of a recording's trace, without newlines. */
export function linesOf(recording: Recording): readonly string[] {
  return traceText(recording).trimEnd().split("\n");
}

/** A trace made of lines; every line is whole. */
export function traceFrom(lines: readonly string[]): Trace {
  return readTrace("trace.ndjson", new TextEncoder().encode(`${lines.join("\n")}\n`));
}

/** The JSON of a line. */
export function parsed(line: string): object {
  const json: unknown = JSON.parse(line);
  if (typeof json !== "object" || json === null) throw new Error(`${line} is no event`);
  return json;
}

/** The line with these fields of its JSON replaced. */
export function withFields(line: string, fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...parsed(line), ...fields });
}
