import { describe, expect, it } from "vitest";
import { foundIn, rows, scopeOfRow } from "./rows.ts";

describe("each row of the page, exactly", () => {
  it("has every row", () => {
    expect(rows).toHaveLength(14);
  });

  it.each(rows)("$release.name $words", (row) => {
    expect(foundIn(scopeOfRow(row))).toBe(row.says);
  });
});
