import { describe, expect, it } from "vitest";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { callWord } from "../../src/conform/action-call.ts";
import { plannedScopes, smallScopes } from "../../src/conform/conform-scopes.ts";
import { Model } from "../../src/conform/model-run.ts";
import { stepsOf } from "../../src/conform/suite.ts";
import { actionPairs } from "../../src/conform/suites/action-pairs.ts";
import { refusals } from "../../src/conform/suites/refusals.ts";
import { transitionCoverage } from "../../src/conform/suites/transition-coverage.ts";
import { transitionGraph, type TransitionGraph } from "../../src/conform/transition-graph.ts";
import { shortestTour } from "./shortest-tour.ts";

const releases = await loadReleases();

function graphOf(model: Model): TransitionGraph {
  const graph = transitionGraph(model);
  if (graph === undefined) throw new Error("the scope is too large");
  return graph;
}

const cases = releases.flatMap((release) =>
  plannedScopes(release, smallScopes)
    .filter(({ coverable }) => coverable)
    .map((scope) => {
      const model = new Model(scope.scope);
      return { what: `${release.name}, ${scope.title}`, scope, model, graph: graphOf(model) };
    }),
);

describe("transition coverage", () => {
  // The bound takes minutes for larger scopes; the walks are of the same kind there.
  const small = cases.filter(({ graph }) => graph.transitions <= 400);

  it.each(small)("takes hardly more steps than the shortest possible tour: $what", ({ graph }) => {
    const suite = transitionCoverage(graph);
    // Each walk but the first starts with a reset; one more closes the tour, as the shortest one is closed.
    const steps = stepsOf(suite) + suite.tests.length;
    const least = shortestTour(graph);
    expect(steps).toBeGreaterThanOrEqual(least);
    expect(steps / least).toBeLessThan(1.35);
  });
});

describe("action pairs", () => {
  it.each(cases)("has every pair that can follow each other: $what", ({ graph }) => {
    const { outgoing } = graph;
    const possible = new Set(
      outgoing
        .flat()
        .flatMap((first) =>
          (outgoing[first.to] ?? []).map(
            (next) => `${callWord(first.call)} ${callWord(next.call)}`,
          ),
        ),
    );
    const found = new Set(
      actionPairs(graph).tests.flatMap(({ steps }) =>
        steps
          .slice(1)
          .map(({ call }, index) => `${callWord(steps[index]?.call ?? call)} ${callWord(call)}`),
      ),
    );
    expect([...possible].filter((pair) => !found.has(pair))).toEqual([]);
  });
});

describe("refusals", () => {
  it.each(cases.filter(({ scope }) => scope.name === "one-output"))(
    "tries in every state every action that is not enabled: $what",
    ({ scope, model, graph }) => {
      const calls = [...model.calls(), ...scope.foreignCalls()];
      const suite = refusals(model, calls, graph);
      const refused = suite.tests.flatMap(({ steps }) => steps.filter((step) => step.refused));
      expect(refused).toHaveLength(graph.states.length * calls.length - graph.transitions);
    },
  );

  it("of a release include the rules of the others, and what its parameters exclude", () => {
    const foreign = cases.find(({ what }) => what === "v3.0.4, one output")?.scope.foreignCalls();
    expect(foreign?.map(callWord).sort()).toEqual([
      "crash",
      "dispatchWithoutTask:0",
      "dispatchWithoutTask:1",
      "evict:0",
      "evict:1",
      "scheduleFail:0:0",
      "scheduleFail:1:0",
      "shutdown",
    ]);
  });
});
