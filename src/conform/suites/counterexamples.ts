import type { ActionCall } from "../action-call.ts";
import { enabledStep, type Suite } from "../suite.ts";

/** A known trap: a shortest path into a violated property. */
export interface Trap {
  readonly properties: readonly string[];
  readonly calls: readonly ActionCall[];
}

/** The known traps as tests: a port of this release must fall into them just as the release does. */
export function counterexamples(traps: readonly Trap[]): Suite {
  return {
    name: "counterexamples",
    covers: `the shortest way into each of ${traps.length} known traps`,
    tests: traps.map(({ properties, calls }) => ({
      name: properties.join(", "),
      steps: calls.map(enabledStep),
    })),
  };
}
