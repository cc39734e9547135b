import { type Scope, slotsOf } from "../compile/scope.ts";
import { Stepper, type EnabledAction, type SystemState } from "../compile/stepper.ts";
import { callOf, callWord, type ActionCall } from "./action-call.ts";
import { ExpectedStates } from "./expected-states.ts";
import type { JsonObject } from "./json.ts";

/** A scope, with what is needed over and over to hold a port against it. */
export class Model {
  readonly scope: Scope;
  readonly #expected: ExpectedStates;

  constructor(scope: Scope) {
    this.scope = scope;
    this.#expected = new ExpectedStates(scope);
  }

  /** A run from the initial state, or from the given one. */
  run(from?: SystemState): ModelRun {
    return new ModelRun(new Stepper(this.scope, from), this.#expected);
  }

  /** Every call that some state may enable, slot by slot, then those of the whole system. */
  calls(): readonly ActionCall[] {
    const { system } = this.scope;
    const slots = slotsOf(this.scope);
    const calls = new Map<string, ActionCall>();
    const add = (taken: EnabledAction): void => {
      const call = callOf(taken);
      calls.set(callWord(call), call);
    };
    for (let slot = 0; slot < slots; slot++) {
      for (const move of system.slotMoves) add({ move, slot });
    }
    for (const move of system.systemMoves) add({ move, slot: null });
    return [...calls.values()];
  }
}

/** One run of the model. */
export class ModelRun {
  readonly #stepper: Stepper;
  readonly #expected: ExpectedStates;

  constructor(stepper: Stepper, expected: ExpectedStates) {
    this.#stepper = stepper;
    this.#expected = expected;
  }

  /** The state as numbers: a key that no other state of the scope has. */
  key(): string {
    const { places, shared, amounts } = this.#stepper.state();
    return String.fromCharCode(...places, ...shared, ...amounts);
  }

  /** A copy of the state. */
  state(): SystemState {
    return this.#stepper.state();
  }

  /** What a port must report now. */
  expected(): JsonObject {
    return this.#expected.of(this.#stepper);
  }

  /** Every enabled action, slot by slot, then those of the system. */
  enabled(): readonly EnabledAction[] {
    return this.#stepper.enabled();
  }

  /** The enabled action that a call is; undefined if it is not enabled. */
  find(call: ActionCall): EnabledAction | undefined {
    const { system } = this.#stepper.scope;
    const word = callWord(call);
    const { slot } = call;
    if (slot === undefined) {
      const move = system.systemMoves.find(
        (one) =>
          callWord(callOf({ move: one, slot: null })) === word && this.#stepper.canMoveSystem(one),
      );
      return move === undefined ? undefined : { move, slot: null };
    }
    const move = system.movesFrom[this.#stepper.place(slot)]?.find(
      (one) => callWord(callOf({ move: one, slot })) === word && this.#stepper.canMove(one, slot),
    );
    return move === undefined ? undefined : { move, slot };
  }

  /** Takes an enabled action. */
  take(action: EnabledAction): void {
    this.#stepper.take(action);
  }
}
