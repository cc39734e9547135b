import { guardHolds } from "../../compile/conditions.ts";
import type { Scope } from "../../compile/scope.ts";
import { Stepper, type SystemState } from "../../compile/stepper.ts";
import type { Moment } from "../run.ts";
import { changesSomething } from "./options.ts";

/** Whether no action of the engine changes anything, with every output online and a chunk alive. */
export function isStalled(stepper: Stepper): boolean {
  const { system } = stepper.scope;
  const { live, running, online } = system.vocabulary;
  return (
    stepper.amount(live) > 0 &&
    [running, ...online].every(({ machine, state }) => stepper.shared(machine) === state) &&
    stepper.enabled().every((action) => action.move.agent !== "engine" || !changesSomething(action))
  );
}

function brokenStateProperties(scope: Scope, state: SystemState): readonly string[] {
  return scope.system.stateProperties
    .filter(
      (property) =>
        property.while.every((one) => state.shared[one.machine] === one.state) &&
        !property.requires.every((guard) => guardHolds(guard, scope, state.amounts)),
    )
    .map(({ name }) => name);
}

/** The properties that are violated in a moment of a run, as far as the moment alone can tell. */
export function violatedAt(scope: Scope, { taken, state }: Moment): readonly string[] {
  const broken = [
    ...brokenStateProperties(scope, state),
    ...(taken !== null && "violates" in taken.move ? taken.move.violates : []),
    ...(isStalled(new Stepper(scope, state)) ? ["stalled"] : []),
  ];
  return [...new Set(broken)];
}
