import type { Scope } from "../compile/scope.ts";
import { censusOf, type Census } from "./census.ts";
import { Expander, type SuccessorSink } from "./expander.ts";
import { GrowableUint32 } from "./growable.ts";
import { Layout } from "./layout.ts";
import { MoveKinds } from "./move-kinds.ts";
import { edgeCode } from "./state-graph.ts";
import { StateSet } from "./state-set.ts";

/** Which states are told apart, and how they are packed. */
export interface SearchedStates {
  /** Whether states that differ by a permutation of slots are merged. Counts are exact either way. */
  readonly symmetry: boolean;
  /** How merged states say where the slots are; what costs less if undefined. */
  readonly population?: "counts" | "list";
}

/** Successors that are looked up together. */
const batch = 2048;

/** A breadth-first search as far as it has got. */
export class Search implements SuccessorSink {
  readonly set: StateSet;
  readonly parents = new GrowableUint32();
  readonly edgeStarts = new GrowableUint32();
  readonly edgeTargets = new GrowableUint32();
  readonly edgeCodes = new GrowableUint32();
  readonly layout: Layout;
  readonly kinds: MoveKinds;
  readonly census: Census;
  /** The states whose transitions are known. */
  expanded = 0;
  /** Steps from the initial state to the next one. */
  level = 0;
  /** Of the expanded states, the ones whose slots are in ascending order of their places. */
  canonical = 0;
  mostUp = 0;
  /** Transitions that were followed. */
  followed = 0;
  readonly #keepsTransitions: boolean;
  /** The total whose most is told: the first gauge. */
  readonly #gauge: number;
  readonly #symmetry: boolean;
  readonly #expander: Expander;
  #levelEnd = 1;
  #outgoing = 0;
  #loops = 0;
  // Successors that have not been looked up yet: their words and hashes, whence they come, and their transitions.
  #waiting = 0;
  readonly #words: Uint32Array;
  readonly #hashes = new Uint32Array(batch);
  readonly #sources = new Uint32Array(batch);
  readonly #edges = new Uint32Array(batch);

  constructor(
    scope: Scope,
    { symmetry, population }: SearchedStates,
    room: "likely" | "all",
    keepsTransitions: boolean,
  ) {
    this.#keepsTransitions = keepsTransitions;
    this.#gauge = scope.system.vocabulary.gauges[0]?.quantity ?? -1;
    this.#symmetry = symmetry;
    this.layout = new Layout(scope, symmetry, room, population);
    this.kinds = new MoveKinds(scope.system);
    this.census = censusOf(scope, this.layout);
    this.#expander = new Expander(scope, this.layout, this.kinds);
    this.set = new StateSet(this.layout.words);
    this.set.add(new Uint32Array(this.layout.words));
    this.parents.push(0);
    this.#words = new Uint32Array(batch * this.layout.words);
  }

  /** Bytes that are reserved. */
  get bytes(): number {
    const lists = [this.parents, this.edgeStarts, this.edgeTargets, this.edgeCodes];
    return lists.reduce((sum, { bytes }) => sum + bytes, this.set.bytes);
  }

  /** The states that are known, if those that wait to be looked up are all new. */
  get mostStates(): number {
    return this.set.size + this.#waiting;
  }

  /** Whether there is a state whose transitions are not known yet. */
  goesOn(): boolean {
    if (this.expanded === this.#levelEnd) {
      this.settle();
      this.level++;
      this.#levelEnd = this.set.size;
    }
    return this.expanded < this.set.size;
  }

  /** Looks up the successors that wait for it. */
  settle(): void {
    const { set, parents, edgeTargets } = this;
    const { words } = this.layout;
    set.touch(this.#words, this.#waiting, this.#hashes);
    for (let index = 0; index < this.#waiting; index++) {
      const before = set.size;
      const target = set.add(this.#words, index * words, this.#hashes[index]);
      if (!this.#keepsTransitions) continue;
      if (set.size > before) parents.push(this.#sources[index] ?? 0);
      edgeTargets.set(this.#edges[index] ?? 0, target);
    }
    this.#waiting = 0;
  }

  /** Follows every transition of the next state. */
  step(): void {
    if (this.#keepsTransitions) this.edgeStarts.push(this.edgeTargets.length);
    this.#outgoing = 0;
    this.#loops = 0;
    this.#expander.expand(this.set.words, this.expanded * this.layout.words, this);
    const { sites, amounts } = this.#expander;
    const up = this.#gauge < 0 ? 0 : (amounts.values[this.#gauge] ?? 0);
    if (up > this.mostUp) this.mostUp = up;
    this.census.add(sites, this.#outgoing, this.#loops);
    if (this.#symmetry || sites.isAscending) this.canonical++;
    this.expanded++;
  }

  arrive(move: number, slot: number, ways: number, identity: boolean, gated: boolean): void {
    this.#outgoing += ways;
    if (identity) this.#loops += ways;
    else {
      const { next } = this.#expander;
      if (this.#waiting === batch) this.settle();
      const index = this.#waiting++;
      const offset = index * next.length;
      for (let word = 0; word < next.length; word++) this.#words[offset + word] = next[word] ?? 0;
      this.#sources[index] = this.expanded;
      this.#edges[index] = this.edgeTargets.length;
    }
    this.followed++;
    if (!this.#keepsTransitions) return;
    // Where it leads is written once it has been looked up.
    this.edgeTargets.push(this.expanded);
    this.edgeCodes.push(edgeCode(move, this.#symmetry ? 0 : slot, identity, gated));
  }
}
