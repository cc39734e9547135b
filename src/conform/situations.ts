import type { Guard, SharedState } from "../compile/compiled-system.ts";
import { guardHolds } from "../compile/conditions.ts";
import type { SystemState } from "../compile/stepper.ts";
import { callOf, everySlotWord, type ActionCall } from "./action-call.ts";
import type { Model } from "./model-run.ts";

/** What decides whether a call is enabled, beside the place of its slot. */
interface Deciding {
  readonly machines: ReadonlySet<number>;
  readonly guards: ReadonlyMap<string, Guard>;
}

/** States in which the model decides on a call for the same reasons are one situation of that call. */
export class Situations {
  readonly #model: Model;
  readonly #deciding = new Map<string, Deciding>();

  constructor(model: Model) {
    this.#model = model;
    const { slotMoves, systemMoves } = model.scope.system;
    for (const move of slotMoves) {
      this.#add(callOf({ move, slot: 0 }), move.needs, move.guard);
    }
    for (const move of systemMoves) this.#add(callOf({ move, slot: null }), move.needs, []);
  }

  /** The situation of a call in a state. */
  of(call: ActionCall, { places, shared, amounts }: SystemState): string {
    const place = call.slot === undefined ? "" : String(places[call.slot] ?? "");
    const deciding = this.#deciding.get(everySlotWord(call));
    // Of a call that no state enables, whatever is outside the slots may be what a port looks at.
    if (deciding === undefined) return `${place} ${shared.join(",")}`;
    const machines = [...deciding.machines].map((machine) => shared[machine]);
    const guards = [...deciding.guards.values()].map((guard) =>
      guardHolds(guard, this.#model.scope, amounts) ? 1 : 0,
    );
    return `${place} ${machines.join(",")} ${guards.join("")}`;
  }

  #add(call: ActionCall, needs: readonly SharedState[], guards: readonly Guard[]): void {
    const word = everySlotWord(call);
    const known = this.#deciding.get(word);
    this.#deciding.set(word, {
      machines: new Set([...(known?.machines ?? []), ...needs.map(({ machine }) => machine)]),
      guards: new Map([
        ...(known?.guards ?? []),
        ...guards.map((guard) => [JSON.stringify(guard), guard] as const),
      ]),
    });
  }
}
