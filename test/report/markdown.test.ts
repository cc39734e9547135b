import { expect, it } from "vitest";
import { markdownTable } from "../../src/report/markdown.ts";

it("has a heading, a rule and rows, with bars escaped", () => {
  expect(
    markdownTable([
      ["a", "b"],
      ["x|y", "z"],
    ]),
  ).toBe("| a | b |\n| --- | --- |\n| x\\|y | z |");
});
