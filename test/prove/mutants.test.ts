import { describe, expect, it } from "vitest";
import type { Release } from "../../models/description.ts";
import { defaultParameters } from "../../models/parameters.ts";
import { release as parkBreaker } from "../../models/releases/park-breaker.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { EverySizeScope } from "../../src/compile/every-size.ts";
import { deliveryMutants } from "../explore/mutants/delivery-mutants.ts";
import { dispatchMutants } from "../explore/mutants/dispatch-mutants.ts";
import { environmentMutants } from "../explore/mutants/environment-mutants.ts";
import type { Mutant } from "../explore/mutants/mutant.ts";
import { parkBreakerMutants } from "../explore/mutants/park-breaker-mutants.ts";
import { ablations, parkMutants } from "../explore/mutants/park-mutants.ts";
import { retryMutants } from "../explore/mutants/retry-mutants.ts";
import { prove, withSolver } from "./with-solver.ts";

/** What a wrong rule may break that a proof speaks of; a mutant that only changes counts is no business of a proof. */
const provable = new Set([
  "memoryBound",
  "quotaConserved",
  "flushingIsMapped",
  "taskMapBound",
  "noLoss",
  "ownerAlive",
  "neverStuck",
  "recovery",
  "isolation",
  "isolationFair",
  "noStarvation",
]);

const mutants: readonly { readonly release: Release; readonly mutant: Mutant }[] = [
  ...[...dispatchMutants, ...deliveryMutants, ...retryMutants, ...environmentMutants].map(
    (mutant) => ({ release: v304, mutant }),
  ),
  ...parkMutants.map((mutant) => ({ release: park, mutant })),
  ...parkBreakerMutants.map((mutant) => ({ release: parkBreaker, mutant })),
].filter(({ mutant }) => provable.has(mutant.caughtBy));

function scopeWith(release: Release, mutant: Mutant): EverySizeScope {
  const parameters = { ...defaultParameters, ...mutant.scope };
  const describe: Release["describe"] = (sizes) => mutant.change(release.describe(sizes));
  return EverySizeScope.of({ ...release, name: "mutant", describe }, parameters);
}

describe("wrong rules", () => {
  withSolver();

  it("are at least 20", () => {
    expect(mutants.length).toBeGreaterThanOrEqual(20);
  });

  it("are, among others, those that leave out what park cannot do without", () => {
    const names = mutants.map(({ mutant }) => mutant.name);
    expect(names).toEqual(expect.arrayContaining(Object.values(ablations)));
  });

  it("are, among others, those that leave out what park-breaker cannot do without", () => {
    const names = mutants.map(({ mutant }) => mutant.name);
    expect(names).toEqual(
      expect.arrayContaining([
        "a chunk that is held back keeps its place in the queue",
        "nothing is recalled",
        "there are no probes",
        "the gate of the breaker's queue never opens",
      ]),
    );
  });

  it.each(mutants)("are not proved right: $mutant.name", async ({ release, mutant }) => {
    const { properties } = await prove(scopeWith(release, mutant), null, [mutant.caughtBy]);
    const [broken] = properties;
    expect(broken?.verdict).toBe("unknown");
    expect(broken?.reason).toBe("no proof was found");
  });
});
