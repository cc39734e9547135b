import type { Guard, PlaceMap } from "../compile/compiled-system.ts";
import { guardHolds } from "../compile/conditions.ts";
import { boundValue, type Scope } from "../compile/scope.ts";

/** Whether the gate of a system opens at the end of a move. */
export class Gate {
  /** What happens then; null where there is no gate. */
  readonly everySlot: PlaceMap | null;
  readonly #scope: Scope;
  readonly #guards: readonly Guard[];
  readonly #bounds: Int32Array;
  /** For each move, what it adds to the left side of each guard. */
  readonly #adds: Int32Array;
  /** The left side of each guard in the state that was looked at last. */
  readonly #left: Int32Array;

  constructor(scope: Scope) {
    const { system } = scope;
    this.#scope = scope;
    this.everySlot = system.gate?.everySlot ?? null;
    this.#guards = system.gate?.guard ?? [];
    this.#left = new Int32Array(this.#guards.length);
    this.#bounds = Int32Array.from(this.#guards, ({ bound }) => boundValue(bound, scope));
    const ofSystem = system.systemMoves.flatMap(() => this.#guards.map(() => 0));
    this.#adds = Int32Array.from([
      ...system.slotMoves.flatMap(({ from, to, counterChanges }) =>
        this.#guards.map(({ quantity, minus }) => {
          const adds = (index: number): number => {
            const total = system.quantities[index];
            const weights = total?.weights ?? [];
            const change = counterChanges.find(
              ({ counter }) => counter === index || counter === total?.plus,
            );
            return (weights[to] ?? 0) - (weights[from] ?? 0) + (change?.adds ?? 0);
          };
          return adds(quantity) - (minus < 0 ? 0 : adds(minus));
        }),
      ),
      ...ofSystem,
    ]);
  }

  /** What a move of one slot, or one that only sets machines, adds to the left side of a guard. */
  adds(move: number, guard: number): number {
    return this.#adds[move * this.#guards.length + guard] ?? 0;
  }

  /** Looks at the state that the moves are made from. */
  look(amounts: Int32Array): void {
    for (let index = 0; index < this.#guards.length; index++) {
      const guard = this.#guards[index];
      if (guard === undefined) continue;
      const minus = guard.minus < 0 ? 0 : (amounts[guard.minus] ?? 0);
      this.#left[index] = (amounts[guard.quantity] ?? 0) - minus;
    }
  }

  /**
   * Whether the gate opens after a move of one slot, or one that only sets machines, made from the state that was looked
   * at.
   */
  opensAfter(move: number): boolean {
    if (this.everySlot === null) return false;
    const guards = this.#guards.length;
    for (let index = 0; index < guards; index++) {
      const left = (this.#left[index] ?? 0) + (this.#adds[move * guards + index] ?? 0);
      const bound = this.#bounds[index] ?? 0;
      const relation = this.#guards[index]?.relation;
      const holds =
        relation === "<" ? left < bound : relation === ">=" ? left >= bound : left === bound;
      if (!holds) return false;
    }
    return true;
  }

  /** Whether the gate opens with these totals and counters. */
  opensWith(amounts: Int32Array): boolean {
    return (
      this.everySlot !== null &&
      this.#guards.every((guard) => guardHolds(guard, this.#scope, amounts))
    );
  }
}
