import { describe, expect, it } from "vitest";
import { columns, columnsWithin } from "../../src/report/columns.ts";
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

describe("a table that is wider than the terminal", () => {
  const rows = [
    ["", "one", "two", "three"],
    ["first", "1", "22", "333"],
    ["second", "4", "5", "6"],
  ];

  it("is one table where there is room", () => {
    expect(columnsWithin(rows, Number.POSITIVE_INFINITY)).toBe(
      ["        one  two  three", "first     1   22    333", "second    4    5      6"].join("\n"),
    );
  });

  it("is cut between columns, each part with the first column, and none of them empty", () => {
    expect(columnsWithin(rows, 16)).toBe(
      [
        ...["        one  two", "first     1   22", "second    4    5", ""],
        ...["        three", "first     333", "second      6"],
      ].join("\n"),
    );
    expect(columnsWithin(rows, 1).split("\n\n")).toHaveLength(3);
  });
});
