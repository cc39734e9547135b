import { describe, expect, it } from "vitest";
import { release as correctedFix } from "../../models/releases/corrected-fix.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { EngineSubject } from "../../src/conform/engine-subject.ts";
import { readSteps } from "../../src/conform/read-steps.ts";
import { runSteps } from "../../src/conform/run-steps.ts";
import { scopeSuites } from "../../src/conform/scope-suites.ts";
import { conform } from "../../src/conform/conform.ts";
import { stepsWords } from "../../src/conform/shrink.ts";
import { EngineCore } from "../../src/engine/lockstep/engine-core.ts";
import { findRelease } from "../../src/engine/releases/catalogue.ts";
import { publishedFix } from "../../src/engine/releases/published-fix.ts";
import { matchOf } from "./match.ts";

/** An engine whose corrected fix forgets what corrects it. */
const leaking = new EngineSubject({
  createCore: (parameters) => new EngineCore(parameters),
  findRelease: (name) => (name === "corrected-fix" ? publishedFix : findRelease(name)),
});

const plan = {
  trapsOf: () => [],
  supports: () => true,
  walks: 0,
  walkLength: 0,
  seed: 1,
};

describe("a divergence", () => {
  it("names the rule, the state and the step, by the shortest way to it", async () => {
    const { scope } = matchOf(correctedFix, {}, leaking);
    const { divergence } = await conform(leaking, [scopeSuites(scope, plan)]);
    expect(divergence?.found).toMatchObject({
      kind: "state",
      rule: "flushOk",
      sentence: "flushOk (chunk 0, output 0) leads to another state",
      before: { overLimitUp: [1], up: 2, tasks: 1 },
      differences: [{ where: "overLimitUp[0]", expected: 0, actual: 1 }],
    });
    expect(stepsWords(divergence?.found.steps ?? [])).toBe(
      "ingest:0:0 dispatch:0 outputDown:0 flushRetry:0:0 ingest:1:0 retryFireOverLimit:0:0 outputUp:0 flushOk:0:0",
    );
  });

  it("is found again by its steps", async () => {
    const match = matchOf(correctedFix, {}, leaking);
    const words =
      "ingest:0:0 dispatch:0 outputDown:0 flushRetry:0:0 ingest:1:0 retryFireOverLimit:0:0 outputUp:0 flushOk:0:0";
    const steps = readSteps(match.model, words);
    if (typeof steps === "string") throw new Error(steps);
    expect((await runSteps(match, steps))?.steps).toEqual(steps);
    expect(await runSteps(match, steps.slice(0, -1))).toBe(undefined);
  });

  it("cannot be replayed where the steps are none of the model", () => {
    const { model } = matchOf(v304, {});
    expect(readSteps(model, "ingest:0:0 dispatch:1")).toBe(
      "step 2, dispatch:1, is not enabled there in the model",
    );
    expect(readSteps(model, "!ingest:0:0")).toBe(
      "step 1, !ingest:0:0, is enabled there in the model",
    );
    expect(readSteps(model, "ingest")).toBe('there is no action "ingest" in this scope');
  });
});
