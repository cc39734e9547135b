import type { EnabledAction, Stepper } from "../compile/stepper.ts";
import type { WalkStep } from "./tracked-walk.ts";
import { slotsOf } from "../compile/scope.ts";

/** A step of a walk with real slots: any others are the lowest that are neither watched nor followed. */
export function withRealSlots(
  stepper: Stepper,
  { move, actors }: WalkStep,
  watched: number,
  followed: number | null,
): EnabledAction {
  if (!("from" in move)) return { move, slot: null };
  const taken = new Set([watched, ...(followed === null ? [] : [followed])]);
  const slots = Array.from({ length: slotsOf(stepper.scope) }, (_, slot) => slot);
  const [slot = -1, ...others] = [move, ...move.others].map(({ from }, part) => {
    const actor = actors[part];
    if (actor === "watched") return watched;
    if (actor === "followed") return followed ?? -1;
    const found = slots.find((one) => !taken.has(one) && stepper.place(one) === from) ?? -1;
    taken.add(found);
    return found;
  });
  return others.length === 0 ? { move, slot } : { move, slot, others };
}
