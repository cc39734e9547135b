import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { overlap, pieces, readDrawing, within, type Drawn } from "./drawn-text.ts";

const folder = new URL("../../../docs/charts/", import.meta.url);
const files = (await readdir(folder)).filter((file) => file.endsWith(".svg"));
const widestPage = 900;

function pairs(boxes: readonly Drawn[]): readonly string[] {
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter((b) => overlap(a, b))
      .map((b) => `${a.words} | ${b.words}`),
  );
}

test("there are drawings to look at", () => {
  expect(files.length).toBeGreaterThan(8);
});

describe.for(files)("%s", async (file) => {
  const svg = await readFile(new URL(file, folder), "utf8");
  const drawing = readDrawing(svg);
  const { width, height, texts, boxes, labels, arrows } = drawing;

  test("fits a README, and everything fits the drawing", () => {
    // With the states of every mechanism it fits no page; its parts are seen in the charts of scopes.
    expect(width).toBeLessThanOrEqual(file === "delivery.svg" ? 1700 : widestPage);
    expect(texts.length).toBeGreaterThan(5);
    const page = { x: 0, y: 0, width, height };
    expect([...texts, ...boxes].filter((one) => !within(one, page))).toEqual([]);
  });

  test("no text lies on another", () => {
    expect(pairs(texts)).toEqual([]);
  });

  test("no label of an arrow lies on another, on a state or under another arrow", () => {
    expect(pairs(labels)).toEqual([]);
    const hidden = labels.filter((label) => boxes.some((box) => overlap(label, box)));
    expect(hidden).toEqual([]);
    for (const label of labels) {
      const under = arrows.filter((arrow) => pieces(arrow).some((piece) => overlap(piece, label)));
      expect(under.length, label.words).toBeLessThanOrEqual(1);
    }
  });

  test("a text that begins in a box ends in it, and no arrow crosses a box", () => {
    for (const text of texts) {
      const start = { ...text, width: 1 };
      const holders = boxes.filter((box) => within(start, box));
      expect(
        holders.every((box) => within(text, box)),
        text.words,
      ).toBe(true);
    }
    const inside = boxes.map((box) => ({
      ...box,
      x: box.x + 3,
      y: box.y + 3,
      width: box.width - 6,
      height: box.height - 6,
    }));
    const crossing = arrows.filter((arrow) =>
      pieces(arrow).some((piece) => inside.some((box) => overlap(piece, box))),
    );
    expect(crossing).toEqual([]);
  });

  test("can be read aloud, and suits light and dark pages", () => {
    expect(svg).toContain('role="img"');
    const [, title, description] = /aria-labelledby="(\S+) (\S+)"/.exec(svg) ?? [];
    expect(svg).toMatch(new RegExp(`<title id="${title ?? "-"}">[^<]+</title>`));
    expect(svg).toMatch(new RegExp(`<desc id="${description ?? "-"}">[^<]{40,}</desc>`));
    expect(svg).toContain("@media (prefers-color-scheme:dark)");
  });

  test("asks for nothing from elsewhere", () => {
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
      /https?:|<script|@import|url\((?!#)/,
    );
  });
});

test("an overlap is seen", () => {
  const svg =
    '<svg viewBox="0 0 90 90"><text class="mono" x="10" y="20" font-size="10">one</text><text class="mono" x="20" y="22" font-size="10">two</text></svg>';
  expect(pairs(readDrawing(svg).texts)).toEqual(["one | two"]);
});
