import type { EnabledAction } from "../compile/stepper.ts";
import { callOf, type ActionCall } from "./action-call.ts";
import type { Model } from "./model-run.ts";
import type { SystemState } from "../compile/stepper.ts";

/** A transition of the model. */
export interface Transition {
  /** Its number: transitions are numbered breadth first from the initial state. */
  readonly id: number;
  readonly taken: EnabledAction;
  readonly call: ActionCall;
  readonly from: number;
  readonly to: number;
}

/** Every labelled state of a small scope with its transitions; state 0 is the initial one. */
export interface TransitionGraph {
  readonly states: readonly SystemState[];
  readonly outgoing: readonly (readonly Transition[])[];
  /** The number of a state, by its key. */
  readonly numberOf: ReadonlyMap<string, number>;
  readonly transitions: number;
}

/** The most states that are still a small scope. */
const mostStates = 20_000;

/**
 * Every labelled state of a scope, breadth first.
 *
 * @returns undefined if there are more than `mostStates`
 */
export function transitionGraph(model: Model): TransitionGraph | undefined {
  const first = model.run();
  const numberOf = new Map([[first.key(), 0]]);
  const states = [first.state()];
  const outgoing: Transition[][] = [];
  let transitions = 0;
  for (let from = 0; from < states.length; from++) {
    const row: Transition[] = [];
    for (const taken of model.run(states[from]).enabled()) {
      const run = model.run(states[from]);
      run.take(taken);
      const key = run.key();
      let to = numberOf.get(key);
      if (to === undefined) {
        if (states.length >= mostStates) return undefined;
        to = states.push(run.state()) - 1;
        numberOf.set(key, to);
      }
      row.push({ id: transitions++, taken, call: callOf(taken), from, to });
    }
    outgoing.push(row);
  }
  return { states, outgoing, numberOf, transitions };
}
