import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** What the tests tell `npm run attack` that they try. */
function tried(): ReadonlySet<string> {
  const files = readdirSync("test", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".test.ts"),
  );
  const calls = files.flatMap((file) => [
    ...readFileSync(join("test", file), "utf8").matchAll(/\battacked\(\s*"([^"]+)"/g),
  ]);
  return new Set(calls.map(([, what = ""]) => what));
}

describe("docs/reliability.md", () => {
  it("has a row for each attack, and no other", () => {
    const text = readFileSync("docs/reliability.md", "utf8");
    const rows = [...text.matchAll(/^\| (.+?) +\| [\d,]+ +\|/gm)].map(([, what = ""]) => what);
    expect(rows.toSorted()).toEqual([...tried()].toSorted());
    expect(rows.length).toBeGreaterThan(8);
  });
});
