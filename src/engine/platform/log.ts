import type { Clock } from "./clock.ts";

/** Fluent Bit's log levels, from the least to the most talkative. */
export type LogLevel = "error" | "warn" | "info" | "debug";

const rank: Record<LogLevel, number> = { error: 0, warn: 1, info: 2, debug: 3 };
const label: Record<LogLevel, string> = {
  error: "error",
  warn: " warn",
  info: " info",
  debug: "debug",
};

/** Takes lines; a message is built only when its level is wanted. */
type LogMessage = () => string;

/** The log of one engine. Stands for `flb_log.c::flb_log_print`. */
export interface Log {
  error(message: LogMessage): void;
  warn(message: LogMessage): void;
  info(message: LogMessage): void;
  debug(message: LogMessage): void;
}

/** What a log writes, and how its time stamps look: whole seconds in 3.x, milliseconds since 4.0. */
export interface LogOptions {
  readonly clock: Clock;
  readonly level: LogLevel;
  readonly timeStamp: "seconds" | "milliseconds";
  /** Gets one line, without a line end. */
  readonly write: (line: string) => void;
}

/** A log that nobody reads. */
export const silentLog: Log = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
};

/** Makes a log in the format of Fluent Bit, e.g. `[2026/11/23 02:19:34] [ info] [task] ...` (UTC). */
export function createLog(options: LogOptions): Log {
  const print = (level: LogLevel, message: LogMessage): void => {
    if (rank[level] > rank[options.level]) return;
    options.write(`[${stamp(options)}] [${label[level]}] ${message()}`);
  };
  return {
    error: (message) => {
      print("error", message);
    },
    warn: (message) => {
      print("warn", message);
    },
    info: (message) => {
      print("info", message);
    },
    debug: (message) => {
      print("debug", message);
    },
  };
}

function stamp({ clock, timeStamp }: LogOptions): string {
  const iso = new Date(clock.now()).toISOString().replaceAll("-", "/").replace("T", " ");
  return timeStamp === "seconds" ? iso.slice(0, 19) : iso.slice(0, 23);
}
