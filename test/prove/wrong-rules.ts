import { expect } from "vitest";
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
import { parkMutants } from "../explore/mutants/park-mutants.ts";
import { retryMutants } from "../explore/mutants/retry-mutants.ts";
import { prove } from "./with-solver.ts";

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

interface WrongRule {
  readonly release: Release;
  readonly mutant: Mutant;
}

/** Every mutant of a rule that breaks what a proof speaks of. */
export const wrongRules: readonly WrongRule[] = [
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

const slow = new Set([
  "crash keeps the counters",
  "crash deletes the files",
  "a probe is old at once",
  "crash keeps the tasks",
  "crash forgets nothing of the deliveries",
  "a chunk is set aside though something that it owes is let through",
  "the gate opens though an old probe waits",
  "a probe attempts the first output that it owes alone",
  "a probe leaves out what nobody is being flushed to",
  "a chunk is flushed to outputs that are held back",
]);

/** Whether it takes seconds to find no proof: `npm run test:long` tries these. */
export function isSlow({ mutant }: WrongRule): boolean {
  return slow.has(mutant.name);
}

/** Expects that no proof is found of what the wrong rule breaks. */
export async function expectNoProof({ release, mutant }: WrongRule): Promise<void> {
  const { properties } = await prove(scopeWith(release, mutant), null, [mutant.caughtBy]);
  const [broken] = properties;
  expect(broken?.verdict).toBe("unknown");
  expect(broken?.reason).toBe("no proof was found");
}
