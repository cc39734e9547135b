import type { RunDiagnosis } from "../trace/log/log-reader.ts";
import type { Json } from "./check-json.ts";
import { columns } from "./columns.ts";
import type { Style } from "./style.ts";

function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function verdictWords({ run, taskMapSize, verdict }: RunDiagnosis): string {
  const { tasks, refusals } = run.waiting;
  const since = run.moved === null ? "the beginning" : `${run.moved.at} (line ${run.moved.line})`;
  switch (verdict) {
    case "stuck":
      return `stuck: all ${taskMapSize} tasks wait for memory, and nothing has moved since ${since}; ${refusals} retries found no memory since`;
    case "blocked":
      return `blocked: ${tasks} retries wait for memory, and nothing that is logged has moved since ${since}; ${refusals} found none since, but the log shows ${tasks} tasks of ${taskMapSize} only`;
    case "failing":
      return `failing: ${many(tasks, "task")} failed and ${tasks === 1 ? "waits" : "wait"} for a retry; retries are attempted, so the engine works`;
    case "recovering":
      return `recovering: deliveries happen, ${many(tasks, "task")} still ${tasks === 1 ? "waits" : "wait"} for a retry`;
    case "flowing":
      return "flowing: no retry waits";
  }
}

function adviceOn({ run, taskMapSize, verdict }: RunDiagnosis): readonly string[] {
  const version = run.version ?? "VERSION";
  const advice: string[] = [];
  if (verdict === "stuck") {
    advice.push(
      "It stays so, whatever the output does. What is on disk is delivered after a restart.",
      `What to change so that it does not come back: unstuck check --config FILE --fluent-bit ${version}`,
    );
  }
  if (verdict === "blocked") {
    const up = run.maxChunksUp ?? "storage.max_chunks_up";
    advice.push(
      "Either flushes that get no answer hold the memory, or the engine is stuck with tasks that never failed, of which no line tells.",
      `It is stuck if /api/v1/storage says that ${taskMapSize} chunks are busy and ${up} of fs_chunks are up. A smaller task map is told by --task-map.`,
    );
  }
  if (run.linesLeftOut > 0) {
    advice.push(
      `${many(run.linesLeftOut, "line")} of the log are left out: the figures are too low.`,
    );
  }
  const { lost, refused } = run.counts;
  if (lost > 0) {
    advice.push(
      `Data loss: ${many(lost, "chunk")} ${lost === 1 ? "was" : "were"} deleted, whatever Retry_Limit says, because no timer was to be had; each retry that is due soon needs a file descriptor (ulimit -n).`,
    );
  }
  if (refused > 0) advice.push(`Data loss: ${many(refused, "append")} found no chunk to go into.`);
  return advice;
}

function runText(diagnosis: RunDiagnosis, style: Style): string {
  const { run, taskMapSize, verdict } = diagnosis;
  const { failed, delivered, rescheduled, dropped } = run.counts;
  const end = run.tasksAtEnd === null ? [] : [["tasks at the end", `${run.tasksAtEnd}`]];
  const paint =
    verdict === "stuck" ? style.red : verdict === "blocked" ? style.yellow : style.green;
  const limits = [
    `${taskMapSize} tasks`,
    ...(run.maxChunksUp === null ? [] : [`${run.maxChunksUp} chunks up`]),
  ];
  return [
    style.bold(run.version === null ? "an engine of unknown version" : `v${run.version}`),
    columns([
      ["from", run.span === null ? "" : `${run.span.from.at} (line ${run.span.from.line})`],
      ["to", run.span === null ? "" : `${run.span.to.at} (line ${run.span.to.line})`],
      ["limits", limits.join(", ")],
      ["failed flushes", `${failed}`],
      ["deliveries that are logged", `${delivered}`],
      ["retries without memory", `${rescheduled}`],
      ["given up", `${dropped}`],
      ...end,
    ]),
    paint(verdictWords(diagnosis)),
    ...adviceOn(diagnosis),
  ].join("\n");
}

/** What a log says of an engine, for a terminal. */
export function logText(diagnoses: readonly RunDiagnosis[], style: Style): string {
  return diagnoses.map((one) => runText(one, style)).join("\n\n");
}

/** The same as JSON; the fields are documented in docs/cli.md and stable. */
export function logJson(diagnoses: readonly RunDiagnosis[], breaksOffAt: number | null): Json {
  return {
    breaksOffAt,
    runs: diagnoses.map(({ run, taskMapSize, verdict }) => ({
      version: run.version,
      taskMapSize,
      maxChunksUp: run.maxChunksUp,
      from: run.span === null ? null : { ...run.span.from },
      to: run.span === null ? null : { ...run.span.to },
      verdict,
      moved: run.moved === null ? null : { ...run.moved },
      secondsStill: run.secondsStill,
      waiting: { ...run.waiting },
      tasksAtEnd: run.tasksAtEnd,
      linesLeftOut: run.linesLeftOut,
      counts: { ...run.counts },
    })),
  };
}
