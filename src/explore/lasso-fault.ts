import type { Scope } from "../compile/scope.ts";
import { Stepper, type EnabledAction, type SystemState } from "../compile/stepper.ts";
import { waitsIn, type EndlessClaim } from "./endless-claim.ts";

/** Whether the outputs, and the engine, are as the claim says. */
function isFrozenAsClaimed(stepper: Stepper, claim: EndlessClaim): boolean {
  const { running, online } = stepper.scope.system.vocabulary;
  return (
    stepper.shared(running.machine) === running.state &&
    online.every(
      ({ machine, state }, output) =>
        (stepper.shared(machine) === state) === ((claim.onlineOutputs & (1 << output)) !== 0),
    )
  );
}

/** What weak fairness owes each slot in a state: `slot/instance` for every instance that is enabled. */
function owedInstances(stepper: Stepper): ReadonlySet<string> {
  const { system, parameters } = stepper.scope;
  const owed = new Set<string>();
  for (let slot = 0; slot < parameters.chunks; slot++) {
    for (const move of system.movesFrom[stepper.place(slot)] ?? []) {
      if (move.fairness >= 0 && stepper.canMove(move, slot)) owed.add(`${slot}/${move.fairness}`);
    }
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
    if (!isFrozenAsClaimed(stepper, claim))
      return `before step ${index} the outputs are not as claimed`;
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
    const canBeTaken = slot === null ? stepper.canMoveSystem(move) : stepper.canMove(move, slot);
    if (!canBeTaken) return `step ${index}, ${move.action}, is not enabled`;
    if (slot !== null && move.fairness >= 0) taken.add(`${slot}/${move.fairness}`);
    stepper.take(action);
  }
  if (JSON.stringify(stepper.state()) !== JSON.stringify(start)) {
    return "the loop does not lead back to where it began";
  }
  const unfair = [...never].find((instance) => !taken.has(instance));
  if (unfair === undefined) return null;
  const [slot = "", instance = ""] = unfair.split("/");
  const name = scope.system.fairnessInstances[Number(instance)] ?? instance;
  return `${name} of chunk ${slot} is always enabled and never taken`;
}
