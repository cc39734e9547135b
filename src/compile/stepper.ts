import { entryAt } from "../errors/checked-access.ts";
import { weightAt } from "./weight-at.ts";
import type { CounterChange, Guard, PlaceMap, SlotMove, SystemMove } from "./compiled-system.ts";
import { guardHolds } from "./conditions.ts";
import { slotsOf, type Scope } from "./scope.ts";

/** A labelled system state, as plain numbers. */
export interface SystemState {
  /** The place of each slot. */
  readonly places: readonly number[];
  /** The state of each shared machine. */
  readonly shared: readonly number[];
  /** The totals and counters, in the order of the compiled quantities. */
  readonly amounts: readonly number[];
}

/** One enabled action: a slot move with its slot and the slots that it chooses, or a system move. */
export type EnabledAction =
  | { readonly move: SlotMove; readonly slot: number; readonly others?: readonly number[] }
  | { readonly move: SystemMove; readonly slot: null };

/**
 * One labelled state of a scope that can be moved, action by action, at any size. Totals are kept up to date, so a step
 * costs the same for two chunks and for two thousand.
 */
export class Stepper {
  readonly scope: Scope;
  readonly #places: number[];
  readonly #shared: number[];
  readonly #amounts: number[];
  /** For each counter, the totals to which it is added. */
  readonly #totalsWith: readonly (readonly number[])[];

  /** Starts in the initial state, or in the given one. */
  constructor(scope: Scope, from?: SystemState) {
    const { system } = scope;
    const slots = slotsOf(scope);
    this.scope = scope;
    this.#places = from ? [...from.places] : Array.from({ length: slots }, () => 0);
    this.#shared = from ? [...from.shared] : system.shared.map(() => 0);
    this.#amounts = from
      ? [...from.amounts]
      : system.quantities.map((quantity) => weightAt(quantity, 0) * slots);
    this.#totalsWith = system.quantities.map((_, counter) =>
      system.quantities.flatMap(({ plus }, total) => (plus === counter ? [total] : [])),
    );
  }

  /** A copy of the state. */
  state(): SystemState {
    return { places: [...this.#places], shared: [...this.#shared], amounts: [...this.#amounts] };
  }

  /** The place of a slot. */
  place(slot: number): number {
    return entryAt(this.#places, slot);
  }

  /** The state of a shared machine. */
  shared(machine: number): number {
    return entryAt(this.#shared, machine);
  }

  /** A total or counter. */
  amount(quantity: number): number {
    return entryAt(this.#amounts, quantity);
  }

  /** The lowest slot in a place; -1 if there is none. */
  slotIn(place: number): number {
    return this.#places.indexOf(place);
  }

  /** A move with real slots: the lowest that are in its places. */
  actionOf(move: SlotMove): EnabledAction {
    const slot = this.slotIn(move.from);
    return move.others.length === 0
      ? { move, slot }
      : { move, slot, others: this.#anyOthers(move, slot) };
  }

  /** Whether a slot can take a move now, with the slots that it chooses. */
  canMove(
    move: SlotMove,
    slot: number,
    others: readonly number[] = this.#anyOthers(move, slot),
  ): boolean {
    return (
      this.#places[slot] === move.from &&
      this.#allows(move) &&
      others.length === move.others.length &&
      move.others.every(({ from }, index) => this.#places[entryAt(others, index)] === from) &&
      new Set([slot, ...others]).size === others.length + 1
    );
  }

  /** Whether the system can take a move now. */
  canMoveSystem(move: SystemMove): boolean {
    return this.#allows(move);
  }

  /** Every enabled action, slot by slot, then those of the system. */
  enabled(): readonly EnabledAction[] {
    const { movesFrom, systemMoves } = this.scope.system;
    const actions: EnabledAction[] = [];
    this.#places.forEach((place, slot) => {
      for (const move of entryAt(movesFrom, place)) {
        if (!this.#allows(move)) continue;
        if (move.others.length === 0) actions.push({ move, slot });
        else
          for (const others of this.#choices(move.others, [slot]))
            actions.push({ move, slot, others });
      }
    });
    for (const move of systemMoves) {
      if (this.canMoveSystem(move)) actions.push({ move, slot: null });
    }
    return actions;
  }

  /**
   * Takes a move of a slot.
   *
   * @throws Error if the move is not enabled there.
   */
  move(
    move: SlotMove,
    slot: number,
    others: readonly number[] = this.#anyOthers(move, slot),
  ): void {
    if (!this.canMove(move, slot, others)) {
      throw new Error(`${move.action} is not enabled for ${this.scope.system.slots.noun} ${slot}`);
    }
    this.#relocate(slot, move.to);
    for (const [index, { to }] of move.others.entries()) {
      this.#relocate(entryAt(others, index), to);
    }
    this.#set(move);
    this.#change(move.counterChanges);
    for (const counter of move.resets) this.#add(counter, -this.amount(counter));
    this.openGate();
  }

  /**
   * Takes a move of the system.
   *
   * @throws Error if the move is not enabled.
   */
  moveSystem(move: SystemMove): void {
    if (!this.canMoveSystem(move)) throw new Error(`${move.action} is not enabled`);
    const values = move.assigns.map(({ from }) => (from < 0 ? 0 : this.amount(from)));
    this.#set(move);
    if (move.everySlot !== null) this.#broadcast(move.everySlot);
    this.#change(move.counterChanges);
    move.assigns.forEach(({ counter }, index) => {
      this.#add(counter, entryAt(values, index) - this.amount(counter));
    });
    this.openGate();
  }

  /** What follows at the end of every action, where the gate's guard holds. Only a state that no action led to needs to ask. */
  openGate(): void {
    const { gate } = this.scope.system;
    if (gate !== null && this.holds(gate.guard)) this.#broadcast(gate.everySlot);
  }

  /** Takes an enabled action. */
  take(action: EnabledAction): void {
    if (action.slot === null) this.moveSystem(action.move);
    else this.move(action.move, action.slot, action.others);
  }

  /** Whether the shared machines, totals and counters allow a move. */
  #allows({ needs, guard }: SlotMove | SystemMove): boolean {
    return (
      needs.every(({ machine, state }) => this.#shared[machine] === state) && this.holds(guard)
    );
  }

  /** Every way to choose the other slots of a move, given the slots that are taken already. */
  *#choices(others: SlotMove["others"], taken: readonly number[]): Generator<readonly number[]> {
    const next = others[taken.length - 1];
    if (next === undefined) {
      yield taken.slice(1);
      return;
    }
    for (let slot = 0; slot < this.#places.length; slot++) {
      if (this.#places[slot] !== next.from || taken.includes(slot)) continue;
      yield* this.#choices(others, [...taken, slot]);
    }
  }

  /** The first way to choose the other slots of a move; empty where there is none. */
  #anyOthers(move: SlotMove, slot: number): readonly number[] {
    for (const others of this.#choices(move.others, [slot])) return others;
    return [];
  }

  /** Whether guards hold now. */
  holds(guards: readonly Guard[]): boolean {
    return guards.every((guard) => guardHolds(guard, this.scope, this.#amounts));
  }

  #relocate(slot: number, to: number): void {
    const from = entryAt(this.#places, slot);
    if (from === to) return;
    this.#places[slot] = to;
    this.scope.system.quantities.forEach(({ kind, weights }, quantity) => {
      if (kind !== "total") return;
      const difference = entryAt(weights, to) - entryAt(weights, from);
      this.#amounts[quantity] = entryAt(this.#amounts, quantity) + difference;
    });
  }

  #set({ sets }: SlotMove | SystemMove): void {
    for (const { machine, state } of sets) this.#shared[machine] = state;
  }

  #change(changes: readonly CounterChange[]): void {
    for (const { counter, adds } of changes) this.#add(counter, adds);
  }

  #add(counter: number, adds: number): void {
    for (const quantity of [counter, ...entryAt(this.#totalsWith, counter)]) {
      this.#amounts[quantity] = entryAt(this.#amounts, quantity) + adds;
    }
  }

  #broadcast({ to, counterChanges }: PlaceMap): void {
    this.#places.forEach((place, slot) => {
      this.#change(entryAt(counterChanges, place));
      this.#relocate(slot, entryAt(to, place));
    });
  }
}
