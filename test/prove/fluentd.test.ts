import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parametersOf } from "../../src/cli/options/scope-arguments.ts";
import { EverySizeScope } from "../../src/compile/every-size.ts";
import { scopeOf } from "../../src/compile/scope.ts";
import { seed } from "../explore/seed.ts";
import { askedIn } from "../models/fluentd/rows.ts";
import { expectAgreement } from "./expect-agreement.ts";
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
      expectAgreement(properties, scopeOf(release, { ...parameters, ...sample }));
    }
  });
});
