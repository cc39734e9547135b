import type { SystemState } from "../../compile/stepper.ts";
import { everySlotWord, type ActionCall } from "../action-call.ts";

/** The state of a run as far as it is known to a walk, and what the walk did before. */
interface Situation {
  readonly state: SystemState;
  /** The call before, and the actions of the whole engine so far, such as a crash. */
  readonly before: string;
  readonly history: string;
}

/** Counts in which company each call was made, so that a walk can do what it has done least. */
export class Novelty {
  readonly #counts = new Map<string, number>();

  /** How new a call is in a situation: more, the less often it was made in a similar one. */
  of(call: ActionCall, situation: Situation): number {
    return this.#companies(call, situation).reduce(
      (sum, company) => sum + 1 / (1 + (this.#counts.get(company) ?? 0)),
      0,
    );
  }

  /** The call was made. */
  note(call: ActionCall, situation: Situation): void {
    for (const company of this.#companies(call, situation)) {
      this.#counts.set(company, (this.#counts.get(company) ?? 0) + 1);
    }
  }

  #companies(call: ActionCall, { state, before, history }: Situation): readonly string[] {
    const word = everySlotWord(call);
    const place = call.slot === undefined ? "" : String(state.places[call.slot]);
    const shared = state.shared.join(",");
    const amounts = state.amounts.join(",");
    return [
      `${word} in ${place}`,
      `${word} beside ${shared}`,
      `${word} at ${amounts}`,
      `${word} after ${before}`,
      `${word} in ${place} ${history}`,
      `${word} in ${place} at ${amounts}`,
    ];
  }
}
