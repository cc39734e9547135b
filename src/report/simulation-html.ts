import { escapeXml } from "./simulation-markup.ts";
import { limitWords, loadWords, type SimulationReport } from "./simulation-run.ts";
import { summaryRows } from "./simulation-summary.ts";
import { simulationSvg } from "./simulation-svg.ts";
import { durationWords } from "./simulation-words.ts";

const styleSheet = `
  body { font: 15px/1.5 system-ui, sans-serif; color: #1f2937; background: #fff; margin: 2rem auto; max-width: 1100px; padding: 0 1rem; }
  h1 { font-size: 1.5rem; margin-bottom: 0.25rem; }
  h2 { font-size: 1.1rem; margin-top: 2rem; }
  table { border-collapse: collapse; }
  th, td { text-align: left; padding: 0.3rem 1.2rem 0.3rem 0; border-bottom: 1px solid #e5e7eb; vertical-align: top; }
  tbody th { font-weight: 400; color: #6b7280; white-space: pre; }
  svg { max-width: 100%; height: auto; }
  .faint { color: #6b7280; }
`;

/** The runs of a simulation as a page that needs nothing but itself. */
export function simulationHtml(report: SimulationReport): string {
  const [heading = [], ...rows] = summaryRows(report);
  const names = report.runs.map(({ result }) => result.release).join(" beside ");
  const title = `unstuck simulate: ${names}`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>${styleSheet}</style>
<h1>${escapeXml(names)}</h1>
<p class="faint">Fluent Bit's chunk and task machinery on a virtual clock: ${escapeXml(phaseWords(report))}.</p>
${simulationSvg(report)}
<h2>Outcome</h2>
<table>
<thead><tr>${heading.map((cell) => `<th>${escapeXml(cell)}</th>`).join("")}</tr></thead>
<tbody>
${rows.map(tableRow).join("\n")}
</tbody>
</table>
<h2>Setting</h2>
<ul>
${report.runs.map(({ scenario }) => `<li>${escapeXml(`${scenario.release.name}: ${scenario.release.summary}`)}<br><span class="faint">${escapeXml(`${limitWords(scenario)} · ${loadWords(scenario)}`)}</span></li>`).join("\n")}
</ul>
${report.notes.map((note) => `<p class="faint">${escapeXml(note)}.</p>`).join("\n")}
</html>
`;
}

function tableRow([label = "", ...cells]: readonly string[]): string {
  const values = cells.map((cell) => `<td>${escapeXml(cell)}</td>`).join("");
  return `<tr><th scope="row">${escapeXml(label)}</th>${values}</tr>`;
}

/** e.g. `healthy 1m, outage 2h, healthy 1h`. */
function phaseWords({ runs }: SimulationReport): string {
  const phases = runs[0]?.result.phases ?? [];
  return phases.map(({ name, seconds }) => `${name} ${durationWords(seconds)}`).join(", ");
}
