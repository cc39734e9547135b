import { callWord, type ActionCall } from "../action-call.ts";
import type { Model } from "../model-run.ts";
import { Situations } from "../situations.ts";
import { enabledStep, type Suite, type SuiteStep } from "../suite.ts";
import { tour } from "../tour.ts";
import type { TransitionGraph } from "../transition-graph.ts";

/** By state, the calls to be tried there: none of them is enabled. */
type Attempts = readonly (readonly ActionCall[])[];

function everywhere(calls: readonly ActionCall[], { outgoing }: TransitionGraph): Attempts {
  return outgoing.map((row) => {
    const enabled = new Set(row.map(({ call }) => callWord(call)));
    return calls.filter((call) => !enabled.has(callWord(call)));
  });
}

/** Of the states in which a call is refused for the same reasons, the last: there most has happened. */
function inEachSituation(model: Model, attempts: Attempts, graph: TransitionGraph): Attempts {
  const situations = new Situations(model);
  const last = new Map<string, { readonly call: ActionCall; readonly state: number }>();
  for (const [index, state] of graph.states.entries()) {
    for (const call of attempts[index] ?? []) {
      last.set(`${callWord(call)} ${situations.of(call, state)}`, { call, state: index });
    }
  }
  const chosen: ActionCall[][] = attempts.map(() => []);
  for (const { call, state } of last.values()) chosen[state]?.push(call);
  return chosen;
}

function suiteOf(attempts: Attempts, { outgoing }: TransitionGraph, where: string): Suite {
  const count = attempts.reduce((sum, calls) => sum + calls.length, 0);
  const tries = (state: number): readonly SuiteStep[] =>
    (attempts[state] ?? []).map((call) => ({ call, refused: true }));
  const edges = outgoing.map((row) =>
    row.map(({ call, to }) => ({
      step: { call: enabledStep(call), to },
      to,
      goal: to === 0 || attempts[to]?.length === 0 ? null : to,
    })),
  );
  const walks = tour({ outgoing: (node) => edges[node] ?? [] });
  const tried = new Set([0]);
  // Where nothing leads on from the initial state, there is still something to be tried in it.
  const tests = (walks.length === 0 ? [[]] : walks).map((walk, index) => ({
    name: `walk ${index + 1}`,
    steps: [
      ...(index === 0 ? tries(0) : []),
      ...walk.flatMap(({ call, to }) => {
        if (tried.has(to)) return [call];
        tried.add(to);
        return [call, ...tries(to)];
      }),
    ],
  }));
  return {
    name: "refusals",
    covers: `each of the ${count} actions that are not enabled, ${where}`,
    tests,
  };
}

/**
 * Calls that are not enabled: each must be refused. In every state of a scope; where that makes more than `most` attempts, in
 * each situation that the model tells apart when it decides on the call.
 */
export function refusals(
  model: Model,
  calls: readonly ActionCall[],
  graph: TransitionGraph,
  most = Infinity,
): Suite {
  const states = graph.states.length;
  const all = everywhere(calls, graph);
  if (states * calls.length <= most) return suiteOf(all, graph, `in each of the ${states} states`);
  return suiteOf(
    inEachSituation(model, all, graph),
    graph,
    "in each situation that decides on one",
  );
}
