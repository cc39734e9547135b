import type { Finding } from "../diagnose/judge/finding.ts";

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
const restart =
  "Restart Fluent Bit once the output is back: what is on disk is delivered then. With the output still away it gets stuck again.";
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

/** What to do about a finding; nothing where there is nothing to do. */
export function adviceOn(finding: Finding, version: string | null): Advice {
  switch (finding.kind) {
    case "map-waits":
    case "snapshot-waits":
      return { ...nothing, now: [restart], change: [checkCommand(version)] };
    case "letters-hold-memory":
      return {
        ...nothing,
        now: [
          "Move the files of the dead letter stream (storage.rejected.path) away, then restart.",
        ],
        change: ["Turn storage.keep.rejected off, or empty that folder before each restart."],
      };
    case "all-unreadable":
    case "unreadable":
      return {
        ...nothing,
        now: [
          "Restart to free the tasks, after moving the damaged chunk files out of storage.path.",
        ],
        change: ["Look for what damages them: a full disk, two processes on one storage.path."],
      };
    case "waits-to-end":
      return {
        now: [
          "Restart the process: SIGTERM, and SIGKILL after its grace time. What is on disk stays.",
        ],
        change: ["Restart instead of reloading (SIGHUP) while a backlog is on disk."],
        decide: finding.verdict === "stuck" ? [] : [askStorage],
      };
    case "exited":
      return { ...nothing, now: ["Start it again."], change: [totalLimit([])] };
    case "crashed":
      return {
        ...nothing,
        now: ["Start it again: what is on disk is delivered then."],
        change: ["Look at the lines before the signal; lack of file descriptors is a known cause."],
      };
    case "no-timer":
    case "no-descriptors":
      return { ...nothing, now: [raiseDescriptors, "Restart, so that the new limit counts."] };
    case "refused":
      return { ...nothing, change: [totalLimit(finding.overTotalLimit)] };
    case "evicted":
      return { ...nothing, change: [totalLimit([])] };
    case "given-up":
      return {
        ...nothing,
        change: [
          "Set Retry_Limit no_limits for outputs that may be away for long, or keep what is rejected (storage.keep.rejected).",
        ],
      };
    case "dropped-records":
      return {
        ...nothing,
        decide: [
          "Its log says why: errors of the output, Retry_Limit, or storage.total_limit_size.",
        ],
      };
    case "paused":
      return pausedAdvice(finding.limit, finding.forGood, finding.input);
    default:
      return openAdvice(finding, version);
  }
}

function openAdvice(finding: Finding, version: string | null): Advice {
  switch (finding.kind) {
    case "starving":
      return { now: [], change: [checkCommand(version)], decide: [askStorage] };
    case "blocked":
      return {
        ...nothing,
        decide: [
          "It is stuck if every task of the map waits and nothing that is in memory has a task; it is not if flushes without an answer hold the memory.",
          askStorage,
          askDump,
        ],
      };
    case "overdue":
      return {
        ...nothing,
        decide: [askStorage, ...(finding.tellsInfo ? [] : ["Set log_level info: it logs both."])],
      };
    case "lookalike":
    case "standing-still":
    case "one-sample":
      return {
        ...nothing,
        decide: [
          "for i in 1 2 3 4 5 6; do curl -s http://HOST:2020/api/v1/storage; curl -s http://HOST:2020/api/v1/metrics; sleep 10; done > metrics.ndjson, then unstuck diagnose metrics.ndjson --config FILE",
        ],
      };
    case "silent":
    case "idle":
      return {
        ...nothing,
        decide: [
          "curl -s http://HOST:2020/api/v1/metrics, asked twice: proc_records of each output has to grow.",
        ],
      };
    case "unanswered":
    case "failing":
      return {
        ...nothing,
        now: [`See why ${finding.output ?? "the output"} takes nothing: its own lines in the log.`],
        change: [checkCommand(version)],
      };
    default:
      return nothing;
  }
}
