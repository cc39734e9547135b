import type { Release } from "../../../models/description.ts";
import { callWord, type ActionCall } from "../../../src/conform/action-call.ts";
import {
  plannedScopes,
  type ConformScope,
  type ScopePlan,
} from "../../../src/conform/conform-scopes.ts";
import type { JsonObject } from "../../../src/conform/json.ts";
import { Model } from "../../../src/conform/model-run.ts";
import { transitionGraph } from "../../../src/conform/transition-graph.ts";

/** Scopes that between them hold more than those of the kit: what does not differ there hardly differs anywhere. */
const plans: readonly ScopePlan[] = [
  {
    name: "two-outputs",
    title: "two chunks, two tasks, two outputs, no timers left, shutdown",
    settings: {
      taskMapSize: 2,
      outputs: 2,
      routing: "any",
      schedulerFails: true,
      shutdown: true,
    },
    // It moves from one chunk and one place more on, which makes too many states.
    isFor: ({ name }) => name !== "reserve-slot",
  },
  {
    name: "two-outputs-crash",
    title: "two chunks, one task, two outputs, retry limit 1, crashes",
    settings: { outputs: 2, retryLimit: 1, crash: true },
  },
  {
    name: "three-chunks",
    title: "three chunks, two tasks, retry limit 2, crashes, no timers left",
    settings: { chunks: 3, taskMapSize: 2, retryLimit: 2, crash: true, schedulerFails: true },
  },
  {
    name: "three-chunks-two-outputs",
    title: "three chunks, one task, two outputs",
    settings: { chunks: 3, outputs: 2 },
    isFor: ({ name }) => name !== "park-breaker" && name !== "reserve-slot",
  },
];

/** What the model says of a state: the calls that lead on, and the state as it must be reported. */
interface KnownState {
  readonly expected: JsonObject;
  readonly next: ReadonlyMap<string, number>;
}

/** A scope with every state of it. */
export interface WideScope {
  readonly scope: ConformScope;
  readonly states: readonly KnownState[];
  /** Every call that some state enables, and those of other releases. */
  readonly calls: readonly ActionCall[];
}

/** The wide scopes of a release. */
export function wideScopes(release: Release): readonly WideScope[] {
  return plannedScopes(release, plans).map((scope) => {
    const model = new Model(scope.scope);
    const graph = transitionGraph(model);
    if (graph === undefined) throw new Error(`${release.name}, ${scope.title}: too large`);
    const states = graph.states.map((state, index) => ({
      expected: model.run(state).expected(),
      next: new Map((graph.outgoing[index] ?? []).map(({ call, to }) => [callWord(call), to])),
    }));
    return { scope, states, calls: [...model.calls(), ...scope.foreignCalls()] };
  });
}
