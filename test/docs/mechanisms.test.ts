import { expect, it } from "vitest";
import { release } from "../../models/releases/v3.0.4.ts";
import { findOut, mechanismFindings } from "../../src/analysis/mechanism-findings.ts";
import { mechanismLines, mechanismMarkdown } from "../../src/report/scope/mechanism-lines.ts";
import { style } from "../../src/report/style.ts";

const found = findOut(release, () => undefined);

it("each finding is what the model says: its property is violated", () => {
  expect(found.map(({ mechanism }) => mechanism)).toEqual(
    mechanismFindings.map(({ mechanism }) => mechanism),
  );
  expect(
    found.filter(({ judged }) => judged.verdict !== "violated").map(({ mechanism }) => mechanism),
  ).toEqual([]);
});

it("npm start tells each in a line", () => {
  const lines = mechanismLines(found, style(false)).split("\n").slice(1, -1);
  expect(lines).toHaveLength(found.length);
  for (const line of lines) expect(line).toMatch(/^ {0,4}\d+ {2}\S.*\(.+\) [a-z]/u);
});

it("docs/mechanisms.md has the way into each", async () => {
  const heading = `# What further mechanisms do

Each is off in the other pages, and on here by itself or with what it needs. Written by \`npm run mechanisms\` from what the model says of v3.0.4; the semantics
behind it is in [model.md](model.md). Versions are those of Fluent Bit whose sources do so.
`;
  await expect(`${heading}\n${mechanismMarkdown(found)}\n`).toMatchFileSnapshot(
    "../../docs/mechanisms.md",
  );
});
