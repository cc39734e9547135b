import { compareFindings, isBad, isOpen, type Finding } from "../../diagnose/judge/finding.ts";
import type { Diagnosis } from "../../diagnose/judge/diagnosis.ts";
import { columns } from "../columns.ts";
import { adviceLists, evidenceLines, seenRows, sentence, subject } from "./diagnosis-words.ts";
import type { Style } from "../style.ts";
import { wrapped } from "../wrapped.ts";

function painted(finding: Finding, style: Style): (text: string) => string {
  if (isBad(finding)) return style.red;
  return isOpen(finding) ? style.yellow : style.green;
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
  return ["", style.bold(title), ...items.map((item) => wrapped(item, "  - "))];
}

function section(diagnosis: Diagnosis, several: boolean, style: Style): string {
  const { findings } = diagnosis;
  const others = findings.slice(1).map((finding) => sentence(finding, diagnosis));
  return [
    headline(diagnosis, several, style),
    ...list("Also", others, style),
    ...adviceLists(diagnosis).flatMap(([title, items]) => list(title, items, style)),
    ...list("Evidence", evidenceLines(diagnosis), style),
    "",
    style.bold("Seen"),
    columns(seenRows(diagnosis).map(([name, value]) => [`  ${name}`, value])),
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
