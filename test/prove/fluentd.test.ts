import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parametersOf } from "../../src/cli/options/scope-arguments.ts";
import { EverySizeScope } from "../../src/compile/every-size.ts";
import { scopeOf, slotsOf } from "../../src/compile/scope.ts";
import { sizesIn } from "../../src/compile/sizes.ts";
import { checkScope } from "../../src/explore/check-scope.ts";
import { conditionHolds } from "../../src/prove/violation/condition.ts";
import { seed } from "../explore/seed.ts";
import { askedIn } from "../models/fluentd/rows.ts";
import { prove, withSolver } from "./with-solver.ts";

const safety = ["noLoss", "limitHolds"];
const acting = ["neverStuck", "producersResume"];

/** What is proved of each at least, and which property is violated from how many chunks on. */
const cases = [
  { words: "v1.19: overflow=block crash shutdown", proved: [...safety, ...acting], violated: {} },
  { words: "v1.12: retryMax=1", proved: ["noLoss", ...acting], violated: {} },
  {
    words: "v1.19: race overflow=block",
    proved: ["noLoss", ...acting],
    violated: { limitHolds: "N >= L + 1" },
  },
  {
    words: "v1.19: mode=lazy",
    proved: safety,
    violated: { neverStuck: "N >= L", producersResume: "N >= L" },
  },
  {
    words: "corrected: overflow=block reemit=plain retryMax=1 shutdown",
    proved: [...safety, ...acting],
    violated: {},
  },
];

const sizes = fc.record({
  slots: fc.integer({ min: 1, max: 3 }),
  limit: fc.integer({ min: 1, max: 3 }),
  threads: fc.integer({ min: 1, max: 2 }),
});

describe("proofs about Fluentd's buffer agree with the exploration of random scopes", () => {
  withSolver();

  it.each(cases)(`$words (seed ${seed})`, async ({ words, proved, violated }) => {
    const { release, settings } = askedIn(words);
    const parameters = parametersOf(release, settings);
    const { properties } = await prove(EverySizeScope.of(release, parameters));
    const shown = properties.filter(({ verdict }) => verdict === "proved");
    expect(shown.map(({ property }) => property)).toEqual(expect.arrayContaining(proved));
    const exactly = properties.flatMap(({ property, condition }) =>
      condition === null ? [] : [[property, condition.text] as const],
    );
    expect(Object.fromEntries(exactly)).toEqual(violated);
    for (const sample of fc.sample(sizes, { seed, numRuns: 6 })) {
      const scope = scopeOf(release, { ...parameters, ...sample });
      for (const { property, verdict } of checkScope(scope).properties) {
        const proof = properties.find((found) => found.property === property);
        const said = JSON.stringify([property, sample]);
        if (proof?.verdict === "proved") expect(verdict, said).toBe("holds");
        const exact = proof?.condition ?? null;
        if (exact === null) continue;
        const holds = conditionHolds(
          exact,
          slotsOf(scope),
          sizesIn(scope.system, scope.parameters),
        );
        expect(verdict, said).toBe(holds ? "violated" : "holds");
      }
    }
  });
});
