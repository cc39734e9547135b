import { describe, expect, it } from "vitest";
import { release as parkBreaker } from "../../models/releases/park-breaker.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { Stepper } from "../../src/compile/stepper.ts";
import {
  checkScope,
  type PropertyResult,
  type ScopeResult,
} from "../../src/explore/check-scope.ts";
import { breakerRows, parkRows, releaseRows } from "./reference-rows.ts";
import { scopeFor } from "./scope-for.ts";

const everyProperty = [
  "memoryBound",
  "quotaConserved",
  "flushingIsMapped",
  "taskMapBound",
  "noLoss",
  "ownerAlive",
  "neverStuck",
  "recovery",
  "isolation",
  "isolationFair",
  "noStarvation",
];

function violationsOf(properties: readonly PropertyResult[]): string[] {
  return properties
    .filter(({ verdict }) => verdict === "violated")
    .map(({ property, length }) => (length === null ? property : `${property} ${length}`))
    .sort();
}

/** Takes a path again, action by action: each must be enabled, and lead where the path says. */
function replays({ scope }: ScopeResult, { path }: PropertyResult): boolean {
  const stepper = new Stepper(scope);
  expect(stepper.state()).toEqual(path?.initial);
  for (const { taken, after } of path?.steps ?? []) {
    stepper.take(taken);
    expect(stepper.state()).toEqual(after);
  }
  return path !== null && path.visits.length === path.steps.length + 1;
}

describe.each([
  { what: "releases", release: v304, rows: releaseRows },
  { what: "park", release: park, rows: parkRows },
  { what: "park-breaker", release: parkBreaker, rows: breakerRows },
])("the reference results of $what", ({ release, rows }) => {
  it.each(rows)("$scope", ({ scope, counts, violated }) => {
    const result = checkScope(scopeFor(scope, release));
    const { labelled, canonical, transitions, selfLoops, mostUp } = result.counts;
    const [ofLabelled, ofCanonical, ofTransitions, ofSelfLoops, ofMostUp] = counts;
    expect(result.complete).toBe(true);
    expect(result.visited).toBe(ofCanonical);
    expect([labelled, canonical, transitions, mostUp]).toEqual([
      BigInt(ofLabelled),
      ofCanonical,
      BigInt(ofTransitions),
      ofMostUp,
    ]);
    expect(selfLoops).toBe(BigInt(ofSelfLoops));
    const judged = result.properties.map(({ property }) => property);
    // A mechanism that is on may bring properties of its own.
    expect(judged.slice(0, everyProperty.length)).toEqual(everyProperty);
    expect(violationsOf(result.properties)).toEqual([...violated].sort());
    for (const property of result.properties) {
      if (property.verdict === "violated") {
        expect(replays(result, property)).toBe(true);
        expect(property.length ?? property.path?.steps.length).toBe(property.path?.steps.length);
      } else {
        expect(property.verdict).toBe("holds");
        expect([property.path, property.length]).toEqual([null, null]);
      }
    }
  });
});
