import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const page = await readFile(new URL("docs/porting.md", root), "utf8");

/** The table's rows: name in TypeScript, and the file that has it. */
const rows = [...page.matchAll(/^\|[^|]+\| +`(\w+)` +\| `(src\/[^`]+)` +\|$/gm)].map(
  ([, name = "", file = ""]) => ({ name, file }),
);

describe("docs/porting.md", () => {
  it("has a table of functions", () => {
    expect(rows.length).toBeGreaterThan(50);
    expect(new Set(rows.map(({ name }) => name)).size).toBeGreaterThan(50);
  });

  it.each(rows)("$name is in $file", async ({ name, file }) => {
    const source = await readFile(new URL(file, root), "utf8");
    expect(source).toMatch(new RegExp(`\\b(function|const|class) ${name}\\b`));
  });
});
