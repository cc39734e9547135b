import type { Composition, Sent } from "./composition.ts";
import {
  composed,
  layOutComposition,
  type LaneBox,
  type PillBox,
  type RowBox,
  type RowGroup,
} from "./composition-layout.ts";
import { svgDocument, svgText } from "./svg-document.ts";
import { textWidth, xml } from "./text.ts";

function rect(
  { x, y, width, height }: PillBox | LaneBox | RowBox,
  classes: string,
  round: number,
): string {
  return `<rect class="${classes}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/>`;
}

function drawHead(box: LaneBox): string {
  const { lane, notes, states, initial, x, y, centre } = box;
  const name = y + 18;
  const below = name + notes.length * 13 + 6;
  return [
    `<g class="machine" data-role="${xml(lane.role)}">`,
    rect(box, "box", 8),
    svgText(lane.role, { x: centre, y: name, size: composed.action }, "mono name", "middle"),
    ...notes.map((note, index) =>
      svgText(
        note,
        { x: centre, y: name + (index + 1) * 13, size: composed.state },
        "sans note",
        "middle",
      ),
    ),
    `<path class="rule" d="M${x} ${below}h${box.width}"/>`,
    ...states.flatMap((state, index) => {
      const line = below + (index + 1) * 13;
      return [
        ...(state === initial
          ? [`<circle class="dot" cx="${x + 11}" cy="${line - 3.5}" r="3"/>`]
          : []),
        svgText(state, { x: x + 20, y: line, size: composed.state }, "mono note"),
      ];
    }),
    "</g>",
  ].join("\n");
}

function drawPill(pill: PillBox): string {
  const { sent, x, y, width, height } = pill;
  const behind = `<rect class="box" x="${x + 3}" y="${y + 3}" width="${width}" height="${height}" rx="9"/>`;
  const dashed = sent.always ? "" : " maybe";
  return [
    ...(sent.toEach ? [behind] : []),
    rect(pill, `box${dashed}`, 9),
    svgText(
      sent.event,
      { x: x + width / 2, y: y + 13, size: composed.small },
      "mono event",
      "middle",
    ),
  ].join("");
}

function sentWords({ role, event, toEach, always }: Sent): string {
  return `${event} to ${toEach ? `each ${role}` : `the ${role}`}${always ? "" : " (not in every case)"}`;
}

function drawRow(box: RowBox): string {
  const { row, guards, tells, pills, column, x, y, height } = box;
  const needs = [row.where, ...row.guard].filter((text) => text !== "").join("; ");
  const title = [
    row.action,
    ...(needs === "" ? [] : [`where ${needs}`]),
    `${row.tells}${row.cFunction === "" ? "" : ` — ${row.cFunction}`}`,
  ].join(": ");
  const end = Math.max(...pills.map((pill) => pill.x));
  const then = row.reactions.length === 0 ? "" : `then ${row.reactions.join(" or ")}`;
  const lines = y + composed.line + 2;
  return [
    `<g class="action-row" data-action="${xml(row.action)}">`,
    `<title>${xml(title)}</title>`,
    `<path class="rule" d="M${x + column} ${y + height / 2}H${end}"/>`,
    svgText(row.action, { x: x + 6, y: lines, size: composed.action }, "mono name"),
    ...(then === ""
      ? []
      : [
          svgText(
            then,
            {
              x: x + 18 + textWidth(row.action, composed.action, "mono"),
              y: lines,
              size: composed.small,
            },
            "mono action",
          ),
        ]),
    ...guards.map((line, index) =>
      svgText(
        line,
        { x: x + 6, y: lines + (index + 1) * composed.line, size: composed.small },
        line.startsWith("/") ? "mono action" : "mono guard",
      ),
    ),
    ...tells.map((line, index) =>
      svgText(
        line,
        { x: x + 6, y: lines + (guards.length + index + 1) * composed.line, size: composed.small },
        "sans note",
      ),
    ),
    ...pills.map(drawPill),
    "</g>",
  ].join("\n");
}

function drawGroup({ heading, y, rows }: RowGroup): readonly string[] {
  return [
    svgText(heading, { x: composed.margin, y: y + 18, size: 13 }, "sans name"),
    ...rows.map(drawRow),
  ];
}

function drawLegend(y: number): readonly string[] {
  const entries: readonly (readonly [Pick<Sent, "toEach" | "always">, string])[] = [
    [{ toEach: false, always: true }, "sent to the machine"],
    [{ toEach: false, always: false }, "sent in some cases only"],
    [{ toEach: true, always: true }, "sent to each output, or to each slot"],
  ];
  let x = composed.margin + 4;
  return entries.flatMap(([sent, words]) => {
    const pill = { x, y, width: 48, height: composed.pill };
    x += 62;
    const text = svgText(words, { x, y: y + 13, size: composed.small }, "sans note");
    x += textWidth(words, composed.small, "sans") + 24;
    return [drawPill({ ...pill, sent: { role: "", event: "event", ...sent } }), text];
  });
}

/** What the picture says, in sentences, for those who do not see it. */
function spoken({ lanes, rows }: Composition): string {
  const names = (inSlot: boolean): string =>
    lanes
      .filter((lane) => lane.inSlot === inSlot)
      .map(({ role, perOutput }) => (perOutput ? `a ${role} for each output` : `one ${role}`))
      .join(", ");
  return [
    `Each slot has ${names(true)}. Outside the slots there is ${names(false)}.`,
    ...rows.map(({ action, sends }) => `${action} sends ${sends.map(sentWords).join(", ")}.`),
  ].join(" ");
}

/** How a release is composed of machines, as an SVG file: a lane for each machine, and a row for each action. */
export function compositionSvg(composition: Composition): string {
  const { release, slots, summary } = composition;
  const { width, height, lanes, slot, groups, bottom } = layOutComposition(composition);
  return svgDocument({
    id: `system-${release}`,
    title: `How the system of ${release} is composed`,
    description: spoken(composition),
    width,
    height,
    body: [
      svgText(`system ${release}`, { x: composed.margin, y: 26, size: 18 }, "mono name"),
      svgText(summary, { x: composed.margin, y: 44, size: 12 }, "sans note"),
      ...groups.flatMap(({ rows }) =>
        rows.filter((_, index) => index % 2 === 0).map((row) => rect(row, "band", 6)),
      ),
      `<rect class="frame" x="${slot.x}" y="${slot.y}" width="${slot.width}" height="${slot.height}" rx="12"/>`,
      svgText(
        `slot × ${slots}`,
        { x: slot.x + 12, y: slot.y + 16, size: composed.action },
        "mono name",
      ),
      ...lanes.map(
        ({ centre, y, height: head }) =>
          `<path class="rule" d="M${centre} ${y + head}V${bottom}"/>`,
      ),
      ...lanes.map(drawHead),
      ...groups.flatMap(drawGroup),
      ...drawLegend(bottom + 16),
    ],
  });
}
