import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { release as corrected } from "../../models/otel-collector/releases/corrected.ts";
import { release as v0121 } from "../../models/otel-collector/releases/v0.121.ts";
import { release as v0129 } from "../../models/otel-collector/releases/v0.129.ts";
import { release as v0159 } from "../../models/otel-collector/releases/v0.159.ts";
import { parametersOf } from "../../src/cli/options/scope-arguments.ts";
import { EverySizeScope } from "../../src/compile/every-size.ts";
import { scopeOf } from "../../src/compile/scope.ts";
import { seed } from "../explore/seed.ts";
import { expectAgreement } from "./expect-agreement.ts";
import { prove, withSolver } from "./with-solver.ts";

/** What is proved of each at least, and what is violated from how many requests on. */
const cases = [
  {
    release: v0159,
    settings: [],
    proved: ["sizeBound", "noLoss", "neverStuck", "producersResume", "producersReleased"],
    condition: null,
  },
  { release: v0159, settings: ["putFails=true"], proved: ["sizeBound", "noLoss"], condition: null },
  {
    release: corrected,
    settings: ["putFails=true"],
    proved: ["sizeBound", "noLoss", "neverStuck", "producersResume", "producersReleased"],
    condition: null,
  },
  {
    release: corrected,
    settings: ["crash=any", "putFails=true"],
    proved: ["noLoss", "neverStuck", "producersReleased"],
    condition: null,
  },
  { release: v0129, settings: ["crash=running"], proved: [], condition: "N >= Q + 1" },
  { release: v0121, settings: ["readFails=true"], proved: [], condition: "N >= Q + 1" },
];

const sizes = fc.record({
  requests: fc.integer({ min: 1, max: 4 }),
  queueSize: fc.integer({ min: 1, max: 3 }),
  consumers: fc.integer({ min: 1, max: 2 }),
});

describe("proofs about the Collector's queue agree with the exploration of random scopes", () => {
  withSolver();

  it.each(cases)(`$release.name $settings (seed ${seed})`, async (one) => {
    const { release, settings, proved, condition } = one;
    const parameters = parametersOf(release, settings);
    const { properties } = await prove(EverySizeScope.of(release, parameters));
    const shown = properties.filter(({ verdict }) => verdict === "proved");
    expect(shown.map(({ property }) => property)).toEqual(expect.arrayContaining(proved));
    const bound = properties.find(({ property }) => property === "sizeBound")?.condition;
    if (condition !== null) expect(bound?.text).toBe(condition);
    for (const sample of fc.sample(sizes, { seed, numRuns: 10 })) {
      expectAgreement(properties, scopeOf(release, { ...parameters, ...sample }));
    }
  });
});
