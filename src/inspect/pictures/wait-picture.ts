import { needsOf, type WaitGraph } from "../tell/wait-for.ts";
import { arrow, lineHeight, linesOf, type Picture, type Shape } from "./picture.ts";

const side = 132;
const middle = 124;
const gap = 62;
const space = 18;
const padding = 9;

interface Card {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Content {
  readonly title: readonly string[];
  readonly notes: readonly string[];
}

function heightOf({ title, notes }: Content): number {
  return (title.length + notes.length) * lineHeight + 2 * padding;
}

/** Cards of one column, one below the other, in the middle of the height. */
function stacked(contents: readonly Content[], x: number, width: number, height: number): Card[] {
  const heights = contents.map(heightOf);
  const all = heights.reduce((sum, one) => sum + one + space, -space);
  let y = (height - all) / 2;
  return heights.map((one) => {
    const card = { x, y, width, height: one };
    y += one + space;
    return card;
  });
}

function drawn(card: Card, { title, notes }: Content, looks: string): readonly Shape[] {
  const text = (line: string, row: number, kind: string): Shape => ({
    kind: "text",
    looks: kind,
    x: card.x + card.width / 2,
    y: card.y + padding + 13 + row * lineHeight,
    anchor: "middle",
    text: line,
  });
  return [
    { kind: "box", looks: `box ${looks}`, ...card },
    ...title.map((line, row) => text(line, row, "sans name")),
    ...notes.map((line, row) => text(line, title.length + row, "sans note")),
  ];
}

/** An arrow between two cards beside each other, with a word on it. */
function link(from: Card, to: Card, word: string, looks: string, shift: number): readonly Shape[] {
  const isRight = to.x > from.x;
  const middleOf = (one: Card, other: Card): number => {
    const own = one.y + one.height / 2;
    const theirs = other.y + other.height / 2;
    const room = one.height / 2 - 12;
    return own + Math.max(-room, Math.min(room, (theirs - own) / 3 + shift));
  };
  const start = { x: isRight ? from.x + from.width : from.x, y: middleOf(from, to) };
  const end = { x: isRight ? to.x : to.x + to.width, y: middleOf(to, from) };
  return [
    ...arrow(start, end, looks),
    {
      kind: "text",
      looks: `sans on-line ${looks}`,
      x: (start.x + end.x) / 2,
      y: (start.y + end.y) / 2 - 5,
      anchor: "middle",
      text: word,
    },
  ];
}

/** Who waits for whom, in a sentence. */
function descriptionOf(graph: WaitGraph): string {
  const { groups, resources, holds } = graph;
  const parts = groups.flatMap(({ name }, group) =>
    needsOf(graph, group).map((resource) => {
      const holders = holds
        .filter((held) => held.resource === resource)
        .map((held) => groups[held.group]?.name ?? "");
      const by = holders.length === 0 ? "" : `, held by ${holders.join(", ")}`;
      return `${name} needs ${resources[resource]?.name ?? ""}${by}`;
    }),
  );
  return parts.length === 0 ? "Nobody waits." : `${parts.join("; ")}.`;
}

/** Who waits for whom: the chunks left and right, what they wait for between them. */
export function waitPicture(graph: WaitGraph, title = "Who waits for whom"): Picture {
  const { groups, resources, holds } = graph;
  const groupContents = groups.map(({ name, parts }): Content => ({
    title: linesOf(name, side - 12),
    notes: parts.flatMap((part) => linesOf(part, side - 8)),
  }));
  const resourceContents = resources.map(({ name, count, leaked }): Content => ({
    title: linesOf(name, middle - 12),
    notes: [
      ...(count === "" ? [] : linesOf(count, middle - 8)),
      ...(leaked === 0 ? [] : linesOf(`${leaked} by nobody: leaked`, middle - 8)),
    ],
  }));
  const isLeft = (group: number): boolean => group % 2 === 0;
  const ofSide = (left: boolean): Content[] =>
    groupContents.filter((_, group) => isLeft(group) === left);
  const columns = [ofSide(true), resourceContents, ofSide(false)];
  const room = Math.max(
    ...columns.map((column) => column.reduce((sum, one) => sum + heightOf(one) + space, -space)),
    0,
  );
  const height = room + 24;
  const xs = [6, 6 + side + gap, 6 + side + gap + middle + gap];
  const [left = [], between = [], right = []] = columns.map((column, index) =>
    stacked(column, xs[index] ?? 0, index === 1 ? middle : side, height),
  );
  const cards = groups.map((_, group) => (isLeft(group) ? left : right)[group >> 1]);
  const hasRight = right.length > 0;
  const links = groups.flatMap((_, group) => {
    const card = cards[group];
    if (card === undefined) return [];
    const wanted = needsOf(graph, group);
    const held = holds.filter((one) => one.group === group).map(({ resource }) => resource);
    const to = (resource: number): Card | undefined => between[resource];
    return [
      ...wanted.flatMap((resource) => {
        const target = to(resource);
        const shift = held.includes(resource) ? -10 : 0;
        return target === undefined ? [] : link(card, target, "needs", "wanted", shift);
      }),
      ...held.flatMap((resource) => {
        const source = to(resource);
        const shift = wanted.includes(resource) ? 10 : 0;
        return source === undefined ? [] : link(source, card, "held by", "held", shift);
      }),
    ];
  });
  return {
    title,
    description: descriptionOf(graph),
    width: 12 + side + gap + middle + (hasRight ? gap + side : 0),
    height,
    shapes: [
      ...links,
      ...groups.flatMap((group, index) => {
        const card = cards[index];
        const content = groupContents[index];
        if (card === undefined || content === undefined) return [];
        return drawn(card, content, group.waits ? "who waits" : "who");
      }),
      ...resourceContents.flatMap((content, index) => {
        const card = between[index];
        return card === undefined ? [] : drawn(card, content, "what");
      }),
    ],
  };
}
