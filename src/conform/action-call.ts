import type { EnabledAction } from "../compile/stepper.ts";

/** An action with what it is about; which fields it has depends on the action. */
export interface ActionCall {
  readonly action: string;
  /** The chunk slot that acts, from 0. */
  readonly slot?: number;
  /** The output that the action is about, from 0. */
  readonly output?: number;
  /** The outputs that `ingest` gives the chunk, in ascending order. */
  readonly mask?: readonly number[];
}

/** The call that an enabled action of the model is. */
export function callOf({ move, slot }: EnabledAction): ActionCall {
  const mask = "mask" in move ? move.mask : null;
  return {
    action: move.action,
    ...(slot === null ? {} : { slot }),
    ...(move.output === null ? {} : { output: move.output }),
    ...(mask === null ? {} : { mask }),
  };
}

/** A call in one word, such as `dispatch:0`, `flushOk:0:1`, `ingest:1:0+1` or `outputDown:0`. */
export function callWord({ action, slot, output, mask }: ActionCall): string {
  return [action, slot, output, mask?.join("+")].filter((part) => part !== undefined).join(":");
}

/** Slots are alike: one word for the same call to any of them. */
export function everySlotWord(call: ActionCall): string {
  return callWord(call.slot === undefined ? call : { ...call, slot: 0 });
}

/** A call for people, such as `flushOk (chunk 0, output 1)`; `noun`: what a slot holds. */
export function callWords({ action, slot, output, mask }: ActionCall, noun = "chunk"): string {
  const about = [
    ...(slot === undefined ? [] : [`${noun} ${slot}`]),
    ...(output === undefined ? [] : [`output ${output}`]),
    ...(mask === undefined ? [] : [`to ${mask.join(" and ")}`]),
  ];
  return about.length === 0 ? action : `${action} (${about.join(", ")})`;
}
