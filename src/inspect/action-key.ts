import type { EnabledAction, Stepper } from "../compile/stepper.ts";

/**
 * The name of an action with what it is about, such as `flushOk.c1.o0` (chunk 1, output 0), `ingest.c0.m0_1` (routes to
 * the outputs 0 and 1) or `outputDown.o0`. It can stand in an address and names at most one enabled action of a state.
 */
export function actionKey({ move, slot }: EnabledAction): string {
  return [
    move.action,
    ...(slot === null ? [] : [`c${slot}`]),
    ...(move.output === null ? [] : [`o${move.output}`]),
    ...("mask" in move && move.mask !== null ? [`m${move.mask.join("_")}`] : []),
  ].join(".");
}

/** The enabled action of that name; `undefined` where it is not enabled. */
export function enabledAction(stepper: Stepper, key: string): EnabledAction | undefined {
  return stepper.enabled().find((action) => actionKey(action) === key);
}
