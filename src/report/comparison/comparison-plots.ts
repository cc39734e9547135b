import { timeAxis, type TimeAxis } from "../simulation/simulation-axis.ts";
import type { ComparedRelease } from "./comparison.ts";
import { attributes, escapeXml, textWidth } from "../simulation/simulation-markup.ts";
import type { SimulationRun } from "../simulation/simulation-run.ts";
import { mostBetween } from "../simulation/simulation-series.ts";
import { countWords, durationWords } from "../simulation/simulation-words.ts";

/** How wide every plot is, in its own unit; a page shows it as wide as it likes. */
const width = 360;
const size = 12;
const rowHeight = 20;

/** One bar: its length, and what is written beside it; no bar where there is nothing to measure. */
export interface Bar {
  readonly label: string;
  readonly value: number | null;
  readonly words: string;
}

/** What plots of one quantity have in common. */
export interface BarScale {
  /** What the bars are, and which way is better. */
  readonly title: string;
  /** All bars of the quantity, wherever they are drawn: a length means the same in all of them. */
  readonly all: readonly Bar[];
  /** Whether less of it is better: then bars have the colour of a warning. */
  readonly lowerIsBetter: boolean;
}

/** Bars from the left, one below the other. Colours are classes: the page has the palette. */
export function barPlot({ title, all, lowerIsBetter }: BarScale, bars: readonly Bar[]): string {
  const left = Math.max(...all.map(({ label }) => textWidth(label, size))) + 8;
  const right = Math.max(...all.map(({ words }) => textWidth(words, size))) + 8;
  const most = Math.max(...all.map(({ value }) => value ?? 0));
  const rows = bars.map(({ label, value, words }, index) => {
    const y = index * rowHeight;
    const room = width - left - right;
    const length = value === null || value === 0 ? 0 : Math.max(1, (value / most) * room);
    return [
      text("label", { x: left - 8, y: y + 14, "text-anchor": "end" }, label),
      `<rect${attributes({ class: lowerIsBetter ? "bar cost" : "bar", x: left, y: y + 3, width: length, height: rowHeight - 6 })}/>`,
      text("value", { x: left + length + 6, y: y + 14 }, words),
    ].join("");
  });
  return svg(title, bars.length * rowHeight + 4, rows);
}

const plot = { left: 8, top: 22, width: width - 16, height: 80 };

/** The most chunks that waited at any sample of a run. */
export function mostWaiting({ result }: SimulationRun): number {
  return Math.max(0, ...result.samples.map(({ up, down }) => up + down));
}

/**
 * The chunks that wait, over time: they go when the output is back, or never if the engine is stuck.
 *
 * @param top the upper end of the plot: the same for all releases
 */
export function outagePlot({ release }: ComparedRelease, run: SimulationRun, top: number): string {
  const { result } = run;
  const { phases, samples, stuckSince } = result;
  const axis = timeAxis(phases, plot.width, 60, false);
  const stretches = Array.from({ length: plot.width }, (_, index): [number, number] => [
    axis.time(index),
    axis.time(index + 1),
  ]);
  const waiting = mostBetween(samples, ({ up, down }) => up + down, stretches);
  const most = mostWaiting(run);
  const points = waiting.map(
    (chunks, index) =>
      `${plot.left + index},${(plot.top + plot.height * (1 - chunks / top)).toFixed(1)}`,
  );
  const bottom = plot.top + plot.height;
  const title = `${release.name}: at most ${countWords(most)} chunks, ${outcome(result)}`;
  return svg(title, bottom + 20, [
    text("label", { x: plot.left, y: 14 }, release.name),
    text("value", { x: width - plot.left, y: 14, "text-anchor": "end" }, outcome(result)),
    ...axis.phases
      .filter(({ phase }) => phase.down.length > 0)
      .map(({ start, end }) =>
        rectangle("outage", plot.left + start, plot.top, end - start, plot.height),
      ),
    `<polyline${attributes({ class: "line", points: points.join(" ") })}/>`,
    ...(stuckSince === null ? [] : [stuckLine(plot.left + axis.place(stuckSince))]),
    rectangle("ground", plot.left, bottom, plot.width, 1),
    rectangle("ground", plot.left, plot.top, plot.width, 0.5),
    text("value", { x: plot.left + 2, y: plot.top + 12 }, countWords(top)),
    text(
      "value",
      { x: width - plot.left, y: plot.top + 12, "text-anchor": "end" },
      `most ${countWords(most)}`,
    ),
    ...phaseNames(axis, bottom + 14),
  ]);
}

function outcome({ stuckSince, backlog }: SimulationRun["result"]): string {
  if (stuckSince !== null) return `stuck since ${durationWords(stuckSince)}`;
  if (backlog.goneAfter === null) return "backlog is left";
  return `backlog gone after ${durationWords(backlog.goneAfter)}`;
}

function phaseNames(axis: TimeAxis, y: number): readonly string[] {
  return axis.phases.map(({ phase, start, end }) =>
    text(
      "value",
      { x: plot.left + (start + end) / 2, y, "text-anchor": "middle" },
      `${phase.name} ${durationWords(phase.seconds)}`,
    ),
  );
}

function stuckLine(x: number): string {
  return `<line${attributes({ class: "stuck", x1: x, y1: plot.top, x2: x, y2: plot.top + plot.height })}/>`;
}

function rectangle(name: string, x: number, y: number, wide: number, high: number): string {
  return `<rect${attributes({ class: name, x, y, width: wide, height: high })}/>`;
}

function text(
  name: string,
  more: Readonly<Record<string, string | number>>,
  words: string,
): string {
  return `<text${attributes({ class: name, ...more })}>${escapeXml(words)}</text>`;
}

function svg(title: string, height: number, content: readonly string[]): string {
  return `<svg viewBox="0 0 ${width} ${height}" role="img"><title>${escapeXml(title)}</title>${content.join("")}</svg>`;
}
