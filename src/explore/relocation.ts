import type { CounterChange, PlaceMap, SlotMove, SystemMove } from "../compile/compiled-system.ts";
import type { Scope } from "../compile/scope.ts";
import type { Amounts } from "./amounts.ts";
import type { Gate } from "./gate.ts";
import type { Layout } from "./layout.ts";
import type { Sites } from "./sites.ts";

/**
 * Works out a successor slot by slot (or place by place): what a broadcast, the gate or a choice of other slots does is
 * not the same wherever it is taken.
 */
export class Relocation {
  /** Whether the labelled state stayed the very same in the move that was worked out last, and whether the gate opened. */
  identity = false;
  gated = false;
  readonly #scope: Scope;
  readonly #layout: Layout;
  readonly #gate: Gate;
  readonly #sites: Sites;
  readonly #amounts: Amounts;
  // Slots that go the same way: where they were, where they are by now, how many, and the (first) slot.
  #groups = 0;
  readonly #origin: Int32Array;
  readonly #target: Int32Array;
  readonly #count: Int32Array;
  readonly #slot: Int32Array;
  readonly #taken: Int32Array;
  readonly #values: Int32Array;
  readonly #fields: Int32Array;

  constructor(scope: Scope, layout: Layout, gate: Gate, sites: Sites, amounts: Amounts) {
    const most = sites.place.length + layout.slots;
    this.#scope = scope;
    this.#layout = layout;
    this.#gate = gate;
    this.#sites = sites;
    this.#amounts = amounts;
    this.#origin = new Int32Array(most);
    this.#target = new Int32Array(most);
    this.#count = new Int32Array(most);
    this.#slot = new Int32Array(most);
    this.#taken = new Int32Array(sites.place.length);
    this.#values = new Int32Array(amounts.values.length);
    this.#fields = new Int32Array(layout.fields);
  }

  /**
   * Works out where a move leads.
   *
   * @param shared the states of the shared machines before the move
   * @param parts the sites of the slots that the move takes one by one: the acting one first; none of a system move
   * @param next gets the words
   * @throws RangeError if a counter leaves its range
   */
  work(
    move: SlotMove | SystemMove,
    shared: Uint8Array,
    parts: readonly number[],
    next: Uint32Array,
  ): void {
    const values = this.#values;
    values.set(this.#amounts.values);
    this.#take(move, parts);
    if ("from" in move) {
      this.#change(move.counterChanges, 1);
      for (const counter of move.resets) values[counter] = 0;
    } else {
      if (move.everySlot !== null) this.#broadcast(move.everySlot);
      this.#change(move.counterChanges, 1);
      for (const { counter, from } of move.assigns) {
        values[counter] = from < 0 ? 0 : (this.#amounts.values[from] ?? 0);
      }
    }
    const everySlot = this.#gate.everySlot;
    if (everySlot !== null) this.#sum();
    this.gated = everySlot !== null && this.#gate.opensWith(values);
    if (this.gated && everySlot !== null) this.#broadcast(everySlot);
    this.identity = this.#staysTheSame();
    this.#write(shared, move);
    this.#layout.pack(this.#fields, next);
  }

  #take(move: SlotMove | SystemMove, parts: readonly number[]): void {
    const { place, count, slot, length } = this.#sites;
    this.#groups = 0;
    this.#taken.fill(0, 0, length);
    if ("from" in move) {
      parts.forEach((site, part) => {
        const to = part === 0 ? move.to : (move.others[part - 1]?.to ?? 0);
        this.#taken[site] = (this.#taken[site] ?? 0) + 1;
        this.#add(place[site] ?? 0, to, 1, slot[site] ?? 0);
      });
    }
    for (let site = 0; site < length; site++) {
      const staying = (count[site] ?? 0) - (this.#taken[site] ?? 0);
      const at = place[site] ?? 0;
      if (staying > 0) this.#add(at, at, staying, slot[site] ?? 0);
    }
  }

  #add(origin: number, target: number, count: number, slot: number): void {
    const group = this.#groups++;
    this.#origin[group] = origin;
    this.#target[group] = target;
    this.#count[group] = count;
    this.#slot[group] = slot;
  }

  #change(changes: readonly CounterChange[], times: number): void {
    for (const { counter, adds } of changes) {
      this.#values[counter] = (this.#values[counter] ?? 0) + adds * times;
    }
  }

  #broadcast({ to, counterChanges }: PlaceMap): void {
    for (let group = 0; group < this.#groups; group++) {
      const place = this.#target[group] ?? 0;
      this.#change(counterChanges[place] ?? [], this.#count[group] ?? 0);
      this.#target[group] = to[place] ?? 0;
    }
  }

  /** The totals as they are by now. */
  #sum(): void {
    const values = this.#values;
    this.#scope.system.quantities.forEach(({ kind }, quantity) => {
      if (kind === "total") values[quantity] = 0;
    });
    for (let group = 0; group < this.#groups; group++) {
      this.#amounts.count(values, this.#target[group] ?? 0, this.#count[group] ?? 0);
    }
    this.#amounts.addCounters(values);
  }

  /** Whether every slot is where it was; what the words say of the rest is compared by who asks. */
  #staysTheSame(): boolean {
    for (let group = 0; group < this.#groups; group++) {
      if (this.#origin[group] !== this.#target[group]) return false;
    }
    return true;
  }

  #write(shared: Uint8Array, { sets }: SlotMove | SystemMove): void {
    const { population, sharedAt, countersAt } = this.#layout;
    const fields = this.#fields;
    if (population === "counts") fields.fill(0, 0, sharedAt);
    let listed = 0;
    for (let group = 0; group < this.#groups; group++) {
      const target = this.#target[group] ?? 0;
      const count = this.#count[group] ?? 0;
      switch (population) {
        case "counts":
          if (target > 0) fields[target - 1] = (fields[target - 1] ?? 0) + count;
          break;
        case "list":
          fields.fill(target, listed, listed + count);
          listed += count;
          break;
        case "slots":
          fields[this.#slot[group] ?? 0] = target;
          break;
      }
    }
    if (population === "list") fields.subarray(0, sharedAt).sort();
    for (let machine = 0; machine < shared.length; machine++) {
      fields[sharedAt + machine] = shared[machine] ?? 0;
    }
    for (const { machine, state } of sets) fields[sharedAt + machine] = state;
    this.#scope.system.counters.forEach((quantity, order) => {
      fields[countersAt + order] = this.#values[quantity] ?? 0;
    });
  }
}
