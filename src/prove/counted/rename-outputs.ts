import { entryAt } from "../../errors/checked-access.ts";
import type { Scope } from "../../compile/scope.ts";
import { Stepper, type EnabledAction } from "../../compile/stepper.ts";

function sameOutputs(left: readonly number[] | null, right: readonly number[] | null): boolean {
  if (left === null || right === null) return left === right;
  return left.length === right.length && left.every((output) => right.includes(output));
}

function maskOf({ move }: EnabledAction): readonly number[] | null {
  return "mask" in move ? move.mask : null;
}

/**
 * The same run with the outputs renamed: outputs are alike, so what can happen to one can happen to any.
 *
 * @returns `null` if the renamed run does not exist after all
 */
export function withOutputsRenamed(
  scope: Scope,
  steps: readonly EnabledAction[],
  newName: readonly number[],
): readonly EnabledAction[] | null {
  const stepper = new Stepper(scope);
  const renamed: EnabledAction[] = [];
  for (const step of steps) {
    const { action, output } = step.move;
    const mask = maskOf(step)?.map((one) => entryAt(newName, one)) ?? null;
    const found = stepper
      .enabled()
      .find(
        (one) =>
          one.slot === step.slot &&
          one.move.action === action &&
          one.move.output === (output === null ? null : entryAt(newName, output)) &&
          sameOutputs(maskOf(one), mask),
      );
    if (found === undefined) return null;
    stepper.take(found);
    renamed.push(found);
  }
  return renamed;
}

/** Every way to rename some outputs by exchanging the first with another one; the identity first. */
export function renamings(outputs: number): readonly (readonly number[])[] {
  const names = Array.from({ length: outputs }, (_, output) => output);
  return names.map((other) =>
    names.map((output) => (output === 0 ? other : output === other ? 0 : output)),
  );
}
