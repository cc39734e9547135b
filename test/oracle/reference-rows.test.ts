import { describe, expect, it } from "vitest";
import type { Counts } from "./graph.ts";
import { exploreOracle, exploreOrbits } from "./oracle.ts";
import { referenceRows } from "./reference-rows.ts";
import type { ReferenceRow } from "./reference/reference-row.ts";
import { violatedIn } from "./violations.ts";

/**
 * Above this many labelled states a row is explored up to the order of slots: counts, safety, `neverStuck` and
 * `isolation` only. `ALL_ROWS=1` explores the labelled states of all but the last row of §7, which are too many.
 */
const mostLabelled = process.env["ALL_ROWS"] === undefined ? 5_000 : 200_000;

function countsIn(counts: Counts, { mostUp }: ReferenceRow["counts"]): ReferenceRow["counts"] {
  const { labelledStates: labelled, canonicalStates: canonical, transitions, selfLoops } = counts;
  const found = { labelled, canonical, transitions, selfLoops };
  return mostUp === undefined ? found : { ...found, mostUp: counts.mostUp };
}

/** What of the found violations the row speaks of. */
function spokenOf(
  { rest, violated, unsaid = [], holds = [] }: ReferenceRow,
  found: Partial<Record<string, number | true>>,
): Partial<Record<string, number | true>> {
  const isSaid = (name: string): boolean =>
    rest === "unsaid"
      ? name in violated || holds.some((held) => held === name)
      : !unsaid.some((other) => other === name);
  return Object.fromEntries(Object.entries(found).filter(([name]) => isSaid(name)));
}

function titled(rows: readonly ReferenceRow[]): [string, ReferenceRow][] {
  return rows.map((row) => [`§${row.section} ${JSON.stringify(row.parameters)}`, row]);
}

describe("the oracle gives every reference row of the semantics", () => {
  const small = referenceRows.filter(({ counts }) => counts.labelled <= mostLabelled);
  it.each(titled(small))("%s", (_, row) => {
    const result = exploreOracle(row.parameters);
    expect(countsIn(result, row.counts)).toEqual(row.counts);
    expect(spokenOf(row, violatedIn(result))).toEqual(row.violated);
    expect(result.parts).toMatchObject(row.parts ?? {});
  });

  const large = referenceRows.filter(({ counts }) => counts.labelled > mostLabelled);
  it.each(titled(large))("%s, up to the order of slots", (_, row) => {
    const result = exploreOrbits(row.parameters);
    expect(countsIn(result, row.counts)).toEqual(row.counts);
    const judged = Object.entries(row.violated).filter(([name]) => name in result.properties);
    expect(spokenOf(row, violatedIn(result))).toEqual(Object.fromEntries(judged));
  });
});

describe("the states up to the order of slots", () => {
  const some = referenceRows.filter(
    ({ counts, parameters }) => counts.labelled <= 300 && parameters.chunks > 1,
  );
  it("say of each small row what its labelled states say", () => {
    expect(some.length).toBeGreaterThan(60);
    for (const { parameters } of some) {
      expect(exploreOracle(parameters)).toMatchObject(exploreOrbits(parameters));
    }
  });
});
