import type { Stepper } from "../../compile/stepper.ts";
import { optionsOf, type Option } from "./options.ts";
import { slotsOf } from "../../compile/scope.ts";

/** What a chunk can do next by itself, and what is in the way of the rest. */
export interface Waiting {
  readonly slot: number;
  /** Actions of the engine on this chunk that are enabled and change something. */
  readonly next: readonly Option[];
  /** Actions of the engine on this chunk that would change something and are not enabled. */
  readonly blocked: readonly Option[];
  /** Actions of the engine that can be taken again and again and change nothing. */
  readonly idle: readonly Option[];
}

/** For each live chunk, what it waits for. */
export function waitingOf(stepper: Stepper, options = optionsOf(stepper)): readonly Waiting[] {
  const { system } = stepper.scope;
  const live = system.quantities[system.vocabulary.live];
  return Array.from({ length: slotsOf(stepper.scope) }, (_, slot) => slot)
    .filter((slot) => live?.weights[stepper.place(slot)] === 1)
    .map((slot) => {
      const own = options.filter(
        ({ action }) => action.slot === slot && action.move.agent === "engine",
      );
      return {
        slot,
        next: own.filter(({ enabled, changes }) => enabled && changes),
        blocked: own.filter(({ enabled, changes }) => !enabled && changes),
        idle: own.filter(({ enabled, changes }) => enabled && !changes),
      };
    });
}
