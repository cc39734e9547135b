import type { Finding, FindingKind, FindingOf } from "../../diagnose/judge/finding.ts";
import type { Limits } from "../../diagnose/judge/limits.ts";

const digits = new Intl.NumberFormat("en-US");

/** A number with its noun: "1 chunk", "2,188 chunks". */
export function many(count: number, noun: string): string {
  const plural = noun.endsWith("ry") ? noun.replace(/y$/u, "ies") : `${noun}s`;
  return `${digits.format(count)} ${count === 1 ? noun : plural}`;
}

/** A duration in the largest unit that it fills. */
function duration(seconds: number): string {
  if (seconds >= 2 * 86_400) return many(Math.floor(seconds / 86_400), "day");
  if (seconds >= 2 * 3600) return many(Math.floor(seconds / 3600), "hour");
  if (seconds >= 120) return many(Math.floor(seconds / 60), "minute");
  return many(Math.round(seconds), "second");
}

/** When and where something was seen first. */
function sinceWords({ since }: Finding): string {
  if (since === null) return "";
  const line = `line ${since.line}`;
  if (since.line === 0) return since.at === null ? "" : ` since ${since.at}`;
  return since.at === null ? ` since ${line}` : ` since ${since.at} (${line})`;
}

/** That of versions before 4.0. */
const smallestTaskMap = 2048;

const have = (count: number): string => (count === 1 ? "has" : "have");
const wait = (count: number): string => (count === 1 ? "waits" : "wait");
const were = (count: number): string => (count === 1 ? "was" : "were");

type Words = { readonly [K in FindingKind]: (finding: FindingOf<K>, limits: Limits) => string };

function mapWords({ taskMapSize, taskMapIsKnown }: Limits): string {
  const size = digits.format(taskMapSize);
  return taskMapIsKnown ? `the ${size} that it can have` : `${size}, if it is v4.0 or later`;
}

/** Where nothing tells the version: the map of older ones is full. */
function mayBeFull({ tasks, refused }: FindingOf<"blocked">, { taskMapIsKnown }: Limits): string {
  const isFull = !taskMapIsKnown && tasks >= smallestTaskMap && refused === tasks;
  return isFull ? " It is stuck if it is older than v4.0: give --fluent-bit." : "";
}

/** What each finding says, without its verdict. */
const words: Words = {
  "map-waits": (f, { taskMapSize }) =>
    `all ${many(taskMapSize, "task")} wait for memory, and nothing has moved${sinceWords(f)}: ` +
    `${many(f.refusals, "retry")} found no memory since. It will not recover by itself, unless storage.total_limit_size deletes a waiting chunk.`,
  "snapshot-waits": (f) =>
    `all ${many(f.busy, "task")} wait for memory, which ${many(f.up, "chunk")} without a task ${f.up === 1 ? "fills" : "fill"}${sinceWords(f)}. It will not recover by itself, unless storage.total_limit_size deletes a waiting chunk.`,
  "letters-hold-memory": (f) =>
    `memory is full of ${many(f.up, "dead letter")} from an earlier run, and nothing is delivered${sinceWords(f)}. It will not recover by itself.`,
  "all-unreadable": (f) =>
    `all ${many(f.tasks, "task")} belong to chunk files that cannot be read, and are never tried again${sinceWords(f)}. It will not recover by itself.`,
  "waits-to-end": (f) =>
    `the ${f.reloads ? "reload" : "shutdown"} waits for the same ${many(f.chunks, "chunk")} for ${duration(f.seconds)}${sinceWords(f)}` +
    (f.verdict === "stuck" ? ", and none of them has a task. It will not end by itself." : "."),
  exited: (f) =>
    `the engine ended itself with status 0${sinceWords(f)}, because storage.total_limit_size left nothing to delete.`,
  crashed: (f) => `the engine crashed (${f.signal})${sinceWords(f)}.`,
  "no-timer": (f) =>
    `${many(f.chunks, "chunk")} ${were(f.chunks)} deleted${sinceWords(f)}, whatever Retry_Limit says, because no timer was to be had: the process is out of file descriptors.`,
  refused: (f) =>
    `${many(f.appends, "append")} found no chunk to go into${sinceWords(f)}` +
    (f.overTotalLimit.length === 0
      ? ". Usually the storage is full: storage.total_limit_size, the disk, or the file descriptors."
      : `, because storage.total_limit_size of ${f.overTotalLimit.join(", ")} is used up.`),
  "given-up": (f) =>
    `${many(f.chunks, "chunk")} ${were(f.chunks)} given up${sinceWords(f)}, as Retry_Limit wants` +
    (f.quarantined === 0
      ? "."
      : `; ${digits.format(f.quarantined)} of them went to the dead letter queue.`),
  evicted: (f) =>
    `${many(f.chunks, "chunk")} ${were(f.chunks)} deleted${sinceWords(f)} to make room under storage.total_limit_size.`,
  unreadable: (f) =>
    `the files of ${many(f.chunks, "chunk")} cannot be read${sinceWords(f)}` +
    (f.gone === 0
      ? "."
      : `; ${many(f.gone, "task")} of the map ${f.gone === 1 ? "is" : "are"} taken by them until a restart.`),
  "dropped-records": (f) =>
    `${f.output} dropped ${many(f.records, "record")} since it was started.`,
  "no-descriptors": (f) =>
    `the process runs out of file descriptors (errno 24, ${many(f.times, "time")}${sinceWords(f)}). Retries cannot get timers; chunks get lost next.`,
  paused: (f) =>
    `${f.input} is paused${sinceWords(f)}: ${f.limit}.` +
    (f.forGood
      ? " It has no chunk left, so nothing will resume it."
      : " No later line resumes it.") +
    (f.refused === 0
      ? ""
      : ` It refused ${many(f.refused, "append")} meanwhile; they are lost unless the sender keeps them.`),
  starving: (f) =>
    `${f.output} is cut off${sinceWords(f)}: ${many(f.tasks, "task")} ${wait(f.tasks)} for memory, ${digits.format(f.refusals)} retries found none and none was attempted, while ${f.served.join(", ")} is served.`,
  blocked: (f, limits) => {
    const where = f.output === null ? "" : ` for ${f.output}`;
    const head = `blocked: ${many(f.tasks, "task")} ${wait(f.tasks)}${where}, of ${mapWords(limits)}`;
    const refused = `the retries of ${digits.format(f.refused)} found no memory`;
    return f.moved
      ? `${head}; ${refused}, and nothing was attempted${sinceWords(f)}, for ${duration(f.seconds)}.${mayBeFull(f, limits)}`
      : `${head}; ${refused}, and no line shows an attempt. The log is too short to tell.`;
  },
  overdue: (f) =>
    `overdue: ${many(f.tasks, "retry")} for ${f.output ?? "an output"} should have been tried again, and nothing was heard of ${f.tasks === 1 ? "it" : "them"} for ${duration(f.seconds)}${sinceWords(f)}. ` +
    (f.tellsInfo
      ? "Either the flushes get no answer, or the engine is stuck."
      : "Either the engine is stuck, or what followed was not logged: deliveries and re-schedules are logged at level info."),
  lookalike: (f) =>
    `it looks stuck: ${many(f.busy, "task")}, ${many(f.up, "chunk")} in memory and ${digits.format(f.down)} not. Whether it is depends on ${f.missing.map((what) => missing[what]).join(" and ")}.`,
  "standing-still": (f) =>
    `nothing is delivered${f.output === null ? " or tried again" : ` to ${f.output}`} for ${duration(f.seconds)}${sinceWords(f)}, with ${many(f.busy, "task")} and ${many(f.up, "chunk")} in memory.`,
  unanswered: (f) =>
    `${f.output} has taken nothing${sinceWords(f)}, as far as the log tells: its plugin complained ${many(f.complaints, "time")} ("${f.words}") and told of no delivery. Meanwhile each of its flushes holds a chunk in memory.`,
  unexplained: (f, { taskMapSize }) =>
    `no run of one engine explains ${many(f.lines, "line")}${sinceWords(f)}: ` +
    (f.what === "retries"
      ? "retries of tasks that never failed in this run. Lines of several engines are mixed, or lines are missing."
      : `deliveries while all ${many(taskMapSize, "task")} wait. Lines of several engines are mixed, or the engine can have more tasks.`),
  failing: (f) =>
    `${f.output ?? "an output"} takes nothing${sinceWords(f)}: ${many(f.tasks, "task")} ${wait(f.tasks)} for a retry.` +
    (f.attempted
      ? " Retries are attempted: what waits is delivered once the output is back."
      : " No retry was attempted yet, as far as the log shows."),
  draining: (f) =>
    `${f.output ?? "the outputs"} ${f.output === null ? "deliver" : "delivers"}, and ${many(f.tasks, "task")} still ${wait(f.tasks)} for a retry.`,
  silent: (f) =>
    f.since === null
      ? "nothing is known: no retry waits, and no delivery is logged. Most outputs log successes at level debug only."
      : `no retry waits, but the last delivery that is logged is ${duration(f.seconds)} old (line ${f.since.line}).`,
  "one-sample": (f) =>
    `one sample says nothing of movement${f.busy === null ? "" : `: ${many(f.busy, "chunk")} ${have(f.busy)} a task`}.`,
  idle: (f) =>
    f.storageIsTold
      ? "nothing waits and nothing moves: it is idle, or its inputs read nothing."
      : "nothing moves, and the storage is not told: it is idle, or it is stuck.",
  healthy: (f) =>
    `records are flowing${f.outputs.length === 0 ? "" : ` to ${f.outputs.join(", ")}`}, and no retry waits.`,
};

const missing = {
  limit: "storage.max_chunks_up (give --config)",
  map: "the size of its task map (give --fluent-bit or --task-map)",
  bytes: "whether the chunks with a task are in memory (/api/v1/storage tells)",
} as const;

/** What a finding says in one or two sentences, without its verdict. */
export function findingWords<K extends FindingKind>(finding: FindingOf<K>, limits: Limits): string {
  return words[finding.kind](finding, limits);
}
