import { isRecovered } from "../../engine/simulation/outcome.ts";
import { columns } from "../columns.ts";
import { plotText } from "./simulation-plot.ts";
import { outcomeWords, reasons } from "./simulation-outcome.ts";
import {
  limitWords,
  loadWords,
  type SimulationReport,
  type SimulationRun,
} from "./simulation-run.ts";
import { seriesTops } from "./simulation-series.ts";
import { summaryRows } from "./simulation-summary.ts";
import type { Style } from "../style.ts";

/** What `simulate` prints: a plot for each release, and all outcomes side by side. */
export function simulationText(report: SimulationReport, style: Style): string {
  const tops = seriesTops(report);
  const plots = report.runs.map((run) => {
    const { release } = run.scenario;
    return [
      `${style.bold(release.name)}: ${verdict(run, style)}`,
      release.summary,
      style.dim(`${limitWords(run.scenario)} · ${loadWords(run.scenario)}`),
      "",
      plotText(run, tops, style),
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

/** What became of the release, and below it what that rests on. */
function verdict({ result: { outcome } }: SimulationRun, style: Style): string {
  const paint =
    outcome.kind === "stuck" ? style.red : isRecovered(outcome) ? style.green : style.yellow;
  return [style.bold(paint(outcomeWords(outcome))), ...reasons(outcome)].join("\n");
}
