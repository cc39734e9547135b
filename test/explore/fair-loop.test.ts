import { expect, test } from "vitest";
import { release as hardenedFix } from "../../models/releases/hardened-fix.ts";
import { release as park } from "../../models/releases/park.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import type { Scope } from "../../src/compile/scope.ts";
import { scopeOf } from "../../src/compile/scope.ts";
import type { EnabledAction, SystemState } from "../../src/compile/stepper.ts";
import { regionOf, type EndlessClaim } from "../../src/explore/endless-claim.ts";
import { defaultLimits, explore } from "../../src/explore/explore.ts";
import { EnabledInstances } from "../../src/explore/enabled-instances.ts";
import { fairRuns } from "../../src/explore/fairness.ts";
import { fairLoop } from "../../src/explore/fair-loop.ts";
import { lassoFault } from "../../src/explore/lasso-fault.ts";
import { shortenLoop } from "../../src/explore/shorten-loop.ts";
import { StateReader } from "../../src/explore/state-reader.ts";
import type { StateGraph } from "../../src/explore/state-graph.ts";
import { parkMutants } from "./mutants/park-mutants.ts";
import { scopeFor } from "./scope-for.ts";
import { claimOf } from "./claims.ts";
import type { Values } from "../../models/system.ts";

/** A state of the graph, with the slots in the order in which the graph has them. */
function stateOf(graph: StateGraph, index: number): SystemState {
  const reader = new StateReader(graph);
  reader.read(index);
  return reader.state();
}

interface Loops {
  readonly start: SystemState;
  readonly watched: number;
  readonly loop: readonly EnabledAction[];
}

/** A loop from every node in which a fair run can stay. */
function everyLoop(scope: Scope, claim: EndlessClaim): readonly Loops[] {
  const graph = explore(scope, { ...defaultLimits, symmetry: true });
  const { tracked, core } = fairRuns(graph, regionOf(scope.system, claim));
  const enabled = new EnabledInstances(graph);
  return core.map((node) => {
    const start = stateOf(graph, tracked.stateOf[node] ?? 0);
    const watched = start.places.indexOf(tracked.placeOf[node] ?? -1);
    return { start, watched, loop: fairLoop(tracked, enabled, { node, state: start, watched }) };
  });
}

function starvingPark(parameters: Partial<Parameters>): Scope {
  const mutant = parkMutants.find(({ caughtBy }) => caughtBy === "noStarvation");
  if (mutant === undefined) throw new Error("no mutant of park starves");
  const describe = (to: Values) => mutant.change(park.describe(to));
  return scopeOf({ ...park, describe }, { ...defaultParameters, ...mutant.scope, ...parameters });
}

test.each([
  ["v3.0.4 starves", scopeFor({ chunks: 5, taskMapSize: 2, maxChunksUp: 2 }), "noStarvation", null],
  [
    "hardened-fix keeps an output waiting",
    scopeFor({ ...hardenedFix.defaults, chunks: 3, outputs: 2, routing: "any" }, hardenedFix),
    "isolationFair",
    1,
  ],
  ["a mutant of park starves", starvingPark({ chunks: 4 }), "noStarvation", null],
] as const)(
  "%s: the loop from every fair node is one, and so is what is left of it",
  (_, scope, property, output) => {
    const claim = claimOf(scope.system, property, output);
    const loops = everyLoop(scope, claim);
    expect(loops.length).toBeGreaterThan(5);
    let shortened = 0;
    for (const { start, watched, loop } of loops) {
      const isFair = (one: readonly EnabledAction[]): boolean =>
        lassoFault(scope, start, one, watched, claim) === null;
      expect(lassoFault(scope, start, loop, watched, claim)).toBeNull();
      const short = shortenLoop(scope, start, loop, isFair);
      expect(lassoFault(scope, start, short, watched, claim)).toBeNull();
      if (short.length < loop.length) shortened++;
    }
    expect(shortened).toBeGreaterThan(0);
  },
);
