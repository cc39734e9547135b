import { statechartOf } from "./statechart.ts";
import type { Composition, CompositionRow, Lane, Sent } from "./composition.ts";
import type { Box } from "./statechart-layout.ts";
import { balance, textWidth, wrap } from "./text.ts";

/** Sizes of type and space in the picture of a composition, in pixels. */
export const composed = {
  action: 12,
  small: 11,
  state: 10,
  line: 15,
  pill: 18,
  margin: 12,
} as const;

/** The column of text gives way where a release has many machines: a README is 900 pixels wide. */
const widestColumn = 284;
const widestPage = 900;
const gap = 8;
const mostNote = 90;

/** A lane with its head: the machine, how many there are, and its states. */
export interface LaneBox extends Box {
  readonly lane: Lane;
  readonly notes: readonly string[];
  readonly states: readonly string[];
  readonly initial: string;
  readonly centre: number;
}

/** An event in its lane. */
export interface PillBox extends Box {
  readonly sent: Sent;
}

/** A row with the lines of its text. */
export interface RowBox extends Box {
  readonly row: CompositionRow;
  readonly guards: readonly string[];
  readonly tells: readonly string[];
  readonly pills: readonly PillBox[];
  /** The width of the text. */
  readonly column: number;
}

/** Rows of one agent under their heading. */
export interface RowGroup {
  readonly heading: string;
  readonly y: number;
  readonly rows: readonly RowBox[];
}

/** Where everything in the picture of a composition goes. */
export interface CompositionLayout {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly LaneBox[];
  /** The frame around the lanes of a slot. */
  readonly slot: Box;
  readonly groups: readonly RowGroup[];
  /** Where the lanes end. */
  readonly bottom: number;
}

const headings = [
  ["input", "The input"],
  ["engine", "The engine"],
  ["environment", "The world outside"],
  [null, "What follows by itself"],
] as const;

const top = 92;

function pillWidth({ event }: Sent): number {
  return textWidth(event, composed.small, "mono") + 12;
}

function layOutLanes({ lanes, rows }: Composition): {
  readonly lanes: readonly LaneBox[];
  readonly column: number;
} {
  let x = 0;
  const boxes = lanes.map((lane, index) => {
    const chart = statechartOf(lane.machine);
    const states = chart.states.map(({ name }) => name);
    const note = lane.perOutput ? "× outputs" : "";
    const notes = balance(note, mostNote, composed.state, "sans");
    const width = Math.max(
      ...rows.flatMap(({ sends }) => sends.filter(({ role }) => role === lane.role).map(pillWidth)),
      textWidth(lane.role, composed.action, "mono") + 12,
      ...notes.map((line) => textWidth(line, composed.state, "sans") + 12),
      ...states.map((name) => textWidth(name, composed.state, "mono") + 26),
    );
    const before = lanes[index - 1];
    if (before !== undefined) x += before.inSlot === lane.inSlot ? gap : 2 * gap;
    const box = { lane, notes, states, initial: chart.initial, x, y: top, width };
    x += width;
    return box;
  });
  const column = Math.min(widestColumn, Math.floor(widestPage - x - 2 * (composed.margin + gap)));
  const left = composed.margin + column + gap;
  const height =
    Math.max(...boxes.map(({ states, notes }) => states.length * 13 + notes.length * 13)) + 34;
  return {
    lanes: boxes.map((box) => ({
      ...box,
      x: left + box.x,
      centre: left + box.x + box.width / 2,
      height,
    })),
    column,
  };
}

/** The guard and what the action does to counters, in the notation of statecharts. */
function guardLines({ guard, counters }: CompositionRow, column: number): readonly string[] {
  const held = guard.length === 0 ? "" : `[${guard.join(", ")}]`;
  const done = counters.length === 0 ? "" : `/ ${counters.join(", ")}`;
  return [held, done]
    .filter((text) => text !== "")
    .flatMap((text) => wrap(text, column, composed.small, "mono"));
}

function layOutRow(
  row: CompositionRow,
  y: number,
  lanes: readonly LaneBox[],
  column: number,
): RowBox {
  const guards = guardLines(row, column);
  const told = row.agent === null && row.where !== "" ? `${row.tells}: ${row.where}` : row.tells;
  const tells = balance(told, column, composed.small, "sans");
  const most = Math.max(
    ...lanes.map(({ lane }) => row.sends.filter(({ role }) => role === lane.role).length),
  );
  const height = Math.max(
    (1 + guards.length + tells.length) * composed.line + 10,
    most * (composed.pill + 4) + 8,
  );
  const pills = lanes.flatMap(({ lane, centre }) => {
    const here = row.sends.filter(({ role }) => role === lane.role);
    const first = y + (height - here.length * (composed.pill + 4) + 4) / 2;
    return here.map((sent, index) => ({
      sent,
      x: centre - pillWidth(sent) / 2,
      y: first + index * (composed.pill + 4),
      width: pillWidth(sent),
      height: composed.pill,
    }));
  });
  const last = lanes.at(-1);
  const width = last === undefined ? 0 : last.x + last.width + gap - composed.margin;
  return { row, guards, tells, pills, column, x: composed.margin, y, width, height };
}

/** Lays the composition out: machines side by side, and an action in each row. */
export function layOutComposition(composition: Composition): CompositionLayout {
  const { lanes, column } = layOutLanes(composition);
  const inSlot = lanes.filter(({ lane }) => lane.inSlot);
  const [first, last, outermost] = [inSlot[0], inSlot.at(-1), lanes.at(-1)];
  if (first === undefined || last === undefined || outermost === undefined) {
    throw new Error(`a slot of ${composition.release} has no machines`);
  }
  let y = top + first.height + 10;
  const groups = headings.flatMap(([agent, heading]): RowGroup[] => {
    const rows = composition.rows.filter((row) => row.agent === agent);
    if (rows.length === 0) return [];
    const group = { heading, y };
    y += 26;
    const boxes = rows.map((row) => {
      const box = layOutRow(row, y, lanes, column);
      y += box.height;
      return box;
    });
    y += 6;
    return [{ ...group, rows: boxes }];
  });
  return {
    width: Math.ceil(outermost.x + outermost.width + gap + composed.margin),
    height: Math.ceil(y + 44),
    lanes,
    slot: {
      x: first.x - gap,
      y: top - 24,
      width: last.x + last.width - first.x + 2 * gap,
      height: y - top + 24,
    },
    groups,
    bottom: y,
  };
}
