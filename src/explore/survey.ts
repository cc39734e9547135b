import type { Scope } from "../compile/scope.ts";
import { GrowableUint32 } from "./growable.ts";
import { Layout } from "./layout.ts";
import { MoveKinds } from "./move-kinds.ts";
import { OneWordTable } from "./one-word-table.ts";
import type { SearchedStates } from "./search.ts";
import { StateSet } from "./state-set.ts";
import { Successors } from "./successors.ts";
import { Tally } from "./tally.ts";

/** A breadth-first search that keeps no transitions: of the states that were expanded it only knows that they were met. */
export class SurveySearch {
  readonly successors: Successors;
  readonly tally: Tally;
  /** The states whose transitions were followed. */
  expanded = 0;
  /** Steps from the initial state to the next one. */
  level = 0;
  readonly #layout: Layout;
  readonly #met: OneWordTable | MetStates;
  /** The states of this level and of the next one, and how many of this level were expanded. */
  #now = new GrowableUint32();
  #next = new GrowableUint32();
  #at = 0;

  constructor(scope: Scope, states: SearchedStates, room: "likely" | "all") {
    const { symmetry, population, expansion = "tables, then code" } = states;
    this.#layout = new Layout(scope, symmetry, room, population);
    this.tally = new Tally(scope, this.#layout);
    const settle = this.settle.bind(this);
    const options = { symmetry, keeps: false, expansion, findings: null, settle };
    this.successors = new Successors(scope, this.#layout, new MoveKinds(scope.system), options);
    this.#met = OneWordTable.for(this.#layout) ?? new MetStates(this.#layout.words);
    this.#met.addAll(new Uint32Array(this.#layout.words), 1, this.#now);
  }

  /** Bytes that are reserved. */
  get bytes(): number {
    return this.#met.bytes + this.#now.bytes + this.#next.bytes;
  }

  /** The states that are known. */
  get states(): number {
    return this.#met.size;
  }

  /** The states that are known, if those that wait to be looked up are all new. */
  get mostStates(): number {
    return this.#met.size + this.successors.waiting;
  }

  /** Whether there is a state whose transitions were not followed yet. */
  goesOn(): boolean {
    if (this.#at < this.#now.length) return true;
    this.settle();
    [this.#now, this.#next] = [this.#next, this.#now];
    this.#next.length = 0;
    this.#at = 0;
    this.level++;
    return this.#now.length > 0;
  }

  /** Looks up the successors that wait for it. */
  settle(): void {
    const { states, waiting } = this.successors;
    this.#met.addAll(states, waiting, this.#next);
    this.successors.waiting = 0;
  }

  /** Follows every transition of the next state. */
  step(): void {
    this.successors.expand(this.#now.raw, this.#at, this.expanded);
    this.#at += this.#layout.words;
    this.tally.count(this.successors);
    this.expanded++;
  }
}

/** The same as a table of one word a state, for states of more bits. */
class MetStates {
  readonly #set: StateSet;
  readonly #width: number;
  #indices = new Uint32Array(0);

  constructor(width: number) {
    this.#width = width;
    this.#set = new StateSet(width);
  }

  get size(): number {
    return this.#set.size;
  }

  get bytes(): number {
    return this.#set.bytes;
  }

  addAll(states: Uint32Array, count: number, fresh: GrowableUint32): void {
    if (this.#indices.length < count) this.#indices = new Uint32Array(2 * count);
    const before = this.#set.size * this.#width;
    this.#set.addAll(states, count, this.#indices);
    const end = this.#set.size * this.#width;
    fresh.reserve(end - before).set(this.#set.words.subarray(before, end), fresh.length);
    fresh.length += end - before;
  }
}
