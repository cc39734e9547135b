import type { SimulationReport, SimulationRun } from "./simulation-run.ts";
import { isRecovered } from "../../engine/simulation/outcome.ts";
import { limitWords, loadWords } from "./simulation-run.ts";
import { outcomeWords } from "./simulation-outcome.ts";
import { timeAxis, type TimeAxis } from "./simulation-axis.ts";
import { mostBetween, mostOf, series, type Series, seriesTops } from "./simulation-series.ts";
import { attributes, escapeXml, textWidth } from "./simulation-markup.ts";
import { countWords, durationWords } from "./simulation-words.ts";

const plot = { width: 430, height: 64 };
const gap = 26;
const left = 112;
const right = 24;
const head = 116;
const band = 20;
const foot = 34;
const columnWidth = left + plot.width + right;
const columnHeight = head + band + series.length * (gap + plot.height) + foot;
const mostColumns = 2;
const leastPhase = 54;
const margin = 16;

const colours = {
  text: "#1f2937",
  faint: "#6b7280",
  grid: "#d1d5db",
  outage: "#fee2e2",
  outageText: "#991b1b",
  healthy: "#dcfce7",
  healthyText: "#166534",
  silent: "#f3f4f6",
  stuck: "#dc2626",
} as const;

/** The runs of a simulation as a picture: a column for each release, all at the same scales. */
export function simulationSvg(report: SimulationReport): string {
  const columns = Math.min(mostColumns, report.runs.length);
  const rows = Math.ceil(report.runs.length / columns);
  const width = 2 * margin + columns * columnWidth;
  const height = 2 * margin + rows * columnHeight;
  const tops = seriesTops(report);
  const panels = report.runs.map((run, index) => {
    const x = margin + (index % columns) * columnWidth;
    const y = margin + Math.floor(index / columns) * columnHeight;
    return `<g transform="translate(${x} ${y})">${panel(run, tops)}</g>`;
  });
  const title = report.runs
    .map((run) => `${run.result.release}: ${outcomeWords(run.result.outcome)}`)
    .join("; ");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="12" fill="${colours.text}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...panels,
    "</svg>",
    "",
  ].join("\n");
}

function panel(run: SimulationRun, tops: readonly number[]): string {
  const { result } = run;
  const axis = timeAxis(result.phases, plot.width, leastPhase, false);
  const isBad = result.stuckSince !== null;
  const charts = series.map((one, index) =>
    chart(one, run, axis, head + band + gap + index * (gap + plot.height), tops[index] ?? 1),
  );
  return [
    text(left, 16, run.result.release, { "font-size": 17, "font-weight": 600 }),
    text(left, 36, outcomeWords(result.outcome), {
      "font-weight": 600,
      fill: isBad
        ? colours.stuck
        : isRecovered(result.outcome)
          ? colours.healthyText
          : colours.faint,
    }),
    text(left, 54, limitWords(run.scenario), { fill: colours.faint, "font-size": 11 }),
    text(left, 70, loadWords(run.scenario), { fill: colours.faint, "font-size": 11 }),
    phaseBand(axis),
    ...(result.stuckSince === null ? [] : [stuckMark(axis, result.stuckSince)]),
    ...charts,
    times(axis),
  ].join("\n");
}

function phaseBand(axis: TimeAxis): string {
  const bottom = columnHeight - foot;
  return axis.phases
    .map(({ phase, start, end }) => {
      const isDown = phase.down.length > 0;
      const fill = isDown ? colours.outage : phase.feeding ? colours.healthy : colours.silent;
      const name = shortened(phase.name, end - start - 6);
      const shade = isDown || !phase.feeding ? 0.55 : 0;
      return [
        rect(left + start, head, end - start, band, { fill }),
        rect(left + start, head + band, end - start, bottom - head - band, {
          fill,
          opacity: shade,
        }),
        text(left + (start + end) / 2, head + 14, name, {
          "text-anchor": "middle",
          "font-size": 11,
          fill: isDown ? colours.outageText : phase.feeding ? colours.healthyText : colours.faint,
        }),
        phase.restart === true
          ? line(left + start, head, left + start, bottom, {
              stroke: colours.faint,
              "stroke-dasharray": "2 3",
            })
          : "",
      ].join("");
    })
    .join("\n");
}

/** What fits of a word, at the size of the band; a single letter at least. */
function shortened(words: string, room: number): string {
  if (textWidth(words, 11) <= room) return words;
  let end = words.length - 1;
  while (end > 1 && textWidth(`${words.slice(0, end)}…`, 11) > room) end -= 1;
  return `${words.slice(0, end)}…`;
}

function chart(one: Series, run: SimulationRun, axis: TimeAxis, y: number, top: number): string {
  const { label, colour, value, bound } = one;
  const stretches = Array.from({ length: plot.width }, (_, index): [number, number] => [
    axis.time(index),
    axis.time(index + 1),
  ]);
  const values = mostBetween(run.result.samples, value, stretches);
  const height = (amount: number): number => Number(((amount / top) * plot.height).toFixed(1));
  const level = (amount: number): number => Number((y + plot.height - height(amount)).toFixed(1));
  const outline = values.flatMap((amount, index) => {
    const isFlat = amount === values[index - 1] && amount === values[index + 1];
    const start = index === 0 ? [`${left},${level(amount)}`] : [];
    return isFlat ? start : [...start, `${left + index + 1},${level(amount)}`];
  });
  const base = y + plot.height;
  const limit = bound(run);
  const limitLine =
    limit === undefined || limit > top
      ? ""
      : line(left, base - height(limit), left + plot.width, base - height(limit), {
          stroke: colour,
          "stroke-dasharray": "4 3",
          opacity: 0.7,
        });
  return [
    text(left - 8, y + plot.height / 2 + 4, label, {
      "text-anchor": "end",
      fill: colour,
      "font-weight": 600,
      "font-size": 11,
    }),
    text(left + plot.width, y - 6, `most ${countWords(mostOf(one, run))}${ofBound(limit)}`, {
      "text-anchor": "end",
      fill: colours.faint,
      "font-size": 10,
    }),
    line(left, base, left + plot.width, base, { stroke: colours.grid }),
    `<polygon points="${left},${base} ${outline.join(" ")} ${left + plot.width},${base}" fill="${colour}" opacity="0.18"/>`,
    `<polyline points="${outline.join(" ")}" fill="none" stroke="${colour}" stroke-width="1.4"/>`,
    limitLine,
    text(left - 8, y + 8, countWords(top), axisText),
    text(left - 8, base, "0", axisText),
  ].join("\n");
}

const axisText = { "text-anchor": "end", fill: colours.faint, "font-size": 10 };

function ofBound(limit: number | undefined): string {
  return limit === undefined ? "" : ` · limit ${countWords(limit)}`;
}

/** Times where phases begin, and at the end; one that would touch the one before it is left out. */
function times(axis: TimeAxis): string {
  const y = columnHeight - foot + 14;
  const ends = axis.phases.map(({ to, end }): [number, number] => [end, to]);
  let free = Number.NEGATIVE_INFINITY;
  return [[0, 0] as const, ...ends]
    .map(([place, seconds]) => {
      const words = durationWords(seconds);
      const half = textWidth(words, 10) / 2;
      if (place - half < free) return "";
      free = place + half + 4;
      return text(left + place, y, words, { ...axisText, "text-anchor": "middle" });
    })
    .join("");
}

function stuckMark(axis: TimeAxis, stuckSince: number): string {
  const x = Number((left + axis.place(stuckSince)).toFixed(1));
  const words = `stuck since ${durationWords(stuckSince)}`;
  const half = textWidth(words, 11) / 2;
  const middle = Math.min(Math.max(x, left + half), left + plot.width - half);
  return [
    line(x, head - 4, x, columnHeight - foot, { stroke: colours.stuck, "stroke-width": 1.4 }),
    `<path d="M${x - 4} ${head - 8}h8l-4 7z" fill="${colours.stuck}"/>`,
    text(middle, head - 12, words, {
      "text-anchor": "middle",
      "font-size": 11,
      "font-weight": 600,
      fill: colours.stuck,
    }),
  ].join("\n");
}

type Attributes = Readonly<Record<string, string | number>>;

function text(x: number, y: number, words: string, more: Attributes): string {
  return `<text${attributes({ x, y, ...more })}>${escapeXml(words)}</text>`;
}

function line(x1: number, y1: number, x2: number, y2: number, more: Attributes): string {
  return `<line${attributes({ x1, y1, x2, y2, ...more })}/>`;
}

function rect(x: number, y: number, width: number, height: number, more: Attributes): string {
  return `<rect${attributes({ x, y, width, height, ...more })}/>`;
}
