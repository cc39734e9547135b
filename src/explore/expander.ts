import type { SlotMove, SystemMove } from "../compile/compiled-system.ts";
import { Conditions } from "../compile/conditions.ts";
import type { Scope } from "../compile/scope.ts";
import { Amounts } from "./amounts.ts";
import { choicesOf } from "./choices.ts";
import { Gate } from "./gate.ts";
import type { Layout } from "./layout.ts";
import type { MoveKinds } from "./move-kinds.ts";
import { Relocation } from "./relocation.ts";
import { Sites } from "./sites.ts";

/** Takes the successors of a state, one after another; their words are in `Expander.next`. */
export interface SuccessorSink {
  /**
   * @param move the number of the move
   * @param slot the slot that acts, where slots are told apart
   * @param ways how many labelled transitions this one stands for
   * @param identity whether the labelled state stays the very same
   * @param gated whether the gate opened at the end
   */
  arrive(move: number, slot: number, ways: number, identity: boolean, gated: boolean): void;
}

/**
 * Works out the successors of packed states. A move of one slot adds the same to the words wherever it is taken, so a
 * successor costs the same whatever N is; what a gate, a broadcast or a choice of other slots does is worked out anew.
 */
export class Expander {
  readonly next: Uint32Array;
  readonly sites: Sites;
  readonly amounts: Amounts;
  readonly #layout: Layout;
  readonly #conditions: Conditions;
  readonly gate: Gate;
  readonly #relocation: Relocation;
  readonly #moves: readonly (SlotMove | SystemMove)[];
  readonly #slotMoves: number;
  /** The moves of a slot in place p are `#movesAt` from `#starts[p]` to `#starts[p + 1]`. */
  readonly #movesAt: Int32Array;
  readonly #starts: Int32Array;
  readonly #condition: Uint16Array;
  /** 1 where a move adds the same to the words wherever it is taken, but for the gate. */
  readonly #isAdded: Uint8Array;
  /** 1 where a move leaves its slot where it is. */
  readonly #stays: Uint8Array;
  /** 1 where a move sets machines or changes counters. */
  readonly #hasEffects: Uint8Array;
  readonly #fieldOfCounter: readonly number[];
  readonly #current: Uint32Array;
  /** The states of the shared machines. */
  readonly shared: Uint8Array;
  readonly #holds: Uint8Array;

  constructor(scope: Scope, layout: Layout, { from, to, isPlain }: MoveKinds) {
    const { system } = scope;
    const { slotMoves, systemMoves, movesFrom } = system;
    this.#layout = layout;
    this.#conditions = new Conditions(scope);
    this.gate = new Gate(scope);
    this.sites = new Sites(layout);
    this.amounts = new Amounts(system, layout);
    this.#relocation = new Relocation(scope, layout, this.gate, this.sites, this.amounts);
    this.next = new Uint32Array(layout.words);
    this.#current = new Uint32Array(layout.words);
    this.shared = new Uint8Array(system.shared.length);
    this.#holds = new Uint8Array(this.#conditions.count);
    this.#moves = [...slotMoves, ...systemMoves];
    this.#slotMoves = slotMoves.length;
    this.#movesAt = Int32Array.from(movesFrom.flat(), ({ id }) => id);
    let start = 0;
    this.#starts = Int32Array.from([...movesFrom, []], (moves) => {
      start += moves.length;
      return start - moves.length;
    });
    const { ofSlotMove, ofSystemMove } = this.#conditions;
    this.#condition = Uint16Array.from([...ofSlotMove, ...ofSystemMove]);
    this.#isAdded = isPlain.map((plain, move) => {
      const isOfSystem = move >= slotMoves.length;
      return plain === 1 && (isOfSystem || layout.population !== "list") ? 1 : 0;
    });
    this.#stays = Uint8Array.from(from, (place, move) => (place === to[move] ? 1 : 0));
    this.#hasEffects = Uint8Array.from(this.#moves, (move) =>
      move.sets.length > 0 || move.counterChanges.length > 0 ? 1 : 0,
    );
    this.#fieldOfCounter = system.quantities.map((_, index) => {
      const order = system.counters.indexOf(index);
      return order < 0 ? -1 : layout.countersAt + order;
    });
  }

  /**
   * Hands every successor of the state that starts at `offset` of `words` to the sink: site by site, then those of the
   * system.
   *
   * @throws NoRoom if a place has no room for its slots
   * @throws RangeError if a counter leaves its range
   */
  expand(words: Uint32Array, offset: number, sink: SuccessorSink): void {
    this.load(words, offset);
    const { place, count, slot, length } = this.sites;
    const holds = this.#holds;
    for (let site = 0; site < length; site++) {
      const at = place[site] ?? 0;
      const end = this.#starts[at + 1] ?? 0;
      for (let index = this.#starts[at] ?? 0; index < end; index++) {
        const move = this.#movesAt[index] ?? 0;
        if (holds[this.#condition[move] ?? 0] === 0) continue;
        if (this.#isAdded[move] === 1 && !this.gate.opensAfter(move)) {
          const identity = this.#addTo(move, slot[site] ?? 0);
          sink.arrive(move, slot[site] ?? 0, count[site] ?? 0, identity, false);
        } else {
          this.#relocate(move, site, sink);
        }
      }
    }
    for (let move = this.#slotMoves; move < this.#moves.length; move++) {
      if (holds[this.#condition[move] ?? 0] === 0) continue;
      if (this.#isAdded[move] === 1 && !this.gate.opensAfter(move)) {
        sink.arrive(move, 0, 1, this.#addTo(move, 0), false);
        continue;
      }
      this.#takeSystem(move, sink);
    }
  }

  #takeSystem(move: number, sink: SuccessorSink): void {
    const systemMove = this.#moves[move];
    if (systemMove === undefined) return;
    this.#relocation.work(systemMove, this.shared, [], this.next);
    const identity = this.#relocation.identity && this.#isCurrent();
    sink.arrive(move, 0, 1, identity, this.#relocation.gated);
  }

  /**
   * Hands the successors by one move of the state that was loaded last to the sink. The move is enabled.
   *
   * @param at the place of the slot that acts, or the slot itself where slots are told apart; -1 for a system move
   * @throws NoRoom or RangeError as `expand` does
   */
  take(move: number, at: number, sink: SuccessorSink): void {
    if (at < 0) this.#takeSystem(move, sink);
    else if (this.#layout.population === "slots") this.#relocate(move, at, sink);
    else this.#relocate(move, this.sites.place.subarray(0, this.sites.length).indexOf(at), sink);
  }

  /** Reads the state that starts at `offset` of `words`. */
  load(words: Uint32Array, offset: number): void {
    const { word, shift, mask, sharedAt } = this.#layout;
    for (let index = 0; index < this.#current.length; index++) {
      this.#current[index] = words[offset + index] ?? 0;
    }
    this.sites.read(words, offset);
    this.amounts.read(words, offset, this.sites);
    for (let machine = 0; machine < this.shared.length; machine++) {
      const field = sharedAt + machine;
      this.shared[machine] =
        ((words[offset + (word[field] ?? 0)] ?? 0) >>> (shift[field] ?? 0)) & (mask[field] ?? 0);
    }
    this.#conditions.decide(this.shared, this.amounts.values, this.#holds);
    this.gate.look(this.amounts.values);
  }

  /** The words after a move that adds the same wherever it is taken; whether they are the same as before. */
  #addTo(move: number, slot: number): boolean {
    const { next } = this;
    for (let index = 0; index < next.length; index++) next[index] = this.#current[index] ?? 0;
    const taken = this.#moves[move];
    if (taken === undefined) return false;
    if ("from" in taken) this.#goTo(taken.from, taken.to, slot);
    if (this.#hasEffects[move] === 1) this.#apply(taken);
    return this.#stays[move] === 1 && this.#isCurrent();
  }

  /** One slot leaves a place for another. */
  #goTo(from: number, to: number, slot: number): void {
    const { next } = this;
    const { word, shift, mask, population } = this.#layout;
    if (population === "slots") {
      const at = word[slot] ?? 0;
      next[at] = (next[at] ?? 0) + ((to - from) << (shift[slot] ?? 0));
      return;
    }
    if (from > 0) {
      const at = word[from - 1] ?? 0;
      next[at] = (next[at] ?? 0) - (1 << (shift[from - 1] ?? 0));
    }
    if (to > 0) {
      const at = word[to - 1] ?? 0;
      const before = next[at] ?? 0;
      const by = shift[to - 1] ?? 0;
      const full = mask[to - 1] ?? 0;
      if (((before >>> by) & full) === full) this.#layout.refuse(to - 1, full + 1);
      next[at] = before + (1 << by);
    }
  }

  /** Sets the machines and changes the counters of `next` that a move does. */
  #apply(move: SlotMove | SystemMove): void {
    const { next } = this;
    const { word, shift, most, mask, sharedAt } = this.#layout;
    for (const { machine, state } of move.sets) {
      const field = sharedAt + machine;
      const at = word[field] ?? 0;
      const cleared = (next[at] ?? 0) & ~((mask[field] ?? 0) << (shift[field] ?? 0));
      next[at] = cleared | (state << (shift[field] ?? 0));
    }
    for (const { counter, adds } of move.counterChanges) {
      const field = this.#fieldOfCounter[counter] ?? 0;
      const value = (this.amounts.values[counter] ?? 0) + adds;
      if (value < 0 || value > (most[field] ?? 0)) this.#layout.refuse(field, value);
      const at = word[field] ?? 0;
      next[at] = (next[at] ?? 0) + (adds << (shift[field] ?? 0));
    }
  }

  #relocate(move: number, site: number, sink: SuccessorSink): void {
    const slotMove = this.#moves[move];
    if (slotMove === undefined || !("from" in slotMove)) return;
    const slot = this.sites.slot[site] ?? 0;
    const acting = this.sites.count[site] ?? 0;
    for (const { sites, ways } of choicesOf(slotMove, site, this.sites)) {
      this.#relocation.work(slotMove, this.shared, sites, this.next);
      const identity = this.#relocation.identity && this.#isCurrent();
      sink.arrive(move, slot, acting * ways, identity, this.#relocation.gated);
    }
  }

  #isCurrent(): boolean {
    for (let index = 0; index < this.next.length; index++) {
      if (this.next[index] !== this.#current[index]) return false;
    }
    return true;
  }
}
