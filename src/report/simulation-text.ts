import { columns } from "./columns.ts";
import { plotText } from "./simulation-plot.ts";
import { limitWords, loadWords, type SimulationReport } from "./simulation-run.ts";
import { summaryRows } from "./simulation-summary.ts";
import type { Style } from "./style.ts";

/** What `simulate` prints: a plot for each release, and all outcomes side by side. */
export function simulationText(report: SimulationReport, style: Style): string {
  const plots = report.runs.map((run) => {
    const { release } = run.scenario;
    return [
      `${style.bold(release.name)}: ${release.summary}`,
      style.dim(`${limitWords(run.scenario)} · ${loadWords(run.scenario)}`),
      "",
      plotText(run, style),
    ].join("\n");
  });
  const [heading = [], ...rows] = summaryRows(report);
  const summary = columns([
    heading.map((cell) => style.bold(cell)),
    ...rows.map(([label = "", ...cells]) => [style.dim(label), ...cells]),
  ]);
  const notes = report.notes.map((note) => `Note: ${note}.`);
  return [...plots, summary, ...(notes.length > 0 ? [notes.join("\n")] : [])].join("\n\n");
}
