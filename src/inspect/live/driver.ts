import type { EnabledAction, Stepper } from "../../compile/stepper.ts";
import { enabledAction } from "../action-key.ts";

/** What a driver says of what comes next. */
export interface Remark {
  /** A few words to stand above the next steps, such as `round 2`. */
  readonly heading: string;
  /** What there is to know, in sentences; none where the heading says it all. */
  readonly sentences: readonly string[];
}

/** Chooses what a running system does next, and may remark on it first; null where it has nothing more to do. */
export type Driver = (stepper: Stepper, say: (remark: Remark) => void) => EnabledAction | null;

/**
 * Takes actions one after another.
 *
 * @throws Error, when asked, if the next one is not enabled
 */
export function scripted(keys: readonly string[]): Driver {
  let at = 0;
  return (stepper) => {
    const key = keys[at];
    if (key === undefined) return null;
    at++;
    const action = enabledAction(stepper, key);
    if (action === undefined) throw new Error(`action ${at} of the run, ${key}, is not enabled`);
    return action;
  };
}

/** Takes any enabled action, each as likely as the others; the same seed takes the same ones (mulberry32). */
export function randomWalk(seed: number): (stepper: Stepper) => EnabledAction | null {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return (stepper) => {
    const enabled = stepper.enabled();
    return enabled[Math.floor(next() * enabled.length)] ?? null;
  };
}

/** Waits for someone to choose. */
export const byHand: Driver = () => null;
