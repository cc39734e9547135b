/** A line that Fluent Bit logged, without what stands around it. */
export interface StampedText {
  /** When it was logged, as it stands there: `2026/11/23 02:19:33`. */
  readonly at: string;
  /** The same in milliseconds, to subtract one from another: the log does not say in which zone. */
  readonly time: number;
  /** The level in small letters; empty where the line has none, as those about signals. */
  readonly level: string;
  /** What follows the level. */
  readonly text: string;
  /** How many characters stand before the time. */
  readonly offset: number;
}

const stamp =
  /\[ ?((\d{4}\/\d\d\/\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?)\] ?(?:\[ *([A-Za-z]{4,7}) *\] ?)?/;
const levels: ReadonlySet<string> = new Set(["trace", "debug", "info", "warn", "error", "help"]);

let lastSecond = "";
let lastTime = Number.NaN;

/** Milliseconds of a time without fraction; lines of the same second come one after the other. */
function timeOf(day: string, clock: string): number {
  const second = `${day} ${clock}`;
  if (second !== lastSecond) {
    lastSecond = second;
    lastTime = Date.parse(`${day.replaceAll("/", "-")}T${clock}Z`);
  }
  return lastTime;
}

/** A line of a log; null where it is none of Fluent Bit's (`flb_log.c::flb_log_construct`). */
export function parseLogLine(line: string): StampedText | null {
  const found = stamp.exec(line);
  if (found === null) return null;
  const [whole, at = "", day = "", clock = "", fraction = "0", word = ""] = found;
  const seconds = timeOf(day, clock);
  if (Number.isNaN(seconds)) return null;
  const level = word.toLowerCase();
  const isLevel = level === "" || levels.has(level);
  const behind = found.index + (isLevel ? whole.length : whole.indexOf("]") + 1);
  return {
    at,
    time: seconds + Math.floor(Number(`0.${fraction}`) * 1000),
    level: isLevel ? level : "",
    text: line.slice(behind).trim(),
    offset: found.index,
  };
}
