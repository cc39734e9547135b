import { isBad, isOpen, worstFirst, type Finding } from "../../diagnose/judge/finding.ts";
import type { Diagnosis } from "../../diagnose/judge/diagnosis.ts";
import { milestonesOf } from "./diagnosis-milestones.ts";
import { diagnosisPlots } from "./diagnosis-plots.ts";
import { adviceLists, evidenceLines, seenRows, sentence, subject } from "./diagnosis-words.ts";
import { escapeXml } from "../simulation/simulation-markup.ts";
import { staticPage } from "../static-page.ts";

function classOf(finding: Finding): string {
  if (isBad(finding)) return "no";
  return isOpen(finding) ? "open" : "yes";
}

function list(items: readonly string[]): string {
  return `<ul>\n${items.map((item) => `<li>${escapeXml(item)}</li>`).join("\n")}\n</ul>`;
}

function timeline(diagnosis: Diagnosis): string {
  const rows = milestonesOf(diagnosis).map(({ at, where, words, isBad: bad }) => {
    const cell = `<td class="words${bad ? " no" : ""}">${escapeXml(words)}</td>`;
    return `<tr><th scope="row">${escapeXml(at)}</th>${cell}<td class="words">${escapeXml(where)}</td></tr>`;
  });
  return [
    "<h2>Time line</h2>",
    '<div class="wide"><table>',
    '<thead><tr><th>when</th><th class="words" scope="col">what</th><th class="words" scope="col">where</th></tr></thead>',
    `<tbody>\n${rows.join("\n")}\n</tbody>`,
    "</table></div>",
  ].join("\n");
}

function seen(diagnosis: Diagnosis): string {
  const rows = seenRows(diagnosis).map(
    ([name, value]) =>
      `<tr><th scope="row">${escapeXml(name)}</th><td class="words">${escapeXml(value)}</td></tr>`,
  );
  return `<h2>Seen</h2>\n<div class="wide"><table><tbody>\n${rows.join("\n")}\n</tbody></table></div>`;
}

function section(diagnosis: Diagnosis, several: boolean): string {
  const findings = worstFirst(diagnosis.findings);
  const verdicts = findings.map(
    (finding, index) =>
      `<p class="${index === 0 ? "verdict " : ""}${classOf(finding)}">${escapeXml(sentence(finding, diagnosis))}</p>`,
  );
  const named = subject(diagnosis, several);
  const plots = diagnosisPlots(diagnosis);
  return [
    ...(named === "" ? [] : [`<h2>${escapeXml(named)}</h2>`]),
    ...verdicts,
    timeline(diagnosis),
    ...(plots.length === 0 ? [] : [`<div class="plots whole">\n${plots.join("\n")}\n</div>`]),
    ...adviceLists(diagnosis).map(([title, items]) => `<h2>${title}</h2>\n${list(items)}`),
    `<h2>Evidence</h2>\n${list(evidenceLines(diagnosis))}`,
    seen(diagnosis),
  ].join("\n");
}

/** What is said of engines and their runs, as a page that needs nothing but itself: the time line first, then plots. */
export function diagnosisHtml(diagnoses: readonly Diagnosis[]): string {
  const several = new Set(diagnoses.map(({ engine }) => engine)).size > 1;
  const worst = worstFirst(diagnoses.flatMap(({ findings }) => findings))[0];
  const verdict = (worst?.verdict ?? "undecided").toUpperCase();
  const body = diagnoses.map((one) => section(one, several)).join("\n<hr>\n");
  return staticPage(`unstuck diagnose: ${verdict}`, `<h1>Fluent Bit: how it fares</h1>\n${body}`);
}
