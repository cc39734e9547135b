import type { Box, Point } from "../../../src/export/chart/statechart-layout.ts";
import { textWidth } from "../../../src/export/chart/text.ts";

/** A text or box of a drawing, in the coordinates of the page. */
export interface Drawn extends Box {
  readonly words: string;
}

/** What a test wants to know of a drawing. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly Drawn[];
  /** States, machines and events; not the second outline behind an event that goes to several machines. */
  readonly boxes: readonly Drawn[];
  /** The backgrounds of labels, which hide the arrow under them. */
  readonly labels: readonly Drawn[];
  /** The corners of each arrow. */
  readonly arrows: readonly (readonly Point[])[];
}

function numberIn(attributes: string, name: string): number {
  return Number(new RegExp(` ${name}="([-\\d.]+)"`).exec(attributes)?.[1] ?? 0);
}

function unescaped(text: string): string {
  return text
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

function textBox(attributes: string, words: string): Drawn {
  const size = numberIn(attributes, "font-size");
  const width = textWidth(words, size, attributes.includes("mono") ? "mono" : "sans");
  const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1];
  const x = numberIn(attributes, "x") - (anchor === "middle" ? width / 2 : anchor ? width : 0);
  return { words, x, y: numberIn(attributes, "y") - size * 0.75, width, height: size * 0.9 };
}

/** Reads back what was drawn, with the place of every text. */
export function readDrawing(svg: string): Drawing {
  const [, width = "", height = ""] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
  const texts: Drawn[] = [];
  const boxes: Drawn[] = [];
  const labels: Drawn[] = [];
  const arrows: (readonly Point[])[] = [];
  let shift: Point = { x: 0, y: 0 };
  let seenPage = false;
  const moved = (box: Drawn): Drawn => ({ ...box, x: box.x + shift.x, y: box.y + shift.y });
  const elements =
    /<g transform="translate\(([-\d.]+) ([-\d.]+)\)">|<text([^>]*)>(.*?)<\/text>|<rect([^>]*)\/>|<path class="arrow" d="([^"]*)"/g;
  for (const [, dx, dy, textAttributes, text = "", rect, path] of svg.matchAll(elements)) {
    if (dx !== undefined) shift = { x: Number(dx), y: Number(dy) };
    else if (textAttributes !== undefined) {
      texts.push(moved(textBox(textAttributes, unescaped(text))));
    } else if (rect !== undefined) {
      const box = moved({
        words: rect,
        x: numberIn(rect, "x"),
        y: numberIn(rect, "y"),
        width: numberIn(rect, "width"),
        height: numberIn(rect, "height"),
      });
      if (rect.includes('"paper"')) {
        if (seenPage) labels.push(box);
        seenPage = true;
      } else if (rect.includes('"box')) boxes.push(box);
    } else if (path !== undefined) {
      const numbers = (path.match(/-?[\d.]+/g) ?? []).map(Number);
      arrows.push(
        numbers.flatMap((x, index) =>
          index % 2 === 0 ? [{ x: x + shift.x, y: (numbers[index + 1] ?? 0) + shift.y }] : [],
        ),
      );
    }
  }
  return { width: Number(width), height: Number(height), texts, boxes, labels, arrows };
}

/** Whether two boxes have more than a hairline in common. */
export function overlap(a: Box, b: Box): boolean {
  const slack = 0.5;
  return (
    a.x + slack < b.x + b.width &&
    b.x + slack < a.x + a.width &&
    a.y + slack < b.y + b.height &&
    b.y + slack < a.y + a.height
  );
}

/** Whether all of a box lies within another. */
export function within(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** The straight pieces of an arrow, as boxes without area widened to a line. */
export function pieces(arrow: readonly Point[]): readonly Box[] {
  return arrow.slice(1).map((to, index) => {
    const from = arrow[index] ?? to;
    return {
      x: Math.min(from.x, to.x) - 1,
      y: Math.min(from.y, to.y) - 1,
      width: Math.abs(to.x - from.x) + 2,
      height: Math.abs(to.y - from.y) + 2,
    };
  });
}
