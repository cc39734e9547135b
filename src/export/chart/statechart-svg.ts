import { transitionWords, type ChartTransition, type Statechart } from "./statechart.ts";
import {
  arrows,
  stateBoxes,
  type,
  type Arrow,
  type LabelLine,
  type StateBox,
} from "./statechart-boxes.ts";
import type { Box, Point, StatechartLayout } from "./statechart-layout.ts";
import { svgDocument, svgText } from "./svg-document.ts";
import { textWidth, xml } from "./text.ts";

const margin = 12;
const heading = 56;
const corner = 7;

function along(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(distance, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function at({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}

function roundedPath(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (before === undefined) return `M${at(point)}`;
      if (after === undefined) return `L${at(point)}`;
      return `L${at(along(point, before, corner))}Q${at(point)} ${at(along(point, after, corner))}`;
    })
    .join("");
}

function labelLine({ event, guard, actions }: LabelLine, x: number, y: number): string {
  const parts = [
    ["event name", event],
    ["guard", guard],
    ["action", actions],
  ].filter(([, text]) => text !== "");
  const spans = parts
    .map(([classes = "", text = ""], index) => {
      const space = index === 0 ? "" : " ";
      return `${space}<tspan class="${classes}">${xml(text.trimStart())}</tspan>`;
    })
    .join("");
  const indent = actions.startsWith("  ") ? textWidth("  ", type.label, "mono") : 0;
  return `<text class="mono" x="${x + indent}" y="${y}" font-size="${type.label}">${spans}</text>`;
}

function labelled(transition: ChartTransition, body: readonly string[]): string {
  const { event, from, to, description } = transition;
  return [
    `<g class="transition" data-event="${xml(event)}" data-from="${xml(from)}" data-to="${xml(to ?? from)}">`,
    `<title>${xml(`${transitionWords(transition)} — ${description}`)}</title>`,
    ...body,
    "</g>",
  ].join("");
}

function drawRows(rows: Arrow["rows"], x: number, top: number): readonly string[] {
  let y = top;
  return rows.map(({ transition, lines }) =>
    labelled(
      transition,
      lines.map((line) => {
        y += type.line;
        return labelLine(line, x, y - 4);
      }),
    ),
  );
}

function drawState(box: StateBox, { x, y, width, height }: Box): string {
  const { state, notes, internal } = box;
  const left = x + type.padding;
  const name = y + type.padding + type.name - 2;
  const below = name + 4 + notes.length * type.line;
  return [
    `<g class="state" data-state="${xml(state.name)}">`,
    `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="10"/>`,
    svgText(state.name, { x: left, y: name, size: type.name }, "mono name"),
    ...notes.map((note, index) =>
      svgText(
        note,
        { x: left, y: name + (index + 1) * type.line + 2, size: type.note },
        "sans note",
      ),
    ),
    ...(internal.length === 0
      ? []
      : [
          `<path class="rule" d="M${x} ${below + 5}h${width}"/>`,
          ...drawRows(internal, left, below + 8),
        ]),
    "</g>",
  ].join("\n");
}

function drawArrow(points: readonly Point[], head: string): string {
  return `<path class="arrow" d="${roundedPath(points)}" marker-end="url(#${head})"/>`;
}

/** What the chart says, in sentences, for those who do not see it. */
function spoken({ initial, states, transitions }: Statechart): string {
  return [
    `It starts in ${initial}.`,
    ...states.map(({ name, description }) => `${name}: ${description}`),
    ...transitions.map(
      (transition) =>
        `${transitionWords(transition)}: ${transition.to === null ? `stays in ${transition.from}` : `from ${transition.from} to ${transition.to}`}.`,
    ),
  ].join(" ");
}

/** The chart as an SVG file. `subtitle` says what the machine is in the system. */
export function statechartSvg(
  chart: Statechart,
  subtitle: string,
  layout: StatechartLayout,
): string {
  const id = `chart-${chart.name}`;
  const head = `${id}-head`;
  const legend = "event [guard] / actions";
  const width =
    2 * margin +
    Math.max(
      layout.width,
      textWidth(subtitle, 12, "sans"),
      textWidth(chart.name, 18, "mono") + 24 + textWidth(legend, type.label, "mono"),
    );
  const { dot } = layout;
  const [boxes, drawn] = [stateBoxes(chart), arrows(chart)];
  const body = [
    `<defs><marker id="${head}" viewBox="0 0 10 8" refX="9" refY="4" markerWidth="10" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0 0L10 4L0 8Z"/></marker></defs>`,
    svgText(chart.name, { x: margin, y: 26, size: 18 }, "mono name"),
    svgText(subtitle, { x: margin, y: 44, size: 12 }, "sans note"),
    `<text class="mono" x="${width - margin}" y="26" font-size="${type.label}" text-anchor="end"><tspan class="event name">event</tspan> <tspan class="guard">[guard]</tspan> <tspan class="action">/ actions</tspan></text>`,
    `<g transform="translate(${Math.round((width - layout.width) / 2)} ${heading})">`,
    `<circle class="dot" cx="${dot.x + dot.width / 2}" cy="${dot.y + dot.height / 2}" r="${dot.width / 2}"/>`,
    drawArrow(layout.start, head),
    ...layout.arrows.map(({ points }) => drawArrow(points, head)),
    ...layout.arrows.flatMap(({ label }, index) => [
      `<rect class="paper" x="${label.x}" y="${label.y}" width="${label.width}" height="${label.height}"/>`,
      ...drawRows(drawn[index]?.rows ?? [], label.x + 4, label.y + 2),
    ]),
    ...layout.states.map((box, index) => {
      const state = boxes[index];
      return state === undefined ? "" : drawState(state, box);
    }),
    "</g>",
  ];
  return svgDocument({
    id,
    title: `Statechart of ${chart.name}`,
    description: spoken(chart),
    width,
    height: heading + layout.height + margin,
    body,
  });
}
