import type {
  CounterEffect,
  FollowUp,
  Reaction,
  TransitionProperty,
} from "../../models/description.ts";
import type { CounterChange } from "./compiled-system.ts";
import type { Surroundings } from "./draft.ts";
import type { HeardMessages } from "./heard-messages.ts";
import type { RequestedInSlot, SlotSpace } from "./slot-space.ts";

/** What the moves of a slot are made from. */
export interface MoveContext extends Surroundings {
  readonly space: SlotSpace;
  readonly heard: HeardMessages;
  readonly inputs: number;
  /** The masks that chunks of an input may have. */
  readonly masksOf: (input: number) => readonly (readonly number[])[];
  readonly reactions: readonly Reaction[];
  readonly followUps: readonly FollowUp[];
  readonly counterEffects: readonly CounterEffect[];
  readonly transitionProperties: readonly TransitionProperty[];
  /** The index of a fairness instance, made on first use. */
  readonly fairnessOf: (name: string, output: number | null) => number;
}

/** What the named actions of machines add to the counters, summed by counter. */
export function counterChanges(
  requested: readonly RequestedInSlot[],
  context: Pick<MoveContext, "counterEffects" | "quantities">,
): readonly CounterChange[] {
  const sums = new Map<number, number>();
  for (const { type, output } of requested) {
    for (const effect of context.counterEffects) {
      if (effect.machineAction !== type) continue;
      const isOfOutput = context.quantities.isOfOutput(effect.counter);
      if (isOfOutput && output === null) continue;
      const about = isOfOutput && output !== null ? { output } : {};
      const counter = context.quantities.indexOf({ counter: effect.counter, ...about });
      sums.set(counter, (sums.get(counter) ?? 0) + effect.adds);
    }
  }
  return [...sums].filter(([, adds]) => adds !== 0).map(([counter, adds]) => ({ counter, adds }));
}
