import type { Scope } from "../compile/scope.ts";
import { Findings } from "./findings.ts";
import { GrowableUint32 } from "./growable.ts";
import { Layout } from "./layout.ts";
import { MoveKinds } from "./move-kinds.ts";
import { StateSet } from "./state-set.ts";
import { Successors, type Expansion } from "./successors.ts";
import { Tally } from "./tally.ts";

/** Which states are told apart, and how they are packed. */
export interface SearchedStates {
  /** Whether states that differ by a permutation of slots are merged. Counts are exact either way. */
  readonly symmetry: boolean;
  /** How merged states say where the slots are; what costs less if undefined. */
  readonly population?: "counts" | "list";
  /** By what successors are worked out; by the tables for the first states, then by code, if undefined. */
  readonly expansion?: Expansion;
}

/** A breadth-first search as far as it has got, with its transitions. */
export class Search {
  readonly set: StateSet;
  readonly parents = new GrowableUint32();
  readonly edgeStarts = new GrowableUint32();
  readonly layout: Layout;
  readonly kinds: MoveKinds;
  readonly successors: Successors;
  readonly tally: Tally;
  /** What was found out about the states; null where slots are told apart. */
  readonly findings: Findings | null;
  /** The states whose transitions are known. */
  expanded = 0;
  /** Steps from the initial state to the next one. */
  level = 0;
  #levelEnd = 1;
  readonly #indices: Uint32Array;

  constructor(scope: Scope, states: SearchedStates, room: "likely" | "all") {
    const { symmetry, population, expansion = "tables, then code" } = states;
    this.layout = new Layout(scope, symmetry, room, population);
    this.kinds = new MoveKinds(scope.system);
    this.tally = new Tally(scope, this.layout);
    const settle = this.settle.bind(this);
    this.findings = symmetry ? new Findings(scope) : null;
    const options = { symmetry, keeps: true, expansion, findings: this.findings, settle };
    this.successors = new Successors(scope, this.layout, this.kinds, options);
    this.set = new StateSet(this.layout.words);
    this.set.add(new Uint32Array(this.layout.words));
    this.#indices = new Uint32Array(this.successors.sources.length);
    this.parents.push(0);
  }

  /** Bytes that are reserved. */
  get bytes(): number {
    const { edgeTargets, edgeCodes } = this.successors;
    const lists = [this.parents, this.edgeStarts, edgeTargets, edgeCodes];
    return lists.reduce((sum, { bytes }) => sum + bytes, this.set.bytes);
  }

  /** The states that are known. */
  get states(): number {
    return this.set.size;
  }

  /** The states that are known, if those that wait to be looked up are all new. */
  get mostStates(): number {
    return this.set.size + this.successors.waiting;
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
    const { states, sources, edges, targets, waiting } = this.successors;
    const indices = this.#indices;
    let known = this.set.size;
    this.set.addAll(states, waiting, indices);
    for (let index = 0; index < waiting; index++) {
      const target = indices[index] ?? 0;
      targets[edges[index] ?? 0] = target;
      if (target !== known) continue;
      known++;
      this.parents.push(sources[index] ?? 0);
    }
    this.successors.waiting = 0;
  }

  /** Follows every transition of the next state. */
  step(): void {
    this.edgeStarts.push(this.successors.edgeTargets.length);
    this.successors.expand(this.set.words, this.expanded * this.layout.words, this.expanded);
    this.tally.count(this.successors);
    this.expanded++;
  }
}
