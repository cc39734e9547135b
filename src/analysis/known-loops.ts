import type { EnabledAction, SystemState } from "../compile/stepper.ts";
import type { ScopeResult } from "../explore/check-scope.ts";

/** A loop that can be taken for ever after the violation of a property of progress. */
export interface KnownLoop {
  readonly property: string;
  /** The states that it comes through: one before each step, and one alone where it has no steps. */
  readonly states: readonly SystemState[];
  readonly steps: readonly EnabledAction[];
}

/** The loops that are shown after the violations of a scope. */
export function knownLoops({ properties }: ScopeResult): readonly KnownLoop[] {
  return properties.flatMap(({ property, path, lasso: lassoOf }): readonly KnownLoop[] => {
    const lasso = lassoOf();
    if (lasso === null || path === null) return [];
    const start = [...path.steps, ...lasso.approach].at(-1)?.after ?? path.initial;
    const states = [start, ...lasso.loop.slice(0, -1).map(({ after }) => after)];
    return [{ property, states, steps: lasso.loop.map(({ taken }) => taken) }];
  });
}

/** A state but for which chunk is which. */
function shapeOf({ places, shared, amounts }: SystemState): string {
  return JSON.stringify([places.toSorted((a, b) => a - b), shared, amounts]);
}

/** For each slot of a state, the slot of another in the same place; the two are the same up to permutation. */
function counterparts(state: SystemState, other: SystemState): readonly number[] {
  const free = new Set(other.places.keys());
  return state.places.map((place) => {
    const found = [...free].find((slot) => other.places[slot] === place) ?? -1;
    free.delete(found);
    return found;
  });
}

/**
 * One round of a loop from a state on, with the chunks that are there in the places of those of the loop.
 *
 * @throws RangeError if the state is none of the loop's, up to permutation of chunks
 */
export function roundFrom(loop: KnownLoop, state: SystemState): readonly EnabledAction[] {
  const shape = shapeOf(state);
  const at = loop.states.findIndex((one) => shapeOf(one) === shape);
  const known = loop.states[at];
  if (known === undefined) throw new RangeError(`the loop of ${loop.property} is not here`);
  const slots = counterparts(known, state);
  return [...loop.steps.slice(at), ...loop.steps.slice(0, at)].map((action) =>
    action.slot === null ? action : { ...action, slot: slots[action.slot] ?? -1 },
  );
}
