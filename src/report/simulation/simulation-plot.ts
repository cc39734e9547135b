import type { Outcome } from "../../engine/simulation/outcome.ts";
import type { SimulationRun } from "./simulation-run.ts";
import { mostBetween, mostOf, series, type Series } from "./simulation-series.ts";
import { timeAxis, type TimeAxis } from "./simulation-axis.ts";
import { countWords, durationWords } from "./simulation-words.ts";
import type { Style } from "../style.ts";

const width = 64;
const height = 3;
const leastColumns = 8;
const labelWidth = 15;
const numberWidth = 9;
const eighths = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const margin = " ".repeat(labelWidth + numberWidth + 1);

/**
 * What happens over time, for a terminal: one chart below the other, with the phases above them.
 *
 * @param tops the upper end of each chart: the same for all runs that stand beside each other
 */
export function plotText(run: SimulationRun, tops: readonly number[], style: Style): string {
  const { phases, samples, outcome } = run.result;
  const axis = timeAxis(phases, width, leastColumns, true);
  const stretches = Array.from({ length: width }, (_, column): [number, number] => [
    axis.time(column),
    axis.time(column + 1),
  ]);
  const charts = series.map((one, index) => {
    const values = mostBetween(samples, one.value, stretches);
    return chart(one, values, { run, top: tops[index] ?? 1 }, style);
  });
  return [...phaseRows(axis, style), ...charts.flat(), ...stuckRow(axis, outcome, style)].join(
    "\n",
  );
}

function chart(
  one: Series,
  values: readonly number[],
  { run, top }: { readonly run: SimulationRun; readonly top: number },
  style: Style,
): readonly string[] {
  const bound = one.bound(run);
  const most = mostOf(one, run);
  const name = one.label.padEnd(labelWidth);
  if (most === 0) return [`${name}${"0".padStart(numberWidth)} ${style.dim("─".repeat(width))}`];
  const number = countWords(Math.round(most)).padStart(numberWidth);
  const full = bound === undefined || most < bound ? "" : style.dim(fullWords(most, bound));
  return Array.from({ length: height }, (_, row) => {
    const below = 8 * (height - 1 - row);
    const line = values
      .map((value) => {
        const filled = value === 0 ? 0 : Math.max(1, Math.round((value / top) * 8 * height));
        const isBase = value === 0 && below === 0;
        return isBase ? "─" : (eighths[Math.min(8, Math.max(0, filled - below))] ?? " ");
      })
      .join("");
    const left = row === 0 ? `${name}${number}` : " ".repeat(labelWidth + numberWidth);
    if (row === 0 && full !== "") return `${left} ${style.cyan(line)}${full}`;
    return `${left} ${style.cyan(line.trimEnd())}`.trimEnd();
  });
}

function fullWords(most: number, bound: number): string {
  return most === bound ? " full" : ` ${countWords(most - bound)} above ${countWords(bound)}`;
}

/** Names, a line that shows which outputs are down, and times: each where its phase begins. */
function phaseRows(axis: TimeAxis, style: Style): readonly string[] {
  const marks = axis.phases
    .map(({ phase, start, end }) => {
      const room = end - start;
      if (room < 1) return "";
      const fill = phase.down.length > 0 ? "╳" : phase.feeding ? "─" : "·";
      const line = (phase.restart === true ? "↻" : "├") + fill.repeat(room - 1);
      return phase.down.length > 0 ? style.red(line) : style.green(line);
    })
    .join("");
  const end = axis.phases.at(-1)?.to ?? 0;
  return [
    margin + words(axis.phases.map(({ phase, start }) => [start, phase.name])),
    `${"phases".padEnd(margin.length)}${marks}`,
    margin +
      words([
        ...axis.phases.map(({ from, start }): [number, string] => [start, durationWords(from)]),
        [width, durationWords(end)],
      ]),
  ];
}

/** Words at columns; one that the word before it leaves no room for is cut, or left out. */
function words(placed: readonly (readonly [number, string])[]): string {
  let line = "";
  for (const [index, [column, text]] of placed.entries()) {
    if (column < line.length) continue;
    const next = placed[index + 1]?.[0] ?? Number.POSITIVE_INFINITY;
    const room = next - column - 1;
    line = line.padEnd(column) + (text.length <= room ? text : `${text.slice(0, room - 1)}…`);
  }
  return line.trimEnd();
}

function stuckRow(axis: TimeAxis, outcome: Outcome, style: Style): readonly string[] {
  if (outcome.kind !== "stuck") return [];
  const column = Math.min(width - 1, Math.floor(axis.place(outcome.since)));
  const text = `stuck since ${durationWords(outcome.since)}`;
  const line =
    column + 2 + text.length <= width
      ? `${" ".repeat(column)}▲ ${text}`
      : `${text} ▲`.padStart(column + 1);
  return [margin + style.red(line)];
}
