import { callWord, type ActionCall } from "../action-call.ts";
import { enabledStep, type Suite, type SuiteStep } from "../suite.ts";
import { tour } from "../tour.ts";
import type { TransitionGraph } from "../transition-graph.ts";

/** In every state of a scope, each of these calls that is not enabled there: it must be refused. */
export function refusals(
  calls: readonly ActionCall[],
  { outgoing, states }: TransitionGraph,
): Suite {
  let count = 0;
  const refusedIn = (state: number): readonly SuiteStep[] => {
    const enabled = new Set((outgoing[state] ?? []).map(({ call }) => callWord(call)));
    const refused = calls.filter((call) => !enabled.has(callWord(call)));
    count += refused.length;
    return refused.map((call) => ({ call, refused: true }));
  };
  const edges = outgoing.map((row) =>
    row.map(({ call, to }) => ({
      step: { call: enabledStep(call), to },
      to,
      goal: to === 0 ? null : to,
    })),
  );
  const walks = tour({ outgoing: (node) => edges[node] ?? [] });
  const tried = new Set([0]);
  const tests = walks.map((walk, index) => ({
    name: `walk ${index + 1}`,
    steps: [
      ...(index === 0 ? refusedIn(0) : []),
      ...walk.flatMap(({ call, to }) => {
        if (tried.has(to)) return [call];
        tried.add(to);
        return [call, ...refusedIn(to)];
      }),
    ],
  }));
  return {
    name: "refusals",
    covers: `each of the ${count} actions that are not enabled, in each of the ${states.length} states`,
    tests,
  };
}
