import { expect, test } from "vitest";
import { defaultParameters } from "../../models/parameters.ts";
import { GivenUp } from "../../src/cli/explore/graph-walk.ts";
import { knownLoops, roundFrom } from "../../src/analysis/known-loops.ts";
import { StateSpace, wholeGraph } from "../../src/cli/explore/state-space.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { scopeOf } from "../../src/compile/scope.ts";
import { Stepper } from "../../src/compile/stepper.ts";
import { judgeGraph } from "../../src/explore/check-scope.ts";
import { lassoFault } from "../../src/explore/lasso-fault.ts";
import { actionKey } from "../../src/inspect/action-key.ts";
import { continueRun, replayRun } from "../../src/inspect/run.ts";
import { randomWalk } from "../../src/inspect/live/driver.ts";

const releases = await loadReleases();

test.each(releases.map((release) => [release.name, release] as const))(
  "%s: from wherever a random walk leads, the way to a loop can be taken, and its round is fair",
  (_, release) => {
    for (const outputs of [1, 2]) {
      const sizes = { chunks: 3, outputs };
      const scope = scopeOf(release, { ...defaultParameters, ...release.defaults, ...sizes });
      const graph = wholeGraph(scope);
      const result = judgeGraph(graph);
      const lassos = new Map(
        result.properties.flatMap(({ property, lasso }) => {
          const found = lasso();
          return found === null ? [] : [[property, found] as const];
        }),
      );
      const space = new StateSpace(graph, knownLoops(result));
      const seen = new Set<string>();
      const drive = randomWalk(17);
      const stepper = new Stepper(scope);
      for (let step = 0; step < (lassos.size === 0 ? 1 : 60); step++) {
        const state = stepper.state();
        for (const { property, way, round } of space.factsOf(state).loops) {
          const lasso = lassos.get(property);
          if (lasso === undefined) throw new Error(`${property} has no loop`);
          const there = continueRun(scope, [{ taken: null, state }], way);
          expect(there.refused, property).toBeNull();
          const start = there.moments.at(-1)?.state ?? state;
          const { moments, refused } = continueRun(scope, [{ taken: null, state: start }], round);
          expect(refused, property).toBeNull();
          const loop = moments.flatMap(({ taken }) => taken ?? []);
          expect(loop.length, property).toBe(lasso.loop.length);
          const faults = start.places.map((_place, slot) =>
            lassoFault(scope, start, loop, slot, lasso.claim),
          );
          expect(faults.filter((fault) => fault === null).length).toBe(lasso.waits.length);
          seen.add(property);
        }
        const action = drive(stepper);
        if (action !== null) stepper.take(action);
      }
      expect([...seen].sort()).toEqual([...lassos.keys()].sort());
    }
  },
);

test("a question is given up as soon as nobody waits for the answer, and the next one is answered", () => {
  const release = releases.find(({ name }) => name === "v3.0.4");
  if (release === undefined) throw new Error("no v3.0.4");
  const scope = scopeOf(release, { ...defaultParameters, chunks: 4, outputs: 2, routing: "any" });
  const graph = wholeGraph(scope);
  const space = new StateSpace(graph, []);
  const start = new Stepper(scope).state();
  let asked = 0;
  expect(() => space.factsOf(start, () => ++asked < 2)).toThrow(GivenUp);
  expect(asked).toBe(2);
  expect(space.factsOf(start)).toEqual(new StateSpace(graph, []).factsOf(start));
});

test("an action that violates a property is told so, wherever it leads", () => {
  const release = releases.find(({ name }) => name === "v3.0.4");
  if (release === undefined) throw new Error("no v3.0.4");
  const scope = scopeOf(release, { ...defaultParameters, schedulerFails: true });
  const graph = wholeGraph(scope);
  const result = judgeGraph(graph);
  const path = result.properties.find(({ property }) => property === "noLoss")?.path;
  const [last, before] = path?.steps.toReversed() ?? [];
  if (last === undefined) throw new Error("nothing is lost");
  const space = new StateSpace(graph, []);
  const { after } = space.factsOf(before?.after ?? new Stepper(scope).state());
  expect(after[actionKey(last.taken)]?.nearest).toEqual({ property: "noLoss", keys: [] });
});

test("a loop that cannot be reached any more is left out, and off the loop there is no round", () => {
  const release = releases.find(({ name }) => name === "v3.0.4");
  if (release === undefined) throw new Error("no v3.0.4");
  const scope = scopeOf(release, defaultParameters);
  const graph = wholeGraph(scope);
  const loops = knownLoops(judgeGraph(graph));
  const space = new StateSpace(graph, loops);
  const start = new Stepper(scope).state();
  const ways = space.factsOf(start).loops.map(({ property, way }) => [property, way.length]);
  expect(ways).toEqual([
    ["neverStuck", 6],
    ["recovery", 6],
    ["noStarvation", 2],
  ]);
  const outage = ["ingest.c0.m0", "dispatch.c0", "outputDown.o0", "flushRetry.c0.o0"];
  const { moments } = replayRun(scope, [...outage, "ingest.c1.m0"]);
  const stuck = moments.at(-1)?.state ?? start;
  expect(space.factsOf(stuck).loops.map(({ property }) => property)).toEqual([
    "neverStuck",
    "recovery",
  ]);
  const noStarvation = loops.find(({ property }) => property === "noStarvation");
  if (noStarvation === undefined) throw new Error("no loop of noStarvation");
  expect(() => roundFrom(noStarvation, stuck)).toThrow("the loop of noStarvation is not here");
});
