import { enabledStep, type Suite } from "../suite.ts";
import { tour } from "../tour.ts";
import type { TransitionGraph } from "../transition-graph.ts";

/** Every transition of a scope at least once, in few steps. */
export function transitionCoverage({ outgoing, transitions }: TransitionGraph): Suite {
  const edges = outgoing.map((row) =>
    row.map(({ id, call, to }) => ({ step: enabledStep(call), to, goal: id })),
  );
  const walks = tour({ outgoing: (node) => edges[node] ?? [] });
  return {
    name: "transition-coverage",
    covers: `each of the ${transitions} transitions`,
    tests: walks.map((steps, index) => ({ name: `walk ${index + 1}`, steps })),
  };
}
