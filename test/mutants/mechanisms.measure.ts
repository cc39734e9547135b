import { afterAll, describe, expect, it } from "vitest";
import { survivingMutants } from "../explore/mutants/surviving-mutants.ts";
import { tryRow, type Tried } from "../explore/mutants/derived-survivors.ts";
import { referenceRows } from "../oracle/reference-rows.ts";

/** Larger rows take minutes each. */
const mostStates = 450;

const rows = referenceRows
  .filter(({ section, counts }) => section.startsWith("9") && counts.labelled <= mostStates)
  .toSorted((a, b) => a.counts.labelled - b.counts.labelled);

describe("everything that a rule of §9 does is needed: without it, a reference row is another", () => {
  const tried: Tried = new Map();

  it.each(rows.map((row) => [`§${row.section} ${JSON.stringify(row.parameters)}`, row] as const))(
    "%s",
    (_, row) => {
      tryRow(row, tried);
    },
  );

  afterAll(() => {
    const survivors = [...tried].flatMap(([name, what]) => (what === "survives" ? [name] : []));
    process.stdout.write(
      `\nmutants of the mechanisms: ${tried.size - survivors.length} of ${tried.size} found out\n`,
    );
    expect(survivors.toSorted()).toEqual(survivingMutants.toSorted());
  });
});
