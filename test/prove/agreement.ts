import fc from "fast-check";
import { expect } from "vitest";
import type { Release } from "../../models/description.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { release as correctedFix } from "../../models/releases/corrected-fix.ts";
import { release as evictIdle } from "../../models/releases/evict-idle.ts";
import { release as hardenedFix } from "../../models/releases/hardened-fix.ts";
import { release as parkBreaker } from "../../models/releases/park-breaker.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as publishedFix } from "../../models/releases/published-fix.ts";
import { release as v301 } from "../../models/releases/v3.0.1.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { EverySizeScope } from "../../src/compile/every-size.ts";
import { scopeOf, slotsOf } from "../../src/compile/scope.ts";
import { sizesIn } from "../../src/compile/sizes.ts";
import { checkScope } from "../../src/explore/check-scope.ts";
import { conditionHolds } from "../../src/prove/violation/condition.ts";
import { seed } from "../explore/seed.ts";
import { prove } from "./with-solver.ts";

interface Shape {
  readonly release: Release;
  readonly shape: Partial<Parameters>;
  /** The routes masks, where they are known better than `routing` says. */
  readonly masks?: readonly (readonly number[])[];
}

const twoAny = { outputs: 2, routing: "any" } as const;

export const shapes: readonly Shape[] = [
  { release: v301, shape: {} },
  { release: v301, shape: { crash: true } },
  { release: v304, shape: {} },
  { release: v304, shape: { outputs: 2 } },
  { release: v304, shape: { pauseOnChunksOverlimit: true } },
  { release: v304, shape: { retryLimit: 1 } },
  { release: v304, shape: { schedulerFails: true } },
  { release: publishedFix, shape: {} },
  { release: publishedFix, shape: { crash: true } },
  { release: correctedFix, shape: {} },
  { release: correctedFix, shape: { shutdown: true } },
  { release: correctedFix, shape: { schedulerFails: true, crash: true } },
  { release: hardenedFix, shape: { shutdown: true } },
  { release: evictIdle, shape: {} },
  { release: evictIdle, shape: { outputs: 2 } },
  { release: v304, shape: twoAny, masks: [[0], [1]] },
  { release: v304, shape: twoAny, masks: [[0], [0, 1]] },
  { release: correctedFix, shape: twoAny, masks: [[0], [1]] },
  { release: park, shape: {} },
  { release: park, shape: { crash: true } },
  { release: parkBreaker, shape: {} },
];

/** Those whose proof takes seconds: \`npm run test:long\` tries them. */
export const slowShapes: readonly Shape[] = [
  { release: v304, shape: { outputs: 3 } },
  { release: park, shape: { outputs: 3 } },
];

export const scopesOfEach = 12;

function sizes(release: Release, outputs: number): fc.Arbitrary<Partial<Parameters>> {
  return fc.record({
    chunks: fc.integer({ min: 1, max: outputs === 1 ? 6 : outputs === 2 ? 4 : 3 }),
    taskMapSize: fc.integer({ min: 1, max: 3 }),
    maxChunksUp: fc.integer({ min: 1, max: 3 }),
    overLimitQuota:
      release.least["overLimitQuota"] === undefined
        ? fc.constant(0)
        : fc.integer({ min: 1, max: 2 }),
  });
}

/** Expects that a proof says of random sizes what the exploration of each says. */
export async function expectAgreement(one: Shape): Promise<void> {
  const { release, shape, masks } = one;
  const parameters = { ...defaultParameters, ...release.defaults, ...shape };
  const proof = await prove(EverySizeScope.of(release, parameters, masks));
  const samples = fc.sample(sizes(release, parameters.outputs), {
    seed,
    numRuns: scopesOfEach,
  });
  for (const sample of samples) {
    const scope = scopeOf(release, { ...parameters, ...sample }, masks);
    for (const { property, verdict } of checkScope(scope).properties) {
      const shown = proof.properties.find((one) => one.property === property);
      const said = { property, sample, proof: shown?.verdict, exploration: verdict };
      expect(verdict, JSON.stringify(said)).not.toBe("unknown");
      if (shown?.verdict === "proved") expect(said).toHaveProperty("exploration", "holds");
      if (shown?.verdict !== "refuted" || shown.condition === null) continue;
      const expected = conditionHolds(
        shown.condition,
        slotsOf(scope),
        sizesIn(scope.system, scope.parameters),
      )
        ? "violated"
        : "holds";
      expect(said).toHaveProperty("exploration", expected);
    }
  }
}
