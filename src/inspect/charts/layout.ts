import type { Chart, ChartTransition } from "./chart.ts";
import { orderLevels } from "./order.ts";
import { placeRow } from "./place-row.ts";
import { rankStates } from "./rank.ts";

/** A rectangle of a picture; x and y are its centre, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A state with its own loops, such as a retry that is scheduled again. */
interface StateBox extends Box {
  readonly name: string;
  readonly loops: readonly string[];
}

/** All transitions from one state to another, drawn as one arrow with its events as a label. */
interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: Box;
  readonly lines: readonly string[];
  readonly transitions: readonly ChartTransition[];
  /** An SVG path. */
  readonly path: string;
}

/** Where everything of a chart goes. */
export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  readonly states: readonly StateBox[];
  readonly arrows: readonly Arrow[];
}

/** A box on its way to a place: a state, a label, or a point where a long arrow passes a row. */
interface Item {
  readonly key: string;
  readonly width: number;
  readonly height: number;
}

const letter = 6.7;
const line = 14;
const gap = 14;
const rowGap = 20;
const margin = 10;
/** Room for the names of three chunks. */
const leastWidth = 108;

function textWidth(lines: readonly string[]): number {
  return Math.max(0, ...lines.map((text) => text.length)) * letter;
}

function eventWords({ event, guard }: ChartTransition): string {
  return guard === "" ? event : `${event} [${guard}]`;
}

/**
 * Lays a chart out in rows, from the first state down. Labels have rows of their own between the states and long arrows
 * get room in each row that they pass, so that nothing lies on anything else.
 */
export function layoutChart(chart: Chart): ChartLayout {
  const ranks = rankStates(chart);
  const items = new Map<string, Item>();
  const levels: string[][] = [];
  const links: [string, string][] = [];
  const add = (level: number, item: Item): void => {
    items.set(item.key, item);
    while (levels.length <= level) levels.push([]);
    levels[level]?.push(item.key);
  };
  const loopsOf = (state: string): readonly string[] =>
    chart.transitions
      .filter(({ from, to }) => from === state && to === state)
      .map((one) => `↻ ${eventWords(one)}`);
  for (const { name } of chart.states) {
    const loops = loopsOf(name);
    add((ranks.get(name) ?? 0) * 2, {
      key: name,
      width: Math.max(leastWidth, textWidth([`${name}  `, ...loops]) + 24),
      height: 38 + line * loops.length,
    });
  }
  const groups = new Map<string, ChartTransition[]>();
  for (const transition of chart.transitions) {
    if (transition.from === transition.to) continue;
    const key = `${transition.from} → ${transition.to}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [transition]);
    else known.push(transition);
  }
  const chains = [...groups].map(([key, transitions]) => {
    const { from = "", to = "" } = transitions[0] ?? {};
    const lines = [...new Set(transitions.map(eventWords))];
    const start = (ranks.get(from) ?? 0) * 2;
    const end = (ranks.get(to) ?? 0) * 2;
    const down = end >= start ? 1 : -1;
    const chain = [from, key];
    add(start + down, { key, width: textWidth(lines) + 10, height: line * lines.length + 4 });
    for (let level = start + 2 * down; down > 0 ? level < end : level > end; level += down) {
      const point = `${key} @ ${level}`;
      add(level, { key: point, width: 6, height: 0 });
      chain.push(point);
    }
    chain.push(to);
    chain.slice(1).forEach((item, index) => links.push([chain[index] ?? "", item]));
    return { from, to, key, lines, transitions, chain };
  });

  const ordered = orderLevels(levels, links);
  const centre = new Map<string, number>();
  for (let sweep = 0; sweep < 12; sweep++) {
    const rows = sweep % 2 === 0 ? ordered : [...ordered].reverse();
    for (const row of rows) {
      const wanted = row.map((key) => {
        const near = links.flatMap(([a, b]) => (a === key ? [b] : b === key ? [a] : []));
        const known = near.flatMap((other) => centre.get(other) ?? []);
        if (known.length === 0) return centre.get(key) ?? 0;
        return known.reduce((sum, x) => sum + x, 0) / known.length;
      });
      const widths = row.map((key) => items.get(key)?.width ?? 0);
      placeRow(wanted, widths, gap).forEach((x, index) => centre.set(row[index] ?? "", x));
    }
  }

  const edgesOf = [...items.values()].map(({ key, width }) => {
    const x = centre.get(key) ?? 0;
    return [x - width / 2, x + width / 2] as const;
  });
  const left = Math.min(0, ...edgesOf.map(([from]) => from));
  const right = Math.max(0, ...edgesOf.map(([, to]) => to));
  const bands = new Map<string, { readonly top: number; readonly bottom: number }>();
  let y = margin;
  for (const row of ordered) {
    const height = Math.max(0, ...row.map((key) => items.get(key)?.height ?? 0));
    for (const key of row) bands.set(key, { top: y, bottom: y + height });
    y += height + rowGap;
  }
  const boxOf = (key: string): Box => {
    const band = bands.get(key) ?? { top: 0, bottom: 0 };
    const { width = 0, height = 0 } = items.get(key) ?? {};
    return {
      x: Math.round((centre.get(key) ?? 0) - left + margin),
      y: Math.round((band.top + band.bottom) / 2),
      width,
      height,
    };
  };
  const pathOf = (chain: readonly string[]): string => {
    const parts: string[] = [];
    chain.slice(1).forEach((to, index) => {
      const from = chain[index] ?? "";
      const a = boxOf(from);
      const b = boxOf(to);
      const bandA = bands.get(from) ?? { top: 0, bottom: 0 };
      const bandB = bands.get(to) ?? { top: 0, bottom: 0 };
      const goesDown = bandB.top > bandA.top;
      const startY = index === 0 ? a.y + ((goesDown ? 1 : -1) * a.height) / 2 : a.y;
      const last = index === chain.length - 2;
      const endY = last ? b.y - ((goesDown ? 1 : -1) * b.height) / 2 : b.y;
      const leaveY = goesDown ? bandA.bottom : bandA.top;
      const enterY = goesDown ? bandB.top : bandB.bottom;
      // Arrows that start, or end, at the same state part where they do.
      const shift = (box: Box, other: Box): number =>
        Math.max(-box.width / 3, Math.min(box.width / 3, (other.x - box.x) / 3));
      const ax = index === 0 ? a.x + shift(a, b) : a.x;
      const bx = last ? b.x + shift(b, a) : b.x;
      const middle = (leaveY + enterY) / 2;
      if (index === 0) parts.push(`M${ax.toFixed(0)} ${startY.toFixed(0)}`);
      parts.push(`L${ax.toFixed(0)} ${leaveY.toFixed(0)}`);
      parts.push(
        `C${ax.toFixed(0)} ${middle.toFixed(0)} ${bx.toFixed(0)} ${middle.toFixed(0)} ${bx.toFixed(0)} ${enterY.toFixed(0)}`,
      );
      if (Math.abs(endY - enterY) >= 1) parts.push(`L${bx.toFixed(0)} ${endY.toFixed(0)}`);
    });
    return parts.join(" ");
  };
  return {
    width: Math.ceil(right - left + 2 * margin),
    height: Math.ceil(y - rowGap + margin),
    states: chart.states.map(({ name }) => ({ ...boxOf(name), name, loops: loopsOf(name) })),
    arrows: chains.map(({ from, to, key, lines, transitions, chain }) => ({
      from,
      to,
      label: boxOf(key),
      lines,
      transitions,
      path: pathOf(chain),
    })),
  };
}
