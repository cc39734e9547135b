import type { TransitionProperty } from "../property.ts";
import type { Label, Step } from "../rules.ts";
import type { Chunk, Delivery, ReleaseState } from "./release-state.ts";
import { copyOf, upOf } from "./release-state.ts";
import type { Settings } from "./settings.ts";

/** A transition while it is made: a copy of the state that the rules write to, and what the transition violates. */
export interface Change {
  readonly settings: Settings;
  readonly state: ReleaseState;
  /** The chunks up before the action. */
  readonly upBefore: number;
  readonly breaks: Set<TransitionProperty>;
}

export function changeOf(settings: Settings, state: ReleaseState): Change {
  return { settings, state: copyOf(state), upBefore: upOf(state), breaks: new Set() };
}

/** The same change so far, to be gone on with in another way. */
export function forkOf(change: Change): Change {
  return { ...change, state: copyOf(change.state), breaks: new Set(change.breaks) };
}

export function stepOf(label: Label, { state, breaks }: Change): Step<ReleaseState> {
  return { label, next: state, breaks: [...breaks] };
}

/** The transition that an action makes out of a state. */
export function act(
  settings: Settings,
  state: ReleaseState,
  label: Label,
  effect: (change: Change) => void,
): Step<ReleaseState> {
  const change = changeOf(settings, state);
  effect(change);
  return stepOf(label, change);
}

/** The live chunk in a slot of the changed state. */
export function chunkIn({ state }: Change, slot: number): Chunk {
  const chunk = state.slots[slot];
  if (chunk === null || chunk === undefined) {
    throw new Error(`slot ${slot} holds no chunk`);
  }
  return chunk;
}

/** The delivery of a chunk's task to an output. */
export function deliveryIn(change: Change, slot: number, output: number): Delivery {
  const delivery = chunkIn(change, slot).task?.find((other) => other.output === output);
  if (delivery === undefined) {
    throw new Error(`slot ${slot} has no delivery to output ${output}`);
  }
  return delivery;
}
