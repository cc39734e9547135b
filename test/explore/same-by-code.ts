import { expect } from "vitest";
import type { Scope } from "../../src/compile/scope.ts";
import {
  defaultLimits,
  explore as exploreHere,
  survey as surveyHere,
} from "../../src/explore/explore.ts";

/** Both searches; a mutant has others. */
export interface Searches {
  readonly explore: typeof exploreHere;
  readonly survey: typeof surveyHere;
}

/** Bounds a scope whose labelled states are many; both ways then end at the same state. */
const limits = { ...defaultLimits, maxStates: 1500 };

/** Expects that code for the scope and the tables find the same graph, transition by transition, and the same counts. */
export function expectSameByCode(
  scope: Scope,
  { explore, survey }: Searches = { explore: exploreHere, survey: surveyHere },
): void {
  for (const symmetry of [true, false]) {
    const [tables, code] = (["tables", "code"] as const).map((expansion) => ({
      graph: explore(scope, { ...limits, symmetry, expansion }),
      counted: survey(scope, { ...limits, symmetry, expansion }),
    }));
    if (tables === undefined || code === undefined) throw new Error("both ways were asked for");
    const { graph, counted } = code;
    expect(graph.counts).toEqual(tables.graph.counts);
    expect(graph.findings === null).toBe(!symmetry);
    for (const list of ["met", "first", "taken", "offences"] as const) {
      expect(graph.findings?.[list]).toEqual(tables.graph.findings?.[list]);
    }
    for (const list of ["parents", "edgeStarts", "edgeTargets", "edgeCodes"] as const) {
      expect(graph[list].copy()).toEqual(tables.graph[list].copy());
    }
    const used = graph.states * graph.layout.words;
    expect(graph.words.subarray(0, used)).toEqual(tables.graph.words.subarray(0, used));
    expect({ ...counted, bytes: 0 }).toEqual({ ...tables.counted, bytes: 0 });
    expect(counted.counts).toEqual(graph.counts);
    if (graph.complete) expect(counted.transitions).toBe(graph.edgeTargets.length);
  }
}
