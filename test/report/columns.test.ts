import { expect, it } from "vitest";
import { columns } from "../../src/report/columns.ts";
import { style } from "../../src/report/style.ts";

it("aligns columns two spaces apart, and leaves no space at the end", () => {
  expect(
    columns([
      ["a", "long one", "x"],
      ["longer", "b", ""],
    ]),
  ).toBe("a       long one  x\nlonger  b");
});

it("aligns numbers to the right", () => {
  expect(
    columns(
      [
        ["n", "7"],
        ["m", "1234"],
      ],
      [1],
    ),
  ).toBe("n     7\nm  1234");
});

it("does not count colours, and counts characters rather than code units", () => {
  const { red } = style(true);
  const [first = "", second = ""] = columns([
    [red("abc"), "x"],
    ["–·𝄞", "y"],
  ]).split("\n");
  expect(first).toBe(`${red("abc")}  x`);
  expect(second).toBe("–·𝄞  y");
});

it("bears rows of different lengths, and none", () => {
  expect(columns([["a"], ["b", "c"]])).toBe("a\nb  c");
  expect(columns([])).toBe("");
});
