import { afterAll, describe, expect, it } from "vitest";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { conform } from "../../src/conform/conform.ts";
import {
  plannedScopes,
  engineScopes,
  smallScopes,
  type ScopePlan,
} from "../../src/conform/conform-scopes.ts";
import { EngineSubject } from "../../src/conform/engine-subject.ts";
import { Model } from "../../src/conform/model-run.ts";
import { stepsWords } from "../../src/conform/shrink.ts";
import { randomWalks } from "../../src/conform/suites/random-walks.ts";
import { transitionCoverage } from "../../src/conform/suites/transition-coverage.ts";
import { refusals } from "../../src/conform/suites/refusals.ts";
import { transitionGraph } from "../../src/conform/transition-graph.ts";
import { findRelease } from "../../src/engine/releases/catalogue.ts";
import { columns } from "../../src/report/columns.ts";
import { seed } from "../explore/seed.ts";

const threeChunksTwoOutputs: ScopePlan = {
  name: "three-chunks",
  title: "three chunks, two outputs, crashes",
  settings: { chunks: 3, outputs: 2, crash: true },
};

const releases = await loadReleases();
const table: string[][] = [["release", "scope", "states", "transitions", "compared", "steps"]];

afterAll(() => {
  process.stdout.write(`\n${columns(table, [2, 3, 4, 5])}\n`);
});

describe("the engine takes every transition of the model, and no other", () => {
  it("has every release of the model", () => {
    expect(releases.filter(({ name }) => findRelease(name) === undefined)).toEqual([]);
  });

  it.each(releases)(
    "means the same by $name as the model, and says it in the same words",
    (one) => {
      const engine = findRelease(one.name);
      expect(engine?.summary).toBe(one.summary);
      expect(engine?.taskMap.limit).toBe(one.realLimits?.["taskMapSize"]);
      expect(engine?.overLimitQuota).toBeGreaterThanOrEqual(one.least["overLimitQuota"] ?? 0);
      expect(engine?.overLimitQuota === 0).toBe(one.least["overLimitQuota"] === undefined);
    },
  );

  const cases = releases.flatMap((release) =>
    plannedScopes(release, [...smallScopes, ...engineScopes, threeChunksTwoOutputs]).map(
      (scope) => ({
        what: `${release.name}, ${scope.title}`,
        scope,
      }),
    ),
  );

  it.each(cases)(`$what (walks: seed ${seed})`, async ({ scope }) => {
    const model = new Model(scope.scope);
    const graph = scope.coverable ? transitionGraph(model) : undefined;
    if (graph === undefined) {
      const suites = [randomWalks(model, { walks: 20, length: 1000, seed })];
      const result = await conform(new EngineSubject(), [{ scope, model, graph, suites }]);
      expect(result.divergence).toBeNull();
      expect(result.suites.map(({ steps }) => steps)).toEqual([20_000]);
      return;
    }
    // A refusal is tried in every state of the smaller scopes.
    const suites = [transitionCoverage(graph)];
    if (graph.states.length <= 200)
      suites.push(refusals(model, [...model.calls(), ...scope.foreignCalls()], graph));
    const result = await conform(new EngineSubject(), [{ scope, model, graph, suites }]);
    const { covered, total } = result.coverage[0] ?? { covered: 0, total: null };
    table.push([
      scope.release,
      scope.title,
      String(graph.states.length),
      String(total),
      `${((100 * covered) / (total ?? 1)).toFixed(0)} %`,
      String(result.suites.reduce((sum, { steps }) => sum + steps, 0)),
    ]);
    const found = result.divergence?.found;
    expect(found && [found.sentence, stepsWords(found.steps), found.differences]).toBe(undefined);
    expect(covered).toBe(total);
  });
});
