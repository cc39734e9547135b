import { balance, textWidth, wrap } from "./text.ts";
import type { ChartState, ChartTransition, Statechart } from "./statechart.ts";

/** Sizes of type and space in a chart, in pixels. */
export const type = { name: 14, label: 11, note: 11, line: 15, padding: 10 } as const;

const noteWidth = 180;
const actionWidth = 150;

/** One line of a label; a label may have several, and each is wholly of one kind but for event and guard. */
export interface LabelLine {
  readonly event: string;
  readonly guard: string;
  readonly actions: string;
}

/** A state with what is written in it, and its size. */
export interface StateBox {
  readonly state: ChartState;
  readonly notes: readonly string[];
  readonly internal: readonly {
    readonly transition: ChartTransition;
    readonly lines: readonly LabelLine[];
  }[];
  readonly width: number;
  readonly height: number;
}

/** Every transition from one state to another: they share an arrow and a label. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly rows: readonly {
    readonly transition: ChartTransition;
    readonly lines: readonly LabelLine[];
  }[];
  readonly width: number;
  readonly height: number;
}

function linesOf({ event, guard, actions }: ChartTransition): readonly LabelLine[] {
  const asked = actions.length === 0 ? "" : `/ ${actions.join(", ")}`;
  const head = { event, guard: guard === null ? "" : `[${guard}]`, actions: "" };
  if (textWidth(lineText({ ...head, actions: asked }), type.label, "mono") <= actionWidth) {
    return [{ ...head, actions: asked }];
  }
  return [
    head,
    ...wrap(asked, actionWidth, type.label, "mono").map((line, index) => ({
      event: "",
      guard: "",
      actions: index === 0 ? line : `  ${line}`,
    })),
  ];
}

/** A line of a label as plain text. */
function lineText({ event, guard, actions }: LabelLine): string {
  return [event, guard, actions].filter((part) => part !== "").join(" ");
}

function widest(lines: readonly LabelLine[]): number {
  return Math.max(0, ...lines.map((line) => textWidth(lineText(line), type.label, "mono")));
}

/** The states of a chart with their sizes, in the author's order. */
export function stateBoxes({ states, transitions }: Statechart): readonly StateBox[] {
  return states.map((state) => {
    const notes = balance(state.description, noteWidth, type.note, "sans");
    const internal = transitions
      .filter(({ from, to }) => from === state.name && to === null)
      .map((transition) => ({ transition, lines: linesOf(transition) }));
    const lines = internal.flatMap((one) => one.lines);
    return {
      state,
      notes,
      internal,
      width:
        2 * type.padding +
        Math.max(
          textWidth(state.name, type.name, "mono"),
          widest(lines),
          ...notes.map((note) => textWidth(note, type.note, "sans")),
        ),
      height:
        2 * type.padding +
        type.name +
        (notes.length + lines.length) * type.line +
        (lines.length > 0 ? type.padding : 4),
    };
  });
}

/** The arrows of a chart with the sizes of their labels, in the author's order. */
export function arrows({ transitions }: Statechart): readonly Arrow[] {
  const between = new Map<string, { from: string; to: string; taken: ChartTransition[] }>();
  for (const transition of transitions) {
    const { from, to } = transition;
    if (to === null) continue;
    const key = `${from} ${to}`;
    const arrow = between.get(key) ?? { from, to, taken: [] };
    arrow.taken.push(transition);
    between.set(key, arrow);
  }
  return [...between.values()].map(({ from, to, taken }) => {
    const rows = taken.map((transition) => ({ transition, lines: linesOf(transition) }));
    const lines = rows.flatMap((row) => row.lines);
    return { from, to, rows, width: widest(lines) + 8, height: lines.length * type.line + 4 };
  });
}
