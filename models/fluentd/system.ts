import { isOn, type Parameter, type System, type Value, type Values } from "../system.ts";
import { ownProgress } from "./progress.ts";

/** The settings of a buffered output, and what may happen to it. */
export interface Settings {
  readonly overflow: "throw" | "block" | "drop";
  readonly mode: "interval" | "immediate" | "lazy";
  readonly reemit: "no" | "plain" | "checked";
  /** Whether there is a number of failures after which the queue is cleared. */
  readonly givesUp: boolean;
  /** Whether the queued chunks have a limit of their own; else it is the number of threads. */
  readonly ownQueuedLimit: boolean;
  readonly secondary: boolean;
  readonly delayed: boolean;
  readonly race: boolean;
  readonly memory: boolean;
  readonly hangs: boolean;
  readonly timeout: boolean;
  readonly crash: boolean;
  readonly shutdown: boolean;
  readonly flushAtShutdown: boolean;
}

type Needs = NonNullable<Parameter["needs"]>;

function size(name: string, usual: number, meaning: string): Parameter {
  return {
    ...{ name, meaning, default: usual, label: name },
    takes: { kind: "number", least: 1 },
    isOf: "size",
  };
}

function choice(
  name: string,
  choices: readonly [string, ...string[]],
  meaning: string,
  inCharts?: string,
): Parameter {
  return {
    ...{ name, meaning, default: choices[0] },
    takes: { kind: "choice", choices },
    isOf: "user",
    ...(inCharts === undefined ? {} : { inCharts }),
  };
}

function flag(name: string, meaning: string, inCharts = false, needs?: Needs): Parameter {
  return {
    ...{ name, meaning, default: false },
    takes: { kind: "flag" },
    isOf: "user",
    ...(needs === undefined ? {} : { needs }),
    ...(inCharts ? { inCharts: true } : {}),
  };
}

function number(name: string, least: number, otherwise: string, meaning: string): Parameter {
  return {
    ...{ name, meaning, default: otherwise },
    takes: { kind: "number", least, or: { value: otherwise, written: [otherwise] } },
    isOf: "user",
  };
}

function on(name: string): Needs {
  return { words: `${name}=true`, isGiven: (values) => isOn(values, name) };
}

const parameters: readonly Parameter[] = [
  size("slots", 2, "slots, each free or holding a chunk, or an emit that a producer has"),
  size("limit", 1, "total_limit_size, in chunks"),
  size("threads", 1, "flush_thread_count"),
  number("queuedLimit", 1, "threads", "queued_chunks_limit_size; before v1.2.0 there was none"),
  choice("overflow", ["throw", "block", "drop"], "overflow_action", "block"),
  choice("mode", ["interval", "immediate", "lazy"], "flush_mode"),
  {
    ...number("retryMax", 0, "none", "retry_max_times; none: retry_forever, or not yet given up"),
    inCharts: 1,
  },
  flag(
    "secondary",
    "after a while of retrying, writes go to a secondary, which is always up",
    true,
  ),
  choice(
    "reemit",
    ["no", "plain", "checked"],
    "the plugin emits into its own buffer what a write left over; checked: if there is room",
    "plain",
  ),
  flag("delayed", "try_write: a write returns before its commit", true),
  flag("race", "a producer's test of the limit and its store are two steps", true),
  choice("buffer", ["file", "memory"], "where chunks are buffered"),
  flag("hangs", "the backend may hang", true),
  { ...flag("timeout", "a write that hangs fails in the end", false, on("hangs")), default: true },
  flag("crash", "the process may be killed, and starts again", true),
  flag("shutdown", "the process may be shut down, and started again", true),
  {
    ...choice(
      "flushAtShutdown",
      ["default", "true", "false"],
      "flush_at_shutdown; by default, with a memory buffer alone",
    ),
    needs: on("shutdown"),
  },
];

/** Fluentd: one buffered output, its flush threads and its retry state, over several processes. */
export const fluentdSystem: System = {
  name: "fluentd",
  title: "Fluentd",
  atFirst: "no chunks, and the backend is up",
  slots: { noun: "chunk", parameter: "slots" },
  parameters,
  means: ownProgress,
  usualRelease: "v1.19",
  refuses: () => null,
};

function oneOf<const T extends string>(choices: readonly [T, ...T[]], value?: Value): T {
  return choices.find((one) => one === value) ?? choices[0];
}

/** What the values say, but for sizes. */
export function settingsOf(values: Values): Settings {
  const is = (name: string): boolean => isOn(values, name);
  const memory = values["buffer"] === "memory";
  const flush = oneOf(["default", "true", "false"], values["flushAtShutdown"]);
  return {
    overflow: oneOf(["throw", "block", "drop"], values["overflow"]),
    mode: oneOf(["interval", "immediate", "lazy"], values["mode"]),
    reemit: oneOf(["no", "plain", "checked"], values["reemit"]),
    givesUp: typeof values["retryMax"] === "number",
    ownQueuedLimit: typeof values["queuedLimit"] === "number",
    secondary: is("secondary"),
    delayed: is("delayed"),
    race: is("race"),
    memory,
    hangs: is("hangs"),
    timeout: is("timeout"),
    crash: is("crash"),
    shutdown: is("shutdown"),
    flushAtShutdown: flush === "default" ? memory : flush === "true",
  };
}

/** In what the versions differ. */
export interface Version {
  /** Which failures step the retry state: every one, or those that come when the retry is due. */
  readonly steps: "always" | "when due";
  /** The limit of retries is tested after the step, and at the first failure too. */
  readonly testsAfter: boolean;
  /** A blocked producer gets an error when its output stops. */
  readonly blockEnds: boolean;
  /** Whether a flush thread that emits into its own full buffer waits for room as producers do. */
  readonly threadsBlock: boolean;
  /** Whether `clear_queue!` counts what threads hold no more, instead of what it has cleared. */
  readonly clearsAll: boolean;
  /** Whether a shutdown that takes back what is not committed counts that as a failure. */
  readonly cancelFails: boolean;
}

/** One buffered output: its settings, and its version. */
export interface Output extends Settings, Version {
  /** Whether there may be chunks that are not counted. */
  readonly drifts: boolean;
}

export function outputOf(settings: Settings, version: Version): Output {
  return { ...settings, ...version, drifts: settings.givesUp && version.clearsAll };
}

/** How the newest version does what none has done otherwise. */
export const asAlways = { threadsBlock: true, clearsAll: true, cancelFails: true } as const;
