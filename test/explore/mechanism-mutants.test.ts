import { expect, it } from "vitest";
import { referenceRows } from "../oracle/reference-rows.ts";
import { tryRow, type Tried } from "./mutants/derived-survivors.ts";

// `npm run mutants` tries all of them on all rows that take seconds; here the smallest rows alone.
it("forty mutants and more of the mechanisms are found out by the smallest reference rows", () => {
  const tried: Tried = new Map();
  const rows = referenceRows
    .filter(({ section, parameters }) => section.startsWith("9") && !("park" in parameters))
    .toSorted((a, b) => a.counts.labelled - b.counts.labelled)
    .slice(0, 4);
  for (const row of rows) tryRow(row, tried);
  const found = [...tried].filter(([, what]) => what === "found");
  expect(found.length).toBeGreaterThanOrEqual(40);
});
