import { describe, expect, test } from "vitest";
import { loadReleases } from "unstuck";
import { EngineSubject, plannedScopes, runSteps, scopeSuites, smallScopes } from "unstuck/conform";

const releases = await loadReleases();
const release = releases.find(({ name }) => name === "corrected-fix");
const [scope] = plannedScopes(release, smallScopes);
const plan = { trapsOf: () => [], supports: () => true, walks: 5, walkLength: 50, seed: 1 };
const { model, suites } = scopeSuites(scope, plan);

describe.each(suites)("$name", ({ tests }) => {
  test.each(tests)("$name", async ({ steps }) => {
    const subject = new EngineSubject();
    expect(await runSteps({ scope, model, subject }, steps)).toBeUndefined();
  });
});
