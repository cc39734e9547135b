import type { Scope } from "../compile/scope.ts";
import { Stepper, type EnabledAction, type SystemState } from "../compile/stepper.ts";
import { enabledAction } from "./action-key.ts";

/** A state of a run, and the action that led to it; null for the first state. */
export interface Moment {
  readonly taken: EnabledAction | null;
  readonly state: SystemState;
}

/** A run of a scope, as far as its actions were enabled. */
export interface Run {
  readonly moments: readonly Moment[];
  /** The first action that was not enabled; null if all were. */
  readonly refused: string | null;
}

/** Takes actions by their keys, from the first state of the scope. */
export function replayRun(scope: Scope, keys: readonly string[]): Run {
  return continueRun(scope, [{ taken: null, state: new Stepper(scope).state() }], keys);
}

/** Goes on with a run from its last moment. */
export function continueRun(
  scope: Scope,
  moments: readonly Moment[],
  keys: readonly string[],
): Run {
  const stepper = new Stepper(scope, moments.at(-1)?.state);
  const longer = [...moments];
  for (const key of keys) {
    const taken = enabledAction(stepper, key);
    if (taken === undefined) return { moments: longer, refused: key };
    stepper.take(taken);
    longer.push({ taken, state: stepper.state() });
  }
  return { moments: longer, refused: null };
}
