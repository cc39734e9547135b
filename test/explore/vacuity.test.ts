import { describe, expect, it } from "vitest";
import type { Release } from "../../models/description.ts";
import type { Parameters } from "../../models/parameters.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { checkScope } from "../../src/explore/check-scope.ts";
import { scopeFor } from "./scope-for.ts";

/** The properties that met nothing to speak of. */
function vacuous(parameters: Partial<Parameters>, release: Release): string[] {
  return checkScope(scopeFor(parameters, release))
    .properties.filter((property) => property.vacuous)
    .map(({ property }) => property);
}

describe("a property says whether it met anything to speak of", () => {
  it("one output, no shutdown: nothing to isolate, no owner that is gone", () => {
    expect(vacuous({}, v304)).toEqual(["ownerAlive", "isolation", "isolationFair"]);
  });

  it("two outputs, a shutdown and the quota: every property speaks", () => {
    expect(vacuous({ outputs: 2, overLimitQuota: 1, shutdown: true }, v304)).toEqual([]);
  });

  it("park with two outputs: all but the two that have nothing to say", () => {
    expect(vacuous({ outputs: 2 }, park)).toEqual(["quotaConserved", "ownerAlive"]);
  });
});
