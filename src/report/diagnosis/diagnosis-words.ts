import type { EvidencePlace } from "../../diagnose/evidence-place.ts";
import type { Finding } from "../../diagnose/judge/finding.ts";
import type { Diagnosis } from "../../diagnose/judge/diagnosis.ts";
import { adviceOn } from "./finding-advice.ts";
import { findingWords, many } from "./finding-words.ts";

/** Which engine and run it is; empty where there is one. */
export function subject({ engine, run, runs }: Diagnosis, several: boolean): string {
  const which = runs > 1 ? `run ${run} of ${runs}` : "";
  return [several ? engine : "", which].filter((part) => part !== "").join(", ");
}

/** A finding with its verdict. */
export function sentence(finding: Finding, { limits }: Diagnosis): string {
  return `${finding.verdict.toUpperCase()}: ${findingWords(finding, limits)}`;
}

/** What to do, what decides it and what to change, with their titles; what is empty is left out. */
export function adviceLists(
  diagnosis: Diagnosis,
): readonly (readonly [string, readonly string[]])[] {
  const advice = diagnosis.findings.map((finding) => adviceOn(finding, diagnosis));
  const lists = [
    ["Do now", advice.flatMap(({ now }) => now)],
    ["What decides it", advice.flatMap(({ decide }) => decide)],
    ["Change", advice.flatMap(({ change }) => change)],
  ] as const;
  return lists
    .map(([title, items]) => [title, [...new Set(items)]] as const)
    .filter(([, items]) => items.length > 0);
}

function placeText({ line, at }: EvidencePlace): string {
  if (line === 0) return at ?? "an answer";
  return `line ${line}${at === null ? "" : ` (${at})`}`;
}

function evidenceOf(finding: Finding): string {
  const places = [finding.since, finding.last].filter((place) => place !== null);
  const [from, to] = places;
  const named = `${finding.verdict} (${finding.kind})`;
  if (from === undefined) return named;
  const files = [...new Set(places.map(({ file }) => file))].join(", ");
  const isSame = to === undefined || to.line === from.line;
  return `${named}: ${placeText(from)}${isSame ? "" : ` to ${placeText(to)}`} of ${files}`;
}

function remarks({ log, clockWentBack }: Diagnosis): readonly string[] {
  const left = log?.linesLeftOut ?? 0;
  return [
    ...(left > 0
      ? [`${many(left, "line")} of the log are left out: the figures are too low.`]
      : []),
    ...(clockWentBack ? ["The clock goes back in this log: the order of lines counts."] : []),
  ];
}

/** Where the lines stand that show each finding, and what is to be known of them. */
export function evidenceLines(diagnosis: Diagnosis): readonly string[] {
  return [...diagnosis.findings.map(evidenceOf), ...remarks(diagnosis)];
}

/** The figures of a run. */
export function seenRows(diagnosis: Diagnosis): readonly (readonly [string, string])[] {
  const { log, limits, version, samples } = diagnosis;
  const tasks = `${many(limits.taskMapSize, "task")}${limits.taskMapIsKnown ? "" : " (that of v4.0 and later; not told)"}`;
  const up = limits.maxChunksUp === null ? [] : [`${many(limits.maxChunksUp, "chunk")} up`];
  const rows: (readonly [string, string])[] = [
    ["version", version ?? "not told"],
    ["limits", [tasks, ...up].join(", ")],
  ];
  if (log !== null) {
    const { counts } = log;
    rows.push(
      ["failed flushes", `${counts.failed}`],
      ["logged deliveries of retries", `${counts.delivered}`],
      ["retries without memory", `${counts.rescheduled}`],
    );
    if (log.tasksAtEnd !== null) rows.push(["tasks at the end", `${log.tasksAtEnd}`]);
  }
  if (samples.length > 0) rows.push(["samples of metrics", `${samples.length}`]);
  return rows;
}
