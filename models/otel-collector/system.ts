import { isOn, type Parameter, type System, type Value, type Values } from "../system.ts";
import { ownProgress } from "./progress.ts";

/** The settings of an exporter, and what may happen to it. */
export interface Settings {
  readonly memory: boolean;
  readonly block: boolean;
  readonly waitForResult: boolean;
  readonly cancels: boolean;
  readonly retry: boolean;
  readonly giveUp: boolean;
  readonly rejects: boolean;
  readonly hangs: boolean;
  readonly timeout: boolean;
  readonly crash: "no" | "running" | "any";
  readonly shutdown: boolean;
  readonly receiversWait: boolean;
  readonly putFails: boolean;
  readonly readFails: boolean;
  readonly loadFails: boolean;
}

function size(name: string, usual: number, meaning: string): Parameter {
  return {
    name,
    meaning,
    takes: { kind: "number", least: 1 },
    default: usual,
    isOf: "size",
    label: name,
  };
}

function choice(name: string, choices: readonly [string, ...string[]], meaning: string): Parameter {
  return { name, meaning, takes: { kind: "choice", choices }, default: choices[0], isOf: "user" };
}

type Needs = NonNullable<Parameter["needs"]>;

/** A drawing shows what makes most happen. */
const inCharts: Readonly<Record<string, Value>> = {
  block: true,
  cancels: true,
  giveUp: true,
  rejects: true,
  hangs: true,
  shutdown: true,
  receiversWait: true,
  putFails: true,
  readFails: true,
  loadFails: true,
};

function flag(name: string, meaning: string, needs?: Needs, usual = false): Parameter {
  const shown = inCharts[name];
  return {
    name,
    meaning,
    takes: { kind: "flag" },
    default: usual,
    isOf: "user",
    ...(needs === undefined ? {} : { needs }),
    ...(shown === undefined ? {} : { inCharts: shown }),
  };
}

function on(name: string): Needs {
  return { words: `${name}=true`, isGiven: (values) => isOn(values, name) };
}

function storage(value: string): Needs {
  return { words: `storage=${value}`, isGiven: (values) => values["storage"] === value };
}

const parameters: readonly Parameter[] = [
  size("requests", 2, "slots, each free or holding a request that a producer or the queue has"),
  size("queueSize", 1, "sending_queue.queue_size, in requests"),
  size("consumers", 1, "sending_queue.num_consumers"),
  choice("storage", ["persistent", "memory"], "sending_queue.storage"),
  flag("block", "sending_queue.block_on_overflow: a producer waits for room"),
  flag("waitForResult", "sending_queue.wait_for_result", storage("memory")),
  flag("cancels", "a blocked producer may be cancelled", on("block")),
  flag("retry", "retry_on_failure.enabled", undefined, true),
  flag("giveUp", "retry_on_failure.max_elapsed_time is more than 0", on("retry")),
  flag("rejects", "the backend may reject a request for good"),
  flag("hangs", "the backend may hang"),
  flag("timeout", "an export that hangs fails in the end", on("hangs"), true),
  {
    ...choice("crash", ["no", "running", "any"], "when the process may be killed"),
    inCharts: "any",
  },
  flag("shutdown", "the collector may be shut down"),
  flag("receiversWait", "receivers wait for their blocked calls at a shutdown", on("shutdown")),
  flag("putFails", "writing a request may fail", storage("persistent")),
  flag("readFails", "taking a request out may fail", storage("persistent")),
  flag("loadFails", "reading at start-up may fail", storage("persistent")),
];

/** OpenTelemetry Collector: the sending queue of one exporter, its consumers and its retries, over several processes. */
export const collectorSystem: System = {
  name: "otel-collector",
  title: "OpenTelemetry Collector",
  atFirst: "no requests, and the backend is up",
  slots: { noun: "request", parameter: "requests" },
  parameters,
  means: ownProgress,
  usualRelease: "v0.159",
  refuses: (values) =>
    isOn(values, "receiversWait") && isOn(values, "waitForResult")
      ? "receiversWait with waitForResult is not modelled: the receivers would wait for what is queued, too"
      : null,
};

function crashOf(value: Value | undefined): Settings["crash"] {
  return value === "running" || value === "any" ? value : "no";
}

/** What the values say, but for sizes. */
export function settingsOf(values: Values): Settings {
  const is = (name: string): boolean => isOn(values, name);
  return {
    memory: values["storage"] === "memory",
    block: is("block"),
    waitForResult: is("waitForResult"),
    cancels: is("cancels"),
    retry: is("retry"),
    giveUp: is("giveUp"),
    rejects: is("rejects"),
    hangs: is("hangs"),
    timeout: is("timeout"),
    crash: crashOf(values["crash"]),
    shutdown: is("shutdown"),
    receiversWait: is("receiversWait"),
    putFails: is("putFails"),
    readFails: is("readFails"),
    loadFails: is("loadFails"),
  };
}

/** In what the versions differ. */
export interface Version {
  /** The size is a counter, which becomes 0 with the last queued request, and the start checks the capacity. */
  readonly countsSize: boolean;
  /** A producer is woken when the queue is drained, and when a request is put back at a shutdown. */
  readonly signalsEarly: boolean;
  /** The candidate fix: the index moves only once the batch is written, and a start keeps what it loads until that is put back. */
  readonly writesFirst?: true;
}
