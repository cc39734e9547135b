import { describe, expect, it } from "vitest";
import type { Release, SystemDescription } from "../../../models/description.ts";
import { foundIn, rows, scopeOfRow } from "./rows.ts";

it("the page has 37 rows", () => {
  expect(rows).toHaveLength(37);
});

describe("the model of the Collector's queue agrees with the page", () => {
  it.each(rows)("$words", (row) => {
    expect(foundIn(scopeOfRow(row))).toBe(row.says);
  });
});

/** A wrong model: some rule of this name is missing. */
function withoutRule(release: Release, name: string): Release {
  const describeWithout = (description: SystemDescription): SystemDescription => ({
    ...description,
    slotRules: description.slotRules.filter((rule) => rule.name !== name),
    systemRules: description.systemRules.filter((rule) => rule.action !== name),
  });
  return { ...release, describe: (values) => describeWithout(release.describe(values)) };
}

describe("the rows pin every rule: without it, one of them differs", () => {
  const small = rows.filter(({ labelled }) => labelled < 1000);
  const names = new Set(
    small.flatMap((row) => {
      const { slotRules, systemRules } = row.release.describe(scopeOfRow(row).parameters);
      return [...slotRules.map(({ name }) => name), ...systemRules.map(({ action }) => action)];
    }),
  );

  it.each([...names])("%s", (name) => {
    const differs = small.some((row) => {
      const { slotRules, systemRules } = row.release.describe(scopeOfRow(row).parameters);
      const isThere =
        slotRules.some((rule) => rule.name === name) ||
        systemRules.some(({ action }) => action === name);
      return isThere && foundIn(scopeOfRow(row, withoutRule(row.release, name))) !== row.says;
    });
    expect(differs).toBe(true);
  });
});
