import { describe, expect, it } from "vitest";
import { release as park } from "../../models/releases/park.ts";
import { checkScope, type ScopeResult } from "../../src/explore/check-scope.ts";
import { referenceRows } from "../oracle/reference-rows.ts";
import type { ReferenceRow } from "../oracle/reference/reference-row.ts";
import { scopeForOracle } from "./scope-for.ts";

/** Violated properties with their lengths; `true` where a property has none. */
function violatedIn({ properties }: ScopeResult): Record<string, number | true> {
  return Object.fromEntries(
    properties.flatMap(({ property, verdict, length }) =>
      verdict === "violated" ? [[property, length ?? true]] : [],
    ),
  );
}

function partsIn({ properties }: ScopeResult, name: string): unknown {
  const clauses = properties.find(({ property }) => property === name)?.clauses ?? [];
  const lengthOf = (modality: string): number | null | undefined =>
    clauses.find((clause) => clause.modality === modality)?.length;
  return { a: lengthOf("can"), b: lengthOf("must") };
}

/** What of the found violations the row speaks of. */
function spokenOf(
  { rest, violated, unsaid = [], holds = [] }: ReferenceRow,
  found: Record<string, number | true>,
): Record<string, number | true> {
  const isSaid = (name: string): boolean =>
    rest === "unsaid"
      ? name in violated || holds.some((held) => held === name)
      : !unsaid.some((other) => other === name);
  return Object.fromEntries(Object.entries(found).filter(([name]) => isSaid(name)));
}

describe("the models give every reference row of the semantics", () => {
  it.each(
    referenceRows.map((row): [string, ReferenceRow] => [
      `§${row.section} ${JSON.stringify(row.parameters)}`,
      row,
    ]),
  )("%s", (_, row) => {
    const { parameters, counts, violated, parts = {} } = row;
    const result = checkScope(scopeForOracle(parameters, park));
    expect(result.complete).toBe(true);
    expect({
      labelled: Number(result.counts.labelled),
      canonical: result.counts.canonical,
      transitions: Number(result.counts.transitions),
      selfLoops: Number(result.counts.selfLoops),
      ...(counts.mostUp === undefined ? {} : { mostUp: result.counts.mostUp }),
    }).toEqual(counts);
    expect(spokenOf(row, violatedIn(result))).toEqual(violated);
    for (const [name, lengths] of Object.entries(parts)) {
      expect([name, partsIn(result, name)]).toEqual([name, lengths]);
    }
  });
});
