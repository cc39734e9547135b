/** A line that Fluent Bit logged. */
export interface LogLine {
  /** The number of the line in the file, from 1. */
  readonly number: number;
  /** When it was logged, as it stands there: `2026/11/23 02:19:33`. */
  readonly at: string;
  /** The same in milliseconds, to subtract one from another: the log does not say in which zone. */
  readonly time: number;
  /** What follows the level. */
  readonly text: string;
}

// Matches the escape sequences that colours are made of.
const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

// What stands before the time (a container runtime's stamp, a unit's name) is nobody's business here.
const stamped =
  /\[((\d{4}\/\d\d\/\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?)\] (?:\[ *(?:trace|debug|info|warn|error)\] )?(.*)$/;

/** A line of a log; null where it is none of Fluent Bit's (`flb_log.c::flb_log_construct`). */
export function parseLogLine(number: number, line: string): LogLine | null {
  const found = stamped.exec(line.replaceAll(colours, "").trimEnd());
  if (found === null) return null;
  const [, at = "", day = "", clock = "", fraction = "0", text = ""] = found;
  const seconds = Date.parse(`${day.replaceAll("/", "-")}T${clock}Z`);
  if (Number.isNaN(seconds)) return null;
  return { number, at, time: seconds + Math.floor(Number(`0.${fraction}`) * 1000), text };
}
