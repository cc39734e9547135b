import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { Layout } from "../../src/explore/layout.ts";
import type { OneWordTable } from "../../src/explore/one-word-table.ts";
import { bundledText, loadedText } from "../mutants/bundled-text.ts";
import { expectEachOnce, manyStates, statesOfOneHome } from "./each-once.ts";
import { expectSameByCode, type Searches } from "./same-by-code.ts";
import { scopeFor } from "./scope-for.ts";

interface SearchUnderTest extends Searches {
  readonly OneWordTable: typeof OneWordTable;
}

/** One small change of the source of the search. */
interface SearchMutant {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const entry = `
export { explore, survey } from "./explore.ts";
export { OneWordTable } from "./one-word-table.ts";
`;

function isSearch(value: unknown): value is SearchUnderTest {
  return typeof value === "object" && value !== null && "OneWordTable" in value;
}

/** The search with one change, or with none. */
async function search(mutant: SearchMutant | null): Promise<SearchUnderTest> {
  const change = mutant === null ? null : { ...mutant, file: `src/explore/${mutant.file}` };
  if (change !== null) {
    expect((await readFile(change.file, "utf8")).split(change.from)).toHaveLength(2);
  }
  const loaded = await loadedText(await bundledText(entry, "src/explore", change));
  if (!isSearch(loaded)) throw new Error("the search was not found");
  return loaded;
}

/** What the tests of the code and of the table ask, in the smallest cases that they have. */
function askCode(found: SearchUnderTest): void {
  expectSameByCode(scopeFor({ chunks: 4, taskMapSize: 3, overLimitQuota: 1 }), found);
}

function askTable(found: SearchUnderTest): void {
  const tableFor = (chunks: number): OneWordTable => {
    const table = found.OneWordTable.for(new Layout(scopeFor({ chunks }), false, "all"));
    if (table === null) throw new Error("there is a table for so few chunks");
    return table;
  };
  expectEachOnce(tableFor(5), 1, manyStates);
  expectEachOnce(tableFor(13), 2, [statesOfOneHome, statesOfOneHome]);
}

const ofCode: readonly SearchMutant[] = [
  { file: "after-text.ts", from: "add(move.to - 1, 1);", to: "add(move.to - 1, 2);" },
  { file: "state-text.ts", from: '"=" ? "===" :', to: '"=" ? "!==" :' },
  { file: "step-text.ts", from: "loops += ${ways};", to: "loops += 0;" },
  { file: "step-text.ts", from: "return [`taken[${move}] = 1;`, ...offence];", to: "return [];" },
  { file: "findings-text.ts", from: "=== 0`,", to: "!== 0`," },
  { file: "findings-text.ts", from: "met[${index}] = 1;", to: "met[${index}] = 0;" },
];

const ofTable: readonly SearchMutant[] = [
  { file: "one-word-table.ts", from: "const home = (at + 1 -", to: "const home = (at -" },
  { file: "one-word-table.ts", from: " && recentSecond[at] === second", to: "" },
  {
    file: "one-word-table.ts",
    from: "const high = (entry >>> rest) & ((1 << second) - 1);",
    to: "const high = 0;",
  },
];

describe("what the tests of the search ask", () => {
  it("holds of the search as it is", async () => {
    const found = await search(null);
    askCode(found);
    askTable(found);
  });

  it.each(ofCode)("does not hold of code with $to in $file", async (mutant) => {
    const found = await search(mutant);
    expect(() => {
      askCode(found);
    }).toThrow();
  });

  it.each(ofTable)('does not hold of a table with "$to"', async (mutant) => {
    const found = await search(mutant);
    expect(() => {
      askTable(found);
    }).toThrow();
  });
});
