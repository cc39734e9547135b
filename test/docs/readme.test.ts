import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

function cells(line: string): readonly string[] {
  return line.trim().split(/\s{2,}/u);
}

const names = [
  ...["v3.0.1", "v3.0.4", "v5.1", "published-fix", "corrected-fix", "hardened-fix"],
  ...["evict-idle", "reserve-slot", "park", "park-breaker"],
];

it("README.md shows what npm start prints", () => {
  const [, table = ""] =
    /## One verdict\n\n```text\n([^]*?)\n```/u.exec(readFileSync("README.md", "utf8")) ?? [];
  const printed = readFileSync("test/fixtures/transcripts/check.txt", "utf8").split("\n");
  const [heading = "", ...rows] = table.split("\n");
  const shown = cells(heading);
  expect(rows.length).toBeGreaterThan(5);
  for (const row of rows) {
    const [property = "", ...verdicts] = cells(row);
    const [, ...all] = cells(printed.find((line) => line.startsWith(`${property} `)) ?? "");
    expect([property, ...verdicts]).toEqual([
      property,
      ...shown.map((name) => all[names.indexOf(name)]),
    ]);
  }
});
