import { svgDocument, svgText } from "../../src/export/chart/svg-document.ts";
import type { MeasuredGrowth } from "./measured.ts";

const width = 880;
const panel = { width: 240, height: 220, left: 60, top: 60, gap: 30 };
const colours = ["#2563eb", "#d97706", "#059669", "#9333ea"];

interface Scale {
  /** Powers of ten: the least and the largest that are drawn. */
  readonly from: number;
  readonly to: number;
}

/** The whole powers of ten that take in all values. */
export function decades(values: readonly number[]): Scale {
  const logs = values.filter((value) => value > 0).map((value) => Math.log10(value));
  const from = Math.floor(Math.min(...logs, 0));
  return { from, to: Math.max(Math.ceil(Math.max(...logs, 0)), from + 1) };
}

function heightOf(value: number, { from, to }: Scale): number {
  const share = (Math.log10(Math.max(value, 10 ** from)) - from) / (to - from);
  return panel.top + panel.height * (1 - share);
}

function grid(x: number, { from, to }: Scale): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((power) => {
    const y = heightOf(10 ** power, { from, to });
    return [
      `<line x1="${x}" y1="${y}" x2="${x + panel.width}" y2="${y}" stroke="#94a3b8" stroke-width="0.5"/>`,
      ...(x === panel.left
        ? [svgText(`${10 ** power} s`, { x: 14, y: y + 4, size: 11 }, "note sans")]
        : []),
    ];
  });
}

function panelOf(
  { size, besides, points }: MeasuredGrowth,
  x: number,
  scale: Scale,
  names: readonly string[],
): readonly string[] {
  const step = panel.width / Math.max(1, points.length);
  const middle = (index: number): number => x + step * (index + 0.5);
  const lines = names.flatMap((name, order) => {
    const colour = colours[order % colours.length] ?? "";
    const at = points.flatMap(({ measured }, index) => {
      const found = measured.contenders.find(({ contender }) => contender === name);
      return found === undefined
        ? []
        : [{ x: middle(index), y: heightOf(found.seconds.median, scale) }];
    });
    return [
      `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${at.map((one) => `${one.x},${one.y.toFixed(1)}`).join(" ")}"/>`,
      ...at.map((one) => `<circle cx="${one.x}" cy="${one.y.toFixed(1)}" r="3" fill="${colour}"/>`),
    ];
  });
  const bottom = panel.top + panel.height;
  return [
    svgText(`${size} grows, ${besides}`, { x, y: panel.top - 14, size: 12 }, "name sans"),
    ...grid(x, scale),
    ...points.map(({ value }, index) =>
      svgText(String(value), { x: middle(index), y: bottom + 18, size: 11 }, "note sans", "middle"),
    ),
    ...lines,
  ];
}

/** How cost grows, as a drawing: seconds of the processor on a logarithmic scale, a panel for each size. */
export function growthPlot(growth: readonly MeasuredGrowth[]): string {
  const measured = growth.flatMap(({ points }) => points.flatMap((one) => one.measured.contenders));
  const names = [...new Set(measured.map(({ contender }) => contender))];
  const scale = decades(measured.map(({ seconds }) => seconds.median));
  const bottom = panel.top + panel.height + 44;
  return svgDocument({
    id: "growth",
    title: "Seconds of the processor by N, T and X",
    description:
      "Medians of whole processes on a logarithmic scale; the same figures are in the tables.",
    width,
    height: bottom + names.length * 18 + 10,
    body: [
      ...growth.flatMap((one, index) =>
        panelOf(one, panel.left + index * (panel.width + panel.gap), scale, names),
      ),
      ...names.flatMap((name, order) => {
        const y = bottom + order * 18;
        const colour = colours[order % colours.length] ?? "";
        return [
          `<rect x="${panel.left}" y="${y - 9}" width="12" height="10" fill="${colour}"/>`,
          svgText(name, { x: panel.left + 20, y, size: 12 }, "note sans"),
        ];
      }),
    ],
  });
}
