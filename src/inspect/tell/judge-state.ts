import { guardHolds } from "../../compile/conditions.ts";
import type { Scope } from "../../compile/scope.ts";
import { isStuck } from "../../compile/stuck.ts";
import { Stepper, type SystemState } from "../../compile/stepper.ts";
import type { Moment } from "../run.ts";

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
    ...(isStuck(new Stepper(scope, state)) ? ["neverStuck"] : []),
  ];
  return [...new Set(broken)];
}
