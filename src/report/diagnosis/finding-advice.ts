import type { FindingKind, FindingOf } from "../../diagnose/judge/finding.ts";
import type { Limits } from "../../diagnose/judge/limits.ts";
import { many } from "./finding-words.ts";

/** What to do about a finding. */
export interface Advice {
  /** At once. */
  readonly now: readonly string[];
  /** So that it does not come back: settings first. */
  readonly change: readonly string[];
  /** What decides where nothing is decided. */
  readonly decide: readonly string[];
}

const nothing: Advice = { now: [], change: [], decide: [] };

function restart(chunks: number, atLeast: boolean): string {
  const amount = `${atLeast ? "at least " : ""}${many(chunks, "chunk")}`;
  return `Restart Fluent Bit once the output is back: ${amount} on disk ${chunks === 1 ? "is" : "are"} delivered then. With the output still away it can get stuck again.`;
}

const askStorage =
  "curl -s http://HOST:2020/api/v1/storage > storage.json, then unstuck diagnose LOG storage.json --config FILE";
const askDump = "kill -CONT PID makes the engine print a dump into its log; diagnose reads it.";
const raiseDescriptors =
  "Raise the limit of file descriptors: LimitNOFILE= in the unit, ulimit -n in the shell, above the task map plus connections.";

function checkCommand(version: string | null): string {
  return `unstuck check --config FILE --fluent-bit ${version ?? "VERSION"} says which settings keep it from coming back.`;
}

function totalLimit(outputs: readonly string[]): string {
  const whose = outputs.length === 0 ? "the output" : outputs.join(", ");
  return `Raise storage.total_limit_size of ${whose}, or take it away; it has to hold what comes in during the longest outage.`;
}

function pausedAdvice(limit: string, forGood: boolean, input: string): Advice {
  const byMemory = limit.startsWith("mem buf");
  return {
    now: forGood ? [`Restart Fluent Bit: nothing else resumes ${input}.`] : [],
    change: [
      byMemory
        ? `Raise mem_buf_limit of ${input}, or set storage.type filesystem for it.`
        : `Turn storage.pause_on_chunks_overlimit off for ${input}, or raise storage.max_chunks_up.`,
    ],
    decide: forGood
      ? []
      : [
          `Whether ${input} still reads: its records in curl -s http://HOST:2020/api/v1/metrics, asked twice. Not every plugin logs that it goes on.`,
        ],
  };
}

const askTwice =
  "curl -s http://HOST:2020/api/v1/metrics, asked twice: proc_records of each output has to grow.";
const tellStorage =
  "Set storage.metrics on: without it nobody can tell an idle engine from a stuck one by its metrics.";
const poll =
  "for i in 1 2 3 4 5 6; do curl -s http://HOST:2020/api/v1/storage; curl -s http://HOST:2020/api/v1/metrics; sleep 10; done > metrics.ndjson, then unstuck diagnose metrics.ndjson --config FILE";

/** What is known of the engine that is advised. */
interface Engine {
  readonly version: string | null;
  readonly limits: Limits;
}

type Advisers = {
  readonly [K in FindingKind]: (finding: FindingOf<K>, engine: Engine) => Partial<Advice>;
};

const damaged: Partial<Advice> = {
  now: ["Restart to free the tasks, after moving the damaged chunk files out of storage.path."],
  change: ["Look for what damages them: a full disk, two processes on one storage.path."],
};
const descriptors: Partial<Advice> = {
  now: [raiseDescriptors, "Restart, so that the new limit counts."],
};

function unavailable(output: string | null, { version }: Engine): Partial<Advice> {
  return {
    now: [`See why ${output ?? "the output"} takes nothing: its own lines in the log.`],
    change: [checkCommand(version)],
  };
}

const advisers: Advisers = {
  "map-waits": ({ tasks }, { version, limits }) => ({
    now: [restart(tasks + (limits.maxChunksUp ?? 0), true)],
    change: [checkCommand(version)],
  }),
  "snapshot-waits": ({ up, down }, { version }) => ({
    now: [restart(up + down, false)],
    change: [checkCommand(version)],
  }),
  "letters-hold-memory": () => ({
    now: ["Move the files of the dead letter stream (storage.rejected.path) away, then restart."],
    change: ["Turn storage.keep.rejected off, or empty that folder before each restart."],
  }),
  "all-unreadable": () => damaged,
  unreadable: () => damaged,
  "waits-to-end": ({ verdict }) => ({
    now: ["Restart the process: SIGTERM, and SIGKILL after its grace time. What is on disk stays."],
    change: ["Restart instead of reloading (SIGHUP) while a backlog is on disk."],
    decide: verdict === "stuck" ? [] : [askStorage],
  }),
  exited: () => ({ now: ["Start it again."], change: [totalLimit([])] }),
  crashed: () => ({
    now: ["Start it again: what is on disk is delivered then."],
    change: ["Look at the lines before the signal; lack of file descriptors is a known cause."],
  }),
  "no-timer": () => descriptors,
  "no-descriptors": () => descriptors,
  refused: ({ overTotalLimit }) => ({ change: [totalLimit(overTotalLimit)] }),
  evicted: () => ({ change: [totalLimit([])] }),
  "given-up": () => ({
    change: [
      "Set Retry_Limit no_limits for outputs that may be away for long, or keep what is rejected (storage.keep.rejected).",
    ],
  }),
  "dropped-records": () => ({
    decide: ["Its log says why: errors of the output, Retry_Limit, or storage.total_limit_size."],
  }),
  paused: ({ limit, forGood, input }) => pausedAdvice(limit, forGood, input),
  starving: (_, { version }) => ({ change: [checkCommand(version)], decide: [askStorage] }),
  blocked: () => ({
    decide: [
      "It is stuck if every task of the map waits and nothing that is in memory has a task; it is not if flushes without an answer hold the memory.",
      askStorage,
      askDump,
    ],
  }),
  overdue: ({ tellsInfo }) => ({
    decide: [askStorage, ...(tellsInfo ? [] : ["Set log_level info: it logs both."])],
  }),
  lookalike: () => ({ decide: [poll] }),
  "standing-still": () => ({ decide: [poll] }),
  "one-sample": () => ({ decide: [poll] }),
  unexplained: () => ({
    decide: ["Ask for the log of one engine, as with kubectl logs --prefix, and from its start."],
  }),
  silent: () => ({ decide: [askTwice] }),
  idle: ({ storageIsTold }) => ({ decide: [storageIsTold ? askTwice : tellStorage] }),
  unanswered: ({ output }, engine) => unavailable(output, engine),
  failing: ({ output }, engine) => unavailable(output, engine),
  draining: () => nothing,
  healthy: () => nothing,
};

/** What to do about a finding; nothing where there is nothing to do. */
export function adviceOn<K extends FindingKind>(finding: FindingOf<K>, engine: Engine): Advice {
  return { ...nothing, ...advisers[finding.kind](finding, engine) };
}
