import { expect, it } from "vitest";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { fixesUnderMechanisms, type Broken } from "../../src/analysis/fixes-under-mechanisms.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { fixesUnderMechanismsMarkdown } from "../../src/report/scope/fixes-under-mechanisms-text.ts";

const fixes = (await loadReleases()).filter(
  ({ offeredAs, applies }) => offeredAs !== undefined && applies.includes("outputHangs"),
);
const found = fixesUnderMechanisms(v304, fixes);

function brokenUnder(title: string): ReadonlyMap<string, readonly Broken[]> {
  return new Map(
    found
      .filter(({ beside }) => beside.title === title)
      .map(({ release, broken }) => [release.name, broken ?? []]),
  );
}

function fixesThatBreak(title: string, property: string): readonly string[] {
  return [...brokenUnder(title)]
    .filter(([, broken]) => broken.some((one) => one.property === property))
    .map(([name]) => name);
}

const quotas = ["published-fix", "corrected-fix", "hardened-fix"];

it("every fix that the mechanisms apply to is judged, each search to its end", () => {
  expect(fixes.map(({ name }) => name)).toEqual([...quotas, "evict-idle", "reserve-slot"]);
  expect(found.filter(({ broken }) => broken === null)).toEqual([]);
});

it("an over-limit quota breaks the pause, nothing else does", () => {
  const title = "pause_on_chunks_overlimit of one input of two";
  expect(fixesThatBreak(title, "pauseOwned")).toEqual(quotas);
  for (const [name, broken] of brokenUnder(title)) {
    const pauseOwned = broken.find(({ property }) => property === "pauseOwned");
    if (quotas.includes(name)) expect(pauseOwned).toMatchObject({ length: 8, byTheFix: true });
  }
});

it("the alternatives without extra memory break nothing that works without them", () => {
  for (const name of ["evict-idle", "reserve-slot"]) {
    const own = found.filter(({ release }) => release.name === name);
    expect(own.flatMap(({ broken }) => broken ?? []).filter(({ byTheFix }) => byTheFix)).toEqual(
      [],
    );
    expect(own.length).toBeGreaterThan(15);
  }
});

it("nothing isolates from an output that hangs", () => {
  expect(fixesThatBreak("an output that hangs", "isolation")).toEqual([
    "v3.0.4",
    ...fixes.map(({ name }) => name),
  ]);
});

it("docs/fixes-under-mechanisms.md says so (npm run fixes:mechanisms writes it)", async () => {
  const heading = `# Every fix under every mechanism

Which properties are violated, and after how many actions, where a further mechanism is on beside a fix. Written by
\`npm run fixes:mechanisms\`: the explorer searches each scope to its end. What it means for the choice is in [fixes.md](fixes.md).

- **In bold**: the engine without the fix has this property in the same scope. It is the fix that breaks it.
- _holds_: no property with a shortest length is violated in this scope. It is a verdict on a small scope, no proof for every size.
- Verdicts of fairness (noStarvation, isolationFair, inputResumesFair) have no length and are not in the table.
- \`reserve-slot\` needs two places in memory: it is judged with one chunk and one place more, and so is the engine without it.
- \`park\` and \`park-breaker\` are missing: no mechanism is stated for them, so nothing is known of them beside one.
`;
  await expect(`${heading}\n${fixesUnderMechanismsMarkdown(found)}\n`).toMatchFileSnapshot(
    "../../docs/fixes-under-mechanisms.md",
  );
});
