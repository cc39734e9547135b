import { usefulEngineActions } from "../compile/stuck.ts";
import type { Stepper } from "../compile/stepper.ts";
import { slotsOf } from "../compile/scope.ts";

const stepsPerChunk = 100;

/**
 * Lets the engine work, without input and with the environment frozen, always taking the first action that changes
 * something.
 *
 * @returns whether every chunk was closed within 100 steps a chunk
 */
export function drain(stepper: Stepper): boolean {
  const { vocabulary } = stepper.scope.system;
  const most = stepsPerChunk * slotsOf(stepper.scope);
  for (let step = 0; step < most && stepper.amount(vocabulary.live) > 0; step++) {
    const useful = usefulEngineActions(stepper);
    const next = useful.find(({ move }) => "delivers" in move && move.delivers) ?? useful[0];
    if (next === undefined) break;
    stepper.take(next);
  }
  return stepper.amount(vocabulary.live) === 0;
}
