import type { Diagnosis } from "../../diagnose/judge/diagnosis.ts";
import { milestonesOf } from "./diagnosis-milestones.ts";
import { adviceLists, evidenceLines, seenRows, sentence, subject } from "./diagnosis-words.ts";
import { markdownTable } from "../markdown.ts";

function list(title: string, items: readonly string[]): readonly string[] {
  return [`### ${title}`, "", ...items.map((item) => `- ${item}`), ""];
}

const plotWidth = 60;
const eighths = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** The most in each column, as bars of text; empty where nothing is. */
function bars(values: readonly number[]): string {
  const most = Math.max(0, ...values);
  if (most === 0 || values.length < 2) return "";
  const columns = Math.min(plotWidth, values.length);
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * values.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * values.length) / columns));
    const value = Math.max(...values.slice(from, to));
    return value === 0 ? "·" : (eighths[Math.ceil((value / most) * 8) - 1] ?? "█");
  }).join("");
}

function plot({ log }: Diagnosis): readonly string[] {
  const stretches = log?.timeline.stretches ?? [];
  const rows = (["waiting", "failed", "refused", "delivered"] as const).flatMap((key) => {
    const values = stretches.map((one) => one[key]);
    const line = bars(values);
    return line === "" ? [] : [`${key.padEnd(9)} ${line} most ${Math.max(...values)}`];
  });
  if (rows.length === 0) return [];
  return ["```text", ...rows, "```", ""];
}

function section(diagnosis: Diagnosis, several: boolean): string {
  const [worst, ...others] = diagnosis.findings;
  const named = subject(diagnosis, several);
  const rows = milestonesOf(diagnosis).map(({ at, words, where }) => [at, words, `\`${where}\``]);
  return [
    `## ${named === "" ? "Fluent Bit" : named}`,
    "",
    `**${worst === undefined ? "" : sentence(worst, diagnosis)}**`,
    "",
    ...others.flatMap((finding) => [sentence(finding, diagnosis), ""]),
    "### Time line",
    "",
    markdownTable([["when", "what", "where"], ...rows]),
    "",
    ...plot(diagnosis),
    ...adviceLists(diagnosis).flatMap(([title, items]) => list(title, items)),
    ...list("Evidence", evidenceLines(diagnosis)),
    markdownTable([["seen", ""], ...seenRows(diagnosis)]),
    "",
  ].join("\n");
}

/** What is said of engines and their runs, for an issue tracker: the time line first. */
export function diagnosisMarkdown(diagnoses: readonly Diagnosis[]): string {
  const several = new Set(diagnoses.map(({ engine }) => engine)).size > 1;
  return diagnoses.map((one) => section(one, several)).join("\n");
}
