import type { Guard, SharedState, SlotMove, SystemMove } from "../../compile/compiled-system.ts";
import { guardHolds } from "../../compile/conditions.ts";
import { boundValue, slotsOf } from "../../compile/scope.ts";
import { changesSomething, isChange } from "../../compile/stuck.ts";
import type { EnabledAction, Stepper } from "../../compile/stepper.ts";
import { actionKey } from "../action-key.ts";
import { boundWords, quantityWords } from "./quantity-words.ts";
import { actionWords } from "./action-words.ts";

/** Why an action is not enabled: a comparison that is false, or a machine that is in another state. */
export interface Reason {
  /** What would have to hold, such as `tasks < the task map`. */
  readonly needed: string;
  /** What holds, such as `1 < 1` or `is offline`. */
  readonly found: string;
  /** The slots that are counted on the left side: they hold what is missing. */
  readonly heldBy: readonly number[];
  /** What they hold, as a noun in the singular. */
  readonly noun: string;
}

/** An action that a chunk, or the system, could take in some state that differs only in totals and shared machines. */
export interface Option {
  readonly key: string;
  readonly action: EnabledAction;
  /** The action with what it is about. */
  readonly words: string;
  readonly enabled: boolean;
  /** Whether taking it changes anything at all. */
  readonly changes: boolean;
  /** Why it is not enabled; empty if it is. */
  readonly reasons: readonly Reason[];
}

/** Whether a guard can never hold in this scope: it asks for a quota that is 0. */
function isHopeless(guard: Guard, stepper: Stepper): boolean {
  return guard.relation === "<" && boundValue(guard.bound, stepper.scope) <= 0;
}

const signs = { "<": "<", ">=": "≥", "=": "=" } as const;

function guardReason(guard: Guard, stepper: Stepper): Reason {
  const { system } = stepper.scope;
  const quantity = system.quantities[guard.quantity];
  const minus = system.quantities[guard.minus];
  const left = quantity === undefined ? "?" : quantityWords(quantity);
  const value =
    stepper.amount(guard.quantity) - (guard.minus < 0 ? 0 : stepper.amount(guard.minus));
  const sign = signs[guard.relation];
  const heldBy =
    guard.relation === "<"
      ? Array.from({ length: slotsOf(stepper.scope) }, (_, slot) => slot).filter(
          (slot) => (quantity?.weights[stepper.place(slot)] ?? 0) > 0,
        )
      : [];
  return {
    needed: `${left}${minus === undefined ? "" : ` − ${quantityWords(minus)}`} ${sign} ${boundWords(guard.bound)}`,
    found: `${value} ${sign} ${boundValue(guard.bound, stepper.scope)}`,
    heldBy,
    noun: system.slots.noun,
  };
}

function needReason({ machine, state }: SharedState, stepper: Stepper): Reason {
  const shared = stepper.scope.system.shared[machine];
  const name = `${shared?.role ?? "machine"}${shared?.output === undefined || shared.output === null ? "" : ` ${shared.output}`}`;
  const stateOf = (id: number): string => shared?.table.states[id]?.value ?? "?";
  return {
    needed: `${name} is ${stateOf(state)}`,
    found: `${name} is ${stateOf(stepper.shared(machine))}`,
    heldBy: [],
    noun: stepper.scope.system.slots.noun,
  };
}

function reasonsOf(move: SlotMove | SystemMove, stepper: Stepper): readonly Reason[] {
  const { scope } = stepper;
  const amounts = scope.system.quantities.map((_, index) => stepper.amount(index));
  return [
    ...move.needs
      .filter(({ machine, state }) => stepper.shared(machine) !== state)
      .map((need) => needReason(need, stepper)),
    ...("guard" in move ? move.guard : [])
      .filter((guard) => !guardHolds(guard, scope, amounts))
      .map((guard) => guardReason(guard, stepper)),
  ];
}

/**
 * Every action that the state of each chunk, and of the system, has a rule for: those that are enabled, and for the
 * others what is in their way. Where several cases of a rule lead to the same action, the one that is nearest to being
 * enabled speaks for it.
 */
export function optionsOf(stepper: Stepper): readonly Option[] {
  const { movesFrom, systemMoves } = stepper.scope.system;
  const found = new Map<string, Option>();
  const consider = (action: EnabledAction): void => {
    if ("guard" in action.move && action.move.guard.some((one) => isHopeless(one, stepper))) return;
    const key = actionKey(action);
    const reasons = reasonsOf(action.move, stepper);
    const known = found.get(key);
    if (known !== undefined && known.reasons.length <= reasons.length) return;
    const enabled = reasons.length === 0;
    const changes = enabled ? changesSomething(stepper, action) : isChange(action);
    const words = actionWords(action, stepper.scope);
    found.set(key, { key, action, words, enabled, changes, reasons });
  };
  const slots = slotsOf(stepper.scope);
  for (let slot = 0; slot < slots; slot++) {
    for (const move of movesFrom[stepper.place(slot)] ?? []) consider({ move, slot });
  }
  for (const move of systemMoves) consider({ move, slot: null });
  return [...found.values()];
}
