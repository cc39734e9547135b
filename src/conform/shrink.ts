import { callWord } from "./action-call.ts";
import type { Divergence } from "./divergence.ts";
import type { Model } from "./model-run.ts";
import { runSteps, type Match } from "./run-steps.ts";
import { enabledStep, type SuiteStep } from "./suite.ts";
import type { TransitionGraph } from "./transition-graph.ts";

/** Steps that may be taken to find a shorter way to a divergence. */
const stepBudget = 60_000;

/** Steps with those left out that the model no longer allows after others are gone. */
function allowed(model: Model, steps: readonly SuiteStep[]): readonly SuiteStep[] {
  const run = model.run();
  return steps.filter(({ call, refused }) => {
    const taken = run.find(call);
    if (taken !== undefined && !refused) run.take(taken);
    return (taken === undefined) === refused;
  });
}

/** The steps of a breadth-first way from the initial state to each state. */
function waysTo({ outgoing }: TransitionGraph): readonly (readonly SuiteStep[])[] {
  const ways: SuiteStep[][] = [[]];
  for (const row of outgoing) {
    for (const { from, to, call } of row) {
      ways[to] ??= [...(ways[from] ?? []), enabledStep(call)];
    }
  }
  return ways;
}

/** Looks for shorter and shorter ways to a divergence, any divergence. */
class Shrinking {
  best: Divergence;
  readonly #match: Match;
  #budget = stepBudget;

  constructor(match: Match, divergence: Divergence) {
    this.#match = match;
    this.best = divergence;
  }

  get exhausted(): boolean {
    return this.#budget <= 0 || this.best.timedOut;
  }

  /** Whether steps, no more than the best has, lead to a divergence. */
  async try(steps: readonly SuiteStep[]): Promise<boolean> {
    const candidate = allowed(this.#match.model, steps);
    if (candidate.length >= this.best.steps.length || this.exhausted) return false;
    this.#budget -= candidate.length + 1;
    const found = await runSteps(this.#match, candidate, { looksAfterEachRefusal: true });
    if (found === undefined || found.steps.length >= this.best.steps.length) return false;
    this.best = found;
    return true;
  }

  /** Leaves steps out, many at a time, then fewer, until every single one is needed. */
  async leaveOut(): Promise<void> {
    let size = Math.ceil(this.best.steps.length / 2);
    while (size >= 1 && !this.exhausted) {
      const shorter = await this.#leaveOutEach(size);
      if (!shorter || size > 1) size = size === 1 ? 0 : Math.ceil(size / 2);
    }
  }

  /** Leaves out each group of so many steps that is not needed; whether there was one. */
  async #leaveOutEach(size: number): Promise<boolean> {
    let shorter = false;
    let at = 0;
    while (at < this.best.steps.length && !this.exhausted) {
      const { steps } = this.best;
      if (await this.try([...steps.slice(0, at), ...steps.slice(at + size)])) shorter = true;
      else at += size;
    }
    return shorter;
  }

  /** Tries every transition of a small scope, and the last step where it is refused, nearest first. */
  async nearestFirst(graph: TransitionGraph): Promise<void> {
    const ways = waysTo(graph);
    const last = this.best.steps.at(-1);
    for (const [state, way] of ways.entries()) {
      if (way.length + 1 >= this.best.steps.length || this.exhausted) return;
      for (const { call } of graph.outgoing[state] ?? []) {
        if (await this.try([...way, enabledStep(call)])) return;
      }
      if (last?.refused === true && (await this.try([...way, last]))) return;
    }
  }
}

/**
 * A divergence by a shorter way. In a small scope it is the shortest way to it, unless it hangs on something that no
 * state shows; then, and in a large scope, it is a way of which no step can be left out.
 *
 * @param graph the transitions of the scope, where it is small
 */
export async function shrink(
  match: Match,
  divergence: Divergence,
  graph: TransitionGraph | undefined,
): Promise<Divergence> {
  if (divergence.steps.length === 0 || divergence.timedOut) return divergence;
  // A refusal that changed the state may have been noticed late.
  const again = await runSteps(match, divergence.steps, { looksAfterEachRefusal: true });
  if (again === undefined) return divergence;
  const shrinking = new Shrinking(match, again);
  if (graph !== undefined) await shrinking.nearestFirst(graph);
  await shrinking.leaveOut();
  return shrinking.best;
}

/** A way as one word a step, for `--replay`; a step that must be refused has an exclamation mark. */
export function stepsWords(steps: readonly SuiteStep[]): string {
  return steps.map(({ call, refused }) => `${refused ? "!" : ""}${callWord(call)}`).join(" ");
}
