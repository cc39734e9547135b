import type { CompiledClause, CompiledPending, SharedState, SlotMove } from "./compiled-system.ts";
import { Stepper, type EnabledAction } from "./stepper.ts";

/** Whether an action can change anything by itself; a re-schedule cannot. */
export function isChange({ move, slot }: EnabledAction): boolean {
  if (slot === null) {
    const { sets, everySlot, assigns, counterChanges } = move;
    return sets.length > 0 || everySlot !== null || assigns.length > 0 || counterChanges.length > 0;
  }
  return changesItsSlot(move) || move.sets.length > 0;
}

function changesItsSlot({ from, to, counterChanges, others }: SlotMove): boolean {
  return from !== to || counterChanges.length > 0 || others.length > 0;
}

/** Whether an enabled action leaves the system in another state. */
export function changesSomething(stepper: Stepper, action: EnabledAction): boolean {
  const { move, slot } = action;
  if (move.sets.length > 0 || (slot !== null && changesItsSlot(move))) return true;
  // What is left are broadcasts, assignments and a gate that may open: each may find everything as it leaves it.
  const resets = slot !== null && move.resets.length > 0;
  const mayFollow = stepper.scope.system.gate !== null || slot === null || resets;
  if (!mayFollow) return false;
  const before = stepper.state();
  const after = new Stepper(stepper.scope, before);
  after.take(action);
  const { places, amounts } = after.state();
  return (
    places.some((place, index) => place !== before.places[index]) ||
    amounts.some((amount, index) => amount !== before.amounts[index])
  );
}

/** The engine actions that can be taken now and change something. */
export function usefulEngineActions(stepper: Stepper): readonly EnabledAction[] {
  return stepper
    .enabled()
    .filter((action) => action.move.agent === "engine" && changesSomething(stepper, action));
}

/** Whether something waits in this very state. */
function isPending(stepper: Stepper, pending: CompiledPending): boolean {
  switch (pending.kind) {
    case "machine":
      return stepper.shared(pending.machine) !== pending.until;
    case "guard":
      return stepper.holds(pending.where);
    case "slot":
    case "delivery":
      return stepper.amount(pending.quantity) > 0;
  }
}

/** Whether a clause demands in this very state that somebody acts: something waits, and the outputs are as it says. */
function demandsAction(
  stepper: Stepper,
  { modality, phases, outputs, pending }: CompiledClause,
): boolean {
  const is = ({ machine, state }: SharedState): boolean => stepper.shared(machine) === state;
  const { online } = stepper.scope.system.vocabulary;
  const fits = outputs === null ? !online.every(is) : outputs.every(is);
  return (
    (modality === "acts" || modality === "keepsActing") &&
    phases.some(is) &&
    fits &&
    pending.some((one) => isPending(stepper, one))
  );
}

/**
 * The properties of progress that this very state violates, whatever comes before and after: where somebody must act, and
 * nobody can do anything that changes something.
 */
function stuckProperties(stepper: Stepper): readonly string[] {
  return stepper.scope.system.progress
    .filter(({ clauses }) =>
      clauses.some(
        (clause) =>
          demandsAction(stepper, clause) &&
          !stepper
            .enabled()
            .some(
              (action) =>
                clause.agents.some((agent) => agent === action.move.agent) &&
                changesSomething(stepper, action),
            ),
      ),
    )
    .map(({ name }) => name);
}

/** Whether the engine is stuck in this very state: every output online, a chunk alive, and nothing useful to do. */
export function isStuck(stepper: Stepper): boolean {
  return stuckProperties(stepper).length > 0;
}
