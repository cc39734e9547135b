import { describe, expect, it } from "vitest";
import type { Parameters } from "../../models/parameters.ts";
import type { Release } from "../../models/description.ts";
import { release as hardenedFix } from "../../models/releases/hardened-fix.ts";
import { release as parkBreaker } from "../../models/releases/park-breaker.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { judgeGraph } from "../../src/explore/check-scope.ts";
import { defaultLimits, explore } from "../../src/explore/explore.ts";
import { scopeFor } from "./scope-for.ts";

const cases: readonly (readonly [string, Release, Partial<Parameters>])[] = [
  ["chunks that fill the map", v304, { chunks: 6, taskMapSize: 2, maxChunksUp: 2 }],
  [
    "a quota, a scheduler that fails, and a shutdown",
    hardenedFix,
    { ...hardenedFix.defaults, chunks: 3, outputs: 2, schedulerFails: true, shutdown: true },
  ],
  ["a gate, and broadcasts by crashes", parkBreaker, { chunks: 3, outputs: 2, crash: true }],
  ["actions that choose other slots", v304, { chunks: 3, totalLimit: 1 }],
  ["counters that are assigned", v304, { chunks: 3, crash: true, backlog: true, retryLimit: 1 }],
];

describe("slots counted by place, and a list of their places", () => {
  it.each(cases)("give the same graph: %s", (_, release, parameters) => {
    const scope = scopeFor(parameters, release);
    const [counts, list] = (["counts", "list"] as const).map((population) =>
      explore(scope, { ...defaultLimits, symmetry: true, population }),
    );
    if (counts === undefined || list === undefined) throw new Error("two graphs were asked for");
    expect([counts.layout.population, list.layout.population]).toEqual(["counts", "list"]);
    expect(counts.counts).toEqual(list.counts);
    for (const edges of ["parents", "edgeStarts", "edgeTargets", "edgeCodes"] as const) {
      expect(counts[edges].copy()).toEqual(list[edges].copy());
    }
    const said = [counts, list].map((graph) =>
      judgeGraph(graph).properties.map(({ property, verdict, length, pointOfNoReturn }) => [
        property,
        verdict,
        length,
        pointOfNoReturn,
      ]),
    );
    expect(said[0]).toEqual(said[1]);
  });
});
