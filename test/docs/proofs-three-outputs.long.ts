import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { askedProofs, type AskedSystems } from "../../src/cli/prove/asked-proofs.ts";
import { answerRequest } from "../../src/cli/prove/proof-request.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import type { ProofSummary } from "../../src/prove/proof-summary.ts";
import { proofMarkdown } from "../../src/report/proof/proof-table.ts";
import { style } from "../../src/report/style.ts";
import { theSolver, withSolver } from "../prove/with-solver.ts";

// `npm run proofs:three` writes the whole page, which takes many minutes; a run of the long tests proves two columns of it.
const writes = process.env["WRITE_PROOFS"] === "1";
const path = fileURLToPath(new URL("../../docs/proofs-three-outputs.md", import.meta.url));
const heading = `# Every release and property with three outputs, every size

Written by \`npm run proofs:three\` from what \`npx unstuck prove --outputs 3 --markdown\` says; [proofs.md](proofs.md) explains it.

`;
const releases = await loadReleases();

async function proofsOf(asked: Partial<AskedSystems>): Promise<readonly ProofSummary[]> {
  const manner = { only: null, timeLimitMs: 3_600_000, certificate: false };
  const summaries: ProofSummary[] = [];
  for (const request of askedProofs({ set: [], outputs: 3, ...asked }, releases, manner).requests) {
    const { summary } = await answerRequest(request, releases, theSolver(), () => undefined);
    summaries.push(summary);
  }
  return summaries;
}

/** What the first table of a page says of a release: a verdict for each property, conditions in full. */
function columnOf(page: string, release: string): readonly (readonly string[])[] {
  const rows = page
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  const conditions = new Map(
    [...page.matchAll(/^- \((\w)\) (.*)$/gm)].map(([, letter = "", words = ""]) => [letter, words]),
  );
  const column = rows[0]?.indexOf(release) ?? -1;
  const end = rows.findIndex((row, index) => index > 0 && row[1] === "");
  return rows.slice(2, end < 0 ? undefined : end).map((row) => {
    const cell = row[column] ?? "";
    return [
      row[1] ?? "",
      cell.replace(/\((\w)\)/, (_, letter: string) => conditions.get(letter) ?? "?"),
    ];
  });
}

describe("docs/proofs-three-outputs.md", () => {
  withSolver();

  it.runIf(writes)("is written anew", { timeout: 7_200_000 }, async () => {
    const page = `${heading}${proofMarkdown(await proofsOf({}), style(false))}\n`;
    await expect(page).toMatchFileSnapshot(path);
  });

  it.skipIf(writes).each(["v3.0.4", "park"])("has what is proved of %s", async (release) => {
    const fresh = proofMarkdown(await proofsOf({ release, routing: "all" }), style(false));
    const column = columnOf(fresh, release);
    expect(column).toHaveLength(11);
    expect(columnOf(await readFile(path, "utf8"), release)).toEqual(column);
  });
});
