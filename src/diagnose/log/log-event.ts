/** A delivery of one task to one output. */
interface Flush {
  readonly task: number;
  /** Null where the line does not name it. */
  readonly output: string | null;
}

/** Lines of a start. */
type StartEvent =
  | { readonly kind: "configured" }
  | { readonly kind: "started"; readonly version: string | null }
  | { readonly kind: "banner"; readonly version: string }
  | { readonly kind: "storage"; readonly maxChunksUp: number };

/** What happens to a task, or to what a task delivers. */
export type TaskEvent =
  | ({ readonly kind: "failed"; readonly chunk: string; readonly seconds: number } & Flush)
  | { readonly kind: "delivered"; readonly task: number | null; readonly output: string | null }
  | { readonly kind: "rescheduled"; readonly task: number; readonly seconds: number }
  | RemovedEvent
  | { readonly kind: "created"; readonly task: number }
  | { readonly kind: "destroyed"; readonly task: number };

/**
 * A chunk that is deleted without a delivery. `lost`: for want of a timer; `dropped`: given up, as `Retry_Limit` wants; `evicted`:
 * to make room under `storage.total_limit_size`.
 */
export interface RemovedEvent {
  readonly kind: "lost" | "dropped" | "evicted";
  readonly task: number | null;
  readonly output: string | null;
}

/** What goes wrong, and is over. */
export type SignEvent =
  | { readonly kind: "refused" }
  | { readonly kind: "overTotalLimit"; readonly output: string }
  /** v3: the process calls `exit(0)`; later versions refuse the data. */
  | { readonly kind: "cannotEvict"; readonly exits: boolean }
  | { readonly kind: "unreadable"; readonly task: number | null }
  | { readonly kind: "paused"; readonly input: string; readonly limit: string }
  /** At level debug only. */
  | { readonly kind: "pausedRefusal"; readonly input: string }
  | { readonly kind: "resumed"; readonly input: string }
  | { readonly kind: "noDescriptors" }
  | { readonly kind: "quarantined" }
  | { readonly kind: "complained"; readonly output: string; readonly words: string };

/** Signals, and lines of an end. */
type EndEvent =
  | { readonly kind: "pending"; readonly memory: number; readonly filesystem: number }
  | { readonly kind: "dump" }
  | { readonly kind: "reloading" }
  | { readonly kind: "ending" }
  | { readonly kind: "crashed"; readonly signal: string }
  | { readonly kind: "ended"; readonly tasks: number };

/** What a line of a log says of the engine. */
export type LogEvent = StartEvent | TaskEvent | SignEvent | EndEvent;

const startKinds: ReadonlySet<string> = new Set<StartEvent["kind"]>([
  "configured",
  "started",
  "banner",
  "storage",
]);
const taskKinds: ReadonlySet<string> = new Set<TaskEvent["kind"]>([
  "failed",
  "delivered",
  "rescheduled",
  "lost",
  "dropped",
  "evicted",
  "created",
  "destroyed",
]);
const endKinds: ReadonlySet<string> = new Set<EndEvent["kind"]>([
  "pending",
  "dump",
  "reloading",
  "ending",
  "crashed",
  "ended",
]);

/** Whether a line is one of a start. */
export function isStartEvent(event: LogEvent): event is StartEvent {
  return startKinds.has(event.kind);
}

/** Whether a line tells of a task. */
export function isTaskEvent(event: LogEvent): event is TaskEvent {
  return taskKinds.has(event.kind);
}

/** Whether a line is one of an end. */
export function isEndEvent(event: LogEvent): event is EndEvent {
  return endKinds.has(event.kind);
}

type Found = readonly (string | undefined)[];
type Reader = (found: Found, level: string) => LogEvent | null;

const number = (found: Found, group = 1): number => Number(found[group]);
const text = (found: Found, group: number): string | null => found[group] ?? null;
const orNull = (found: Found, group: number): number | null =>
  found[group] === undefined ? null : Number(found[group]);

const route = String.raw`(?:.*?(?:>|&gt;) output=(\S+))?`;

/** The lines of the engine, by what they begin with; alike from v1.8 to v5.1. */
const readers: Readonly<Record<string, readonly (readonly [RegExp, Reader])[]>> = {
  // flb_engine.c::handle_output_event, flb_engine_start
  engine: [
    [
      new RegExp(`^failed to flush chunk '(.*?)', retry in (\\d+) seconds: task_id=(\\d+)${route}`),
      (f) => ({
        kind: "failed",
        chunk: f[1] ?? "",
        seconds: number(f, 2),
        task: number(f, 3),
        output: text(f, 4),
      }),
    ],
    [
      new RegExp(`^flush (?:backlog )?chunk '.*' succeeded.*?: task_id=(\\d+)${route}`),
      (f) => ({ kind: "delivered", task: number(f), output: text(f, 2) }),
    ],
    [
      new RegExp(`^chunk '.*' (?:cannot be retried|is not retried)(?:.*?task_id=(\\d+))?${route}`),
      (f) => ({ kind: "dropped", task: orNull(f, 1), output: text(f, 2) }),
    ],
    [
      new RegExp(`^retry for chunk '.*' could not be scheduled${route}`),
      (f) => ({ kind: "lost", task: null, output: text(f, 1) }),
    ],
    [/^started \(pid=/, () => ({ kind: "started", version: null })],
    [
      /^pending chunk count: memory=(\d+), filesystem=(\d+)/,
      (f) => ({ kind: "pending", memory: number(f), filesystem: number(f, 2) }),
    ],
    [/^service has stopped \((\d+) pending tasks\)/, (f) => ({ kind: "ended", tasks: number(f) })],
    [/^service will (?:shutdown|stop)/, () => ({ kind: "ending" })],
    // fluent-bit.c::flb_signal_handler: SIGCONT asks for a dump, SIGHUP for a reload.
    [/^caught signal \((?:SIGCONT)\)/, () => ({ kind: "dump" })],
    [/^caught signal \((?:SIGHUP)\)/, () => ({ kind: "reloading" })],
    [
      /^caught signal \((SIGSEGV|SIGFPE|SIGABRT|SIGBUS|SIGILL)\)/,
      (f) => ({ kind: "crashed", signal: f[1] ?? "" }),
    ],
    [/^caught signal/, () => ({ kind: "ending" })],
  ],
  "fluent bit": [[/^version=([^,\s]+)/, (f) => ({ kind: "started", version: f[1] ?? "" })]],
  // flb_storage.c
  storage: [
    [/\bmax_chunks_up=(\d+)/, (f) => ({ kind: "storage", maxChunksUp: number(f) })],
    [/^quarantined rejected chunk/, () => ({ kind: "quarantined" })],
  ],
  // flb_task.c; created and destroyed at debug level only
  task: [
    [
      /^re-schedule retry=\S+ (\d+) in the next (\d+) seconds/,
      (f) => ({ kind: "rescheduled", task: number(f), seconds: number(f, 2) }),
    ],
    [
      /^retry for task (\d+) could not be re-scheduled/,
      (f) => ({ kind: "lost", task: number(f), output: null }),
    ],
    [/^created (?:direct )?task=\S+ id=(\d+) /, (f) => ({ kind: "created", task: number(f) })],
    [/^destroy task=\S+ \(task_id=(\d+)\)/, (f) => ({ kind: "destroyed", task: number(f) })],
    [
      /^drop task_id (\d+) with no active route/,
      (f) => ({ kind: "evicted", task: number(f), output: null }),
    ],
  ],
  // flb_input_chunk.c
  "input chunk": [
    [/^(\S+) is paused, cannot append/, (f) => ({ kind: "pausedRefusal", input: f[1] ?? "" })],
    [/^no available chunk/, () => ({ kind: "refused" })],
    [
      /^chunk .* would exceed total limit size in plugin (\S+)/,
      (f) => ({ kind: "overTotalLimit", output: f[1] ?? "" }),
    ],
    [
      new RegExp(
        `^chunk '.*' evicted from output queue[^:]*: (?:task_id=(\\d+), )?.*?(?:>|&gt;) output=(\\S+)`,
      ),
      (f) => ({ kind: "evicted", task: orNull(f, 1), output: text(f, 2) }),
    ],
    [/^drop chunk \S+ with no output route/, () => ({ kind: "evicted", task: null, output: null })],
    [
      /^fail to drop enough chunks in order to place new data( coming from)?/,
      (f) => ({ kind: "cannotEvict", exits: f[1] === undefined }),
    ],
  ],
  // flb_engine_dispatch.c::flb_engine_dispatch_retry
  engine_dispatch: [
    [
      /^could not retrieve chunk content(?:.*task_id=(\d+))?/,
      (f) => ({ kind: "unreadable", task: orNull(f, 1) }),
    ],
  ],
  // flb_input_chunk.c, flb_input.c
  input: [
    [/^(.+?) paused \((.*)\)/, (f) => ({ kind: "paused", input: f[1] ?? "", limit: f[2] ?? "" })],
    [/^(\S+) resume \(/, (f) => ({ kind: "resumed", input: f[1] ?? "" })],
  ],
  // flb_scheduler.c
  sched: [
    [
      /could not be (?:scheduled|created)|cannot do timeout_create/,
      () => ({ kind: "noDescriptors" }),
    ],
  ],
};

/** What plugins that tell of deliveries say at level info: HTTP outputs, s3, azure_blob. */
const told =
  /http[ _]status(?:=|: ?| )2\d\d\b|^(?:Successfully uploaded|Successfully completed multipart upload|content uploaded successfully|blob .* committed successfully)/i;

function outputEvent(name: string, said: string, level: string): LogEvent | null {
  if (told.test(said)) return { kind: "delivered", task: null, output: name };
  const complains = level === "error" || level === "warn";
  return complains ? { kind: "complained", output: name, words: said } : null;
}

const head = /^\[ ?([\w ]+?) *(?::([^\]]*))?\] ?(.*)$/s;
const noDescriptors = /Too many open files|errno=24\b|ENFILE|EMFILE/;

/**
 * What a line says; null where it says nothing that matters.
 *
 * @param line what follows the time and the level
 * @param level the level in small letters; empty where there is none
 */
export function logEventOf(line: string, level: string): LogEvent | null {
  if (line === "Configuration:") return { kind: "configured" };
  const found = head.exec(line);
  if (found === null) return noDescriptors.test(line) ? { kind: "noDescriptors" } : null;
  const [, topic = "", names, said = ""] = found;
  if (names !== undefined && topic === "output") {
    if (noDescriptors.test(said)) return { kind: "noDescriptors" };
    // "output:http:http.0"
    return outputEvent(names.slice(names.indexOf(":") + 1), said, level);
  }
  if (names === undefined) {
    for (const [pattern, read] of readers[topic] ?? []) {
      const part = pattern.exec(said);
      if (part !== null) return read(part, level);
    }
  }
  return noDescriptors.test(said) ? { kind: "noDescriptors" } : null;
}

const banner = /^(?:\* )?Fluent Bit v(\d+(?:\.\d+)+)/;

/** What a line without a time says: the banner, errors of libraries, and signals in old versions. */
export function bareEventOf(line: string): LogEvent | null {
  const version = banner.exec(line)?.[1];
  if (version !== undefined) return { kind: "banner", version };
  if (line.startsWith("[engine] caught signal")) return logEventOf(line, "");
  return line.startsWith("[") && noDescriptors.test(line) ? { kind: "noDescriptors" } : null;
}
