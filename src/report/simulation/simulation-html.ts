import type { Phase } from "../../engine/simulation/scenario.ts";
import type { PageFiles } from "../../inspect/page-files.ts";
import type {
  SimulationPageData,
  SimulationPagePhase,
  SimulationPageRun,
} from "../../inspect/simulation-data.ts";
import { singlePage } from "../../inspect/single-page.ts";
import { isRecovered } from "../../engine/simulation/outcome.ts";
import { timeColumns, type TimeColumns } from "./simulation-columns.ts";
import { endWords, momentsOf } from "./simulation-now.ts";
import { outcomeWords } from "./simulation-outcome.ts";
import {
  limitWords,
  loadWords,
  type SimulationReport,
  type SimulationRun,
} from "./simulation-run.ts";
import { mostBetween, mostOf, series, seriesTops } from "./simulation-series.ts";
import { summaryRows } from "./simulation-summary.ts";
import { durationWords } from "./simulation-words.ts";

const mostColumns = 480;

/** The runs of a simulation as a page that needs nothing but itself. */
export function simulationHtml(report: SimulationReport, files: PageFiles): string {
  const data = simulationPageData(report);
  return singlePage(data, files, `unstuck simulate: ${data.title}`);
}

function simulationPageData(report: SimulationReport): SimulationPageData {
  const phases = report.runs[0]?.result.phases ?? [];
  const ends = phaseEnds(phases);
  const columns = timeColumns(report.runs, ends, mostColumns);
  const tops = seriesTops(report);
  return {
    mode: "simulation",
    title: report.runs.map(({ result }) => result.release).join(" beside "),
    story: `Fluent Bit's chunk and task machinery on a virtual clock: ${storyWords(phases)}.`,
    ends: columns.stretches.map(([, to]) => to),
    times: columns.stretches.map(([, to]) => durationWords(to)),
    phases: phases.map((phase, index) =>
      pagePhase(
        phase,
        columns.place(ends[index - 1] ?? 0),
        columns.place(ends[index] ?? 0),
        report.outputNames,
      ),
    ),
    runs: report.runs.map((run) => pageRun(run, report.outputNames, columns, tops)),
    outcome: summaryRows(report),
    notes: report.notes,
  };
}

/** The moments at which phases end, in virtual seconds. */
function phaseEnds(phases: readonly Phase[]): readonly number[] {
  let end = 0;
  return phases.map(({ seconds }) => (end += seconds));
}

function pageRun(
  run: SimulationRun,
  outputNames: readonly string[],
  { stretches, place }: TimeColumns,
  tops: readonly number[],
): SimulationPageRun {
  const { scenario, result, log } = run;
  const { outcome, stuckSince } = result;
  return {
    release: result.release,
    summary: scenario.release.summary,
    setting: [limitWords(scenario), loadWords(scenario)],
    end: endWords(run, outcomeWords(outcome)),
    moments: momentsOf(run, outputNames, stretches),
    outcome: stuckSince !== null ? "stuck" : isRecovered(outcome) ? "recovered" : "open",
    stuckAt: stuckSince === null ? null : Math.max(0, Math.ceil(place(stuckSince)) - 1),
    stuckWords: stuckSince === null ? "" : `stuck since ${durationWords(stuckSince)}`,
    series: series.map((one, index) => ({
      label: one.label,
      values: mostBetween(result.samples, one.value, stretches),
      limit: one.bound(run) ?? null,
      most: mostOf(one, run),
      top: tops[index] ?? 1,
    })),
    log: log?.over(stretches) ?? [],
  };
}

function pagePhase(
  phase: Phase,
  from: number,
  to: number,
  outputNames: readonly string[],
): SimulationPagePhase {
  const { name, down, feeding, restart } = phase;
  const offline = down.map((output) => outputNames[output] ?? String(output));
  const outputs =
    down.length === 0
      ? "every output answers"
      : down.length === outputNames.length
        ? "every output is down"
        : `down: ${offline.join(", ")}`;
  return {
    name,
    from,
    to,
    kind: down.length > 0 ? "outage" : feeding ? "healthy" : "silent",
    words: [
      durationWords(phase.seconds),
      ...(restart === true ? ["after a restart"] : []),
      outputs,
      feeding ? "records come in" : "no records come in",
    ].join(", "),
  };
}

/** e.g. `healthy 1m, outage 2h, healthy 1h`. */
function storyWords(phases: readonly Phase[]): string {
  return phases.map(({ name, seconds }) => `${name} ${durationWords(seconds)}`).join(", ");
}
