import { compareFindings, isBad, isOpen, type Finding } from "../diagnose/judge/finding.ts";
import type { Diagnosis } from "../diagnose/judge/diagnosis.ts";
import type { EvidencePlace } from "../diagnose/evidence-place.ts";
import { columns } from "./columns.ts";
import { adviceOn } from "./finding-advice.ts";
import { findingWords, many } from "./finding-words.ts";
import type { Style } from "./style.ts";
import { wrapped } from "./wrapped.ts";

function painted(finding: Finding, style: Style): (text: string) => string {
  if (isBad(finding)) return style.red;
  return isOpen(finding) ? style.yellow : style.green;
}

/** Which engine and run it is; empty where there is one. */
function subject(diagnosis: Diagnosis, several: boolean): string {
  const { engine, run, runs } = diagnosis;
  const which = runs > 1 ? `run ${run} of ${runs}` : "";
  return [several ? engine : "", which].filter((part) => part !== "").join(", ");
}

function sentence(finding: Finding, { limits }: Diagnosis): string {
  return `${finding.verdict.toUpperCase()}: ${findingWords(finding, limits)}`;
}

function headline(diagnosis: Diagnosis, several: boolean, style: Style): string {
  const [worst] = diagnosis.findings;
  if (worst === undefined) return "";
  const paint = painted(worst, style);
  const named = subject(diagnosis, several);
  const said = wrapped(`${sentence(worst, diagnosis)}${named === "" ? "" : ` [${named}]`}`);
  return said.split("\n").map(paint).join("\n");
}

function list(title: string, items: readonly string[], style: Style): readonly string[] {
  if (items.length === 0) return [];
  const unique = [...new Set(items)];
  return ["", style.bold(title), ...unique.map((item) => wrapped(item, "  - "))];
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

function seen({ log, limits, version, samples }: Diagnosis): string {
  const rows: (readonly [string, string])[] = [["version", version ?? "not told"]];
  const tasks = `${many(limits.taskMapSize, "task")}${limits.taskMapIsKnown ? "" : " (that of v4.0 and later; not told)"}`;
  const up = limits.maxChunksUp === null ? [] : [`${many(limits.maxChunksUp, "chunk")} up`];
  rows.push(["limits", [tasks, ...up].join(", ")]);
  if (log !== null) {
    const { counts } = log;
    rows.push(
      ["failed flushes", `${counts.failed}`],
      ["logged deliveries of retries", `${counts.delivered}`],
      ["retries without memory", `${counts.rescheduled}`],
    );
    if (log.tasksAtEnd !== null) rows.push(["tasks at the end", `${log.tasksAtEnd}`]);
  }
  if (samples > 0) rows.push(["samples of metrics", `${samples}`]);
  return columns(rows.map(([name, value]) => [`  ${name}`, value]));
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

function section(diagnosis: Diagnosis, several: boolean, style: Style): string {
  const { findings } = diagnosis;
  const advice = findings.map((finding) => adviceOn(finding, diagnosis));
  const others = findings.slice(1).map((finding) => sentence(finding, diagnosis));
  return [
    headline(diagnosis, several, style),
    ...list("Also", others, style),
    ...list(
      "Do now",
      advice.flatMap(({ now }) => now),
      style,
    ),
    ...list(
      "What decides it",
      advice.flatMap(({ decide }) => decide),
      style,
    ),
    ...list(
      "Change",
      advice.flatMap(({ change }) => change),
      style,
    ),
    ...list("Evidence", [...findings.map(evidenceOf), ...remarks(diagnosis)], style),
    "",
    style.bold("Seen"),
    seen(diagnosis),
  ].join("\n");
}

/** What is said of engines and their runs, for a terminal: the worst verdict first. */
export function diagnosisText(diagnoses: readonly Diagnosis[], style: Style): string {
  const several = new Set(diagnoses.map(({ engine }) => engine)).size > 1;
  const sections = diagnoses.map((one) => section(one, several, style));
  if (diagnoses.length < 2) return sections.join("\n");
  // One sentence for each, the worst first, then all of each.
  const worst = diagnoses.toSorted((a, b) => compareFindings(a.findings[0], b.findings[0]));
  const lines = worst.map((one) => headline(one, several, style));
  return [...lines, "", sections.join(`\n\n${style.dim("-".repeat(40))}\n\n`)].join("\n");
}
