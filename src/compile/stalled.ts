import type { EnabledAction, Stepper } from "./stepper.ts";

/** Whether an action leaves the system in another state; a re-schedule does not. */
export function changesSomething({ move, slot }: EnabledAction): boolean {
  if (slot === null) {
    return move.sets.length > 0 || move.everySlot !== null || move.assigns.length > 0;
  }
  return (
    move.to !== move.from ||
    move.sets.length > 0 ||
    move.counterChanges.length > 0 ||
    move.others.length > 0
  );
}

/** The engine actions that can be taken now and change something. */
export function usefulEngineActions(stepper: Stepper): readonly EnabledAction[] {
  return stepper
    .enabled()
    .filter((action) => action.move.agent === "engine" && changesSomething(action));
}

/** Whether the engine is stuck in this very state: every output online, a chunk alive, and nothing useful to do. */
export function isStalled(stepper: Stepper): boolean {
  const { live, running, online } = stepper.scope.system.vocabulary;
  return (
    stepper.amount(live) > 0 &&
    [running, ...online].every(({ machine, state }) => stepper.shared(machine) === state) &&
    usefulEngineActions(stepper).length === 0
  );
}
