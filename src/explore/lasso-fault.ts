import { type Scope, slotsOf } from "../compile/scope.ts";
import { Stepper, type EnabledAction, type SystemState } from "../compile/stepper.ts";
import type { SharedState } from "../compile/compiled-system.ts";
import { isFrozenAsClaimed, waitsIn, type EndlessClaim } from "./endless-claim.ts";

/** What weak fairness owes in a state: `slot/instance` for every instance that is enabled; no slot for the system's. */
function owedInstances(stepper: Stepper): ReadonlySet<string> {
  const { system } = stepper.scope;
  const slots = slotsOf(stepper.scope);
  const owed = new Set<string>();
  for (let slot = 0; slot < slots; slot++) {
    for (const move of system.movesFrom[stepper.place(slot)] ?? []) {
      if (move.fairness >= 0 && stepper.canMove(move, slot)) owed.add(`${slot}/${move.fairness}`);
    }
  }
  for (const move of system.systemMoves) {
    if (move.fairness >= 0 && stepper.canMoveSystem(move)) owed.add(`/${move.fairness}`);
  }
  return owed;
}

/**
 * Takes a loop once, with real slots, and looks whether it can be taken for ever and breaks no promise: it leads back
 * to the very state in which it began, only those act who may, the outputs stay as they are, the slot that waits waits
 * all along, and every fairness instance of every slot is somewhere disabled or somewhere taken. An empty loop is a
 * run that stays where it is.
 *
 * @param waits the slot that waits for ever
 * @returns what is wrong, in a sentence; null if nothing is
 */
export function lassoFault(
  scope: Scope,
  start: SystemState,
  loop: readonly EnabledAction[],
  waits: number,
  claim: EndlessClaim,
): string | null {
  const stepper = new Stepper(scope, start);
  let never = new Set(owedInstances(stepper));
  const taken = new Set<string>();
  const states = [...loop, null];
  for (const [index, action] of states.entries()) {
    const isSo = ({ machine, state }: SharedState): boolean => stepper.shared(machine) === state;
    if (!isFrozenAsClaimed(claim, isSo)) {
      return `before step ${index} the shared machines are not as claimed`;
    }
    if (!waitsIn(scope.system, claim, stepper.place(waits))) {
      return `before step ${index} chunk ${waits} no longer waits`;
    }
    const owed = owedInstances(stepper);
    never = new Set([...never].filter((instance) => owed.has(instance)));
    if (action === null) break;
    const { move, slot } = action;
    if (!claim.agents.some((agent) => agent === move.agent)) {
      return `step ${index} is ${move.action}, which is not for the engine to take`;
    }
    const canBeTaken =
      slot === null ? stepper.canMoveSystem(move) : stepper.canMove(move, slot, action.others);
    if (!canBeTaken) return `step ${index}, ${move.action}, is not enabled`;
    if (move.fairness >= 0) taken.add(`${slot ?? ""}/${move.fairness}`);
    stepper.take(action);
  }
  if (JSON.stringify(stepper.state()) !== JSON.stringify(start)) {
    return "the loop does not lead back to where it began";
  }
  const unfair = [...never].find((instance) => !taken.has(instance));
  if (unfair === undefined) return null;
  const [slot = "", instance = ""] = unfair.split("/");
  const name = scope.system.fairnessInstances[Number(instance)] ?? instance;
  return `${name}${slot === "" ? "" : ` of chunk ${slot}`} is always enabled and never taken`;
}
