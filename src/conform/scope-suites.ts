import type { ConformScope } from "./conform-scopes.ts";
import { Model } from "./model-run.ts";
import type { Suite } from "./suite.ts";
import { actionPairs } from "./suites/action-pairs.ts";
import { counterexamples, type Trap } from "./suites/counterexamples.ts";
import { randomWalks } from "./suites/random-walks.ts";
import { refusals } from "./suites/refusals.ts";
import { transitionCoverage } from "./suites/transition-coverage.ts";
import { transitionGraph, type TransitionGraph } from "./transition-graph.ts";

/** What suites to make for a scope. */
export interface SuitePlan {
  /** The known traps of a small scope; they come from a search, which this folder does not do. */
  readonly trapsOf: (scope: ConformScope) => readonly Trap[];
  /** Whether an action that is none of the release may be tried, to see it refused. */
  readonly supports: (action: string) => boolean;
  /** Random walks; in a scope that is too large to be covered, ten times as many of half the length. */
  readonly walks: number;
  readonly walkLength: number;
  readonly seed: number;
}

/** A scope with its suites. */
export interface ScopeSuites {
  readonly scope: ConformScope;
  readonly model: Model;
  /** Undefined where the scope is too large to be covered. */
  readonly graph: TransitionGraph | undefined;
  readonly suites: readonly Suite[];
}

/** Refusals are tried in every state; where that makes more attempts than this, in every situation. */
const mostRefusals = 2_000;

/** The suites of a scope: all that is known of it where it is small, random walks in any case. */
export function scopeSuites(scope: ConformScope, plan: SuitePlan): ScopeSuites {
  const model = new Model(scope.scope);
  const graph = scope.coverable ? transitionGraph(model) : undefined;
  const { seed } = plan;
  const walks = graph === undefined ? plan.walks * 10 : plan.walks;
  // What uses something up for good, such as a leak, comes once in a walk: many short ones show more of it.
  const length = graph === undefined ? Math.ceil(plan.walkLength / 2) : plan.walkLength;
  const suites: Suite[] = [];
  const foreign = scope.foreignCalls().filter(({ action }) => plan.supports(action));
  const calls = [...model.calls(), ...foreign];
  if (graph !== undefined) {
    suites.push(transitionCoverage(graph), actionPairs(graph));
    const traps = plan.trapsOf(scope);
    if (traps.length > 0) suites.push(counterexamples(traps));
    suites.push(refusals(model, calls, graph, mostRefusals));
  }
  // Where every state is looked at, so is every refusal that matters.
  const refused = graph === undefined ? calls : [];
  if (walks > 0) suites.push(randomWalks(model, { walks, length, seed }, refused));
  return { scope, model, graph, suites };
}
