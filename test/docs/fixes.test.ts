import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { describe, expect, it } from "vitest";
import {
  compareReleases,
  comparisonParts,
  type ComparisonPart,
} from "../../src/cli/compare/compare.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { comparisonMarkdown } from "../../src/report/comparison/comparison-text.ts";
import { style } from "../../src/report/style.ts";

// `npm run fixes` writes every table, which takes minutes; a plain test run computes the quick ones of all releases, and
// one release's column of a slow one.
const writes = process.env["WRITE_FIXES"] === "1";
const path = fileURLToPath(new URL("../../docs/fixes.md", import.meta.url));
const begin = "<!-- comparison: written by test/docs/fixes.test.ts -->";
const end = "<!-- end of comparison -->";
const page = await readFile(path, "utf8");
const releases = await loadReleases();

async function tablesOf(
  parts: readonly ComparisonPart[],
  names: readonly string[] = [],
): Promise<string> {
  const comparison = await compareReleases(
    releases.filter(({ name }) => names.length === 0 || names.includes(name)),
    { parts: new Set(parts), seed: 1, timeLimit: 300, onProgress: () => undefined },
  );
  return comparisonMarkdown(comparison, style(false));
}

/** Tables by their headings. */
function sectionsOf(tables: string): Map<string, string> {
  const sections = tables.split(/^(?=#### )/m).filter((text) => text.startsWith("#### "));
  return new Map(sections.map((text) => [text.split("\n")[0] ?? "", text.trim()]));
}

function written(): string {
  return page.slice(page.indexOf(begin) + begin.length, page.indexOf(end));
}

/** The words of a table's rows, however wide its columns are. */
function cellsOf(section: string): readonly (readonly string[])[] {
  return section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
}

describe("docs/fixes.md", () => {
  it("has the tables that compare prints (npm run fixes writes them)", async () => {
    const fresh = await tablesOf(writes ? comparisonParts : ["scopes", "memory"]);
    const sections = new Map([...(writes ? [] : sectionsOf(written())), ...sectionsOf(fresh)]);
    const text = `${page.slice(0, page.indexOf(begin) + begin.length)}\n\n${[...sections.values()].join("\n\n")}\n\n${page.slice(page.indexOf(end))}`;
    const options = await resolveConfig(path);
    await expect(await format(text, { ...options, parser: "markdown" })).toMatchFileSnapshot(path);
  }, 1_200_000);

  it.skipIf(writes)("has the throughput of park as it is measured now", async () => {
    const fresh = sectionsOf(await tablesOf(["throughput"], ["park"]));
    expect(fresh.size).toBe(2);
    for (const [title, section] of fresh) {
      const [heading = [], , ...rows] = cellsOf(sectionsOf(written()).get(title) ?? "");
      const column = heading.indexOf("park");
      expect(rows.map((row) => [row[1], row[column]])).toEqual(
        cellsOf(section)
          .slice(2)
          .map((row) => [row[1], row[2]]),
      );
    }
  });

  it.skipIf(writes)("quotes in bold only numbers that are in the tables", () => {
    const cells = new Set(cellsOf(written()).flat());
    const prose = page.replace(written(), "");
    const quoted = [...prose.matchAll(/\*\*(\d[\d.,ms]*)\*\*/g)].map(([, number = ""]) => number);
    expect(quoted.length).toBeGreaterThan(15);
    expect(quoted.filter((number) => !cells.has(number))).toEqual([]);
  });
});
