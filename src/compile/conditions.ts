import type { Guard, SharedState } from "./compiled-system.ts";
import { guardKey } from "./guards.ts";
import { boundValue, type Scope } from "./scope.ts";

const relations = { "<": 0, ">=": 1, "=": 2 } as const;

/**
 * The distinct conditions of a scope's actions. Many actions share one, so each is decided once for a
 * system state and not once for every slot.
 */
export class Conditions {
  /** The condition of each slot move and system move, by its position in the compiled system. */
  readonly ofSlotMove: Uint16Array;
  readonly ofSystemMove: Uint16Array;
  readonly count: number;
  readonly #code: Int32Array;

  constructor(scope: Scope) {
    const { system } = scope;
    const code: number[] = [];
    const ids = new Map<string, number>();
    const idOf = (needs: readonly SharedState[], guards: readonly Guard[]): number => {
      const key = JSON.stringify([
        needs.map(({ machine, state }) => [machine, state]),
        guards.map(guardKey),
      ]);
      const known = ids.get(key);
      if (known !== undefined) return known;
      const id = ids.size;
      ids.set(key, id);
      code.push(needs.length, guards.length);
      for (const { machine, state } of needs) code.push(machine, state);
      for (const { quantity, minus, relation, bound } of guards) {
        code.push(quantity, minus, relations[relation], boundValue(bound, scope));
      }
      return id;
    };
    this.ofSlotMove = Uint16Array.from(system.slotMoves, ({ needs, guard }) => idOf(needs, guard));
    this.ofSystemMove = Uint16Array.from(system.systemMoves, ({ needs, guard }) =>
      idOf(needs, guard),
    );
    this.count = ids.size;
    this.#code = Int32Array.from(code);
  }

  /** Decides every condition: `holds[c]` becomes 1 where condition c holds, else 0. */
  decide(shared: Uint8Array, quantities: Int32Array, holds: Uint8Array): void {
    const code = this.#code;
    let at = 0;
    for (let condition = 0; condition < this.count; condition++) {
      const needs = code[at++] ?? 0;
      const guards = code[at++] ?? 0;
      let held = 1;
      for (let i = 0; i < needs; i++) {
        if (shared[code[at] ?? 0] !== code[at + 1]) held = 0;
        at += 2;
      }
      for (let i = 0; i < guards; i++) {
        const minus = code[at + 1] ?? -1;
        const left = (quantities[code[at] ?? 0] ?? 0) - (minus < 0 ? 0 : (quantities[minus] ?? 0));
        const relation = code[at + 2];
        const bound = code[at + 3] ?? 0;
        if (relation === 0 ? left >= bound : relation === 1 ? left < bound : left !== bound)
          held = 0;
        at += 4;
      }
      holds[condition] = held;
    }
  }
}

/** Whether a guard holds for these quantities. */
export function guardHolds(guard: Guard, scope: Scope, quantities: ArrayLike<number>): boolean {
  const left =
    (quantities[guard.quantity] ?? 0) - (guard.minus < 0 ? 0 : (quantities[guard.minus] ?? 0));
  const bound = boundValue(guard.bound, scope);
  switch (guard.relation) {
    case "<":
      return left < bound;
    case ">=":
      return left >= bound;
    case "=":
      return left === bound;
  }
}
