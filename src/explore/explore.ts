import type { Scope } from "../compile/scope.ts";
import { censusOf, type Census } from "./census.ts";
import { Expander, type SuccessorSink } from "./expander.ts";
import { GrowableUint32 } from "./growable.ts";
import { Layout, NoRoom } from "./layout.ts";
import { MoveKinds } from "./move-kinds.ts";
import { edgeCode, mostMoves, mostSlots, type StateGraph } from "./state-graph.ts";
import { StateSet } from "./state-set.ts";

/** How far a search may go. */
export interface ExploreOptions {
  /** Whether states that differ by a permutation of slots are merged. Counts are exact either way. */
  readonly symmetry: boolean;
  /** How merged states say where the slots are; what costs less if undefined. */
  readonly population?: "counts" | "list";
  /** Most states to visit. */
  readonly maxStates: number;
  /** Most bytes to reserve for states and transitions. */
  readonly maxBytes: number;
  /** Called now and then with the numbers of visited and of waiting states. */
  readonly onProgress?: (visited: number, waiting: number) => void;
}

export const defaultLimits = { maxStates: 20_000_000, maxBytes: 8 * 2 ** 30 } as const;

const progressEvery = 4096;

/** Successors that are looked up together. */
const batch = 2048;

/** A search as far as it has got. */
class Search implements SuccessorSink {
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
  /** Of those, the ones whose slots are in ascending order of their places. */
  canonical = 0;
  mostUp = 0;
  readonly #scope: Scope;
  readonly #symmetry: boolean;
  readonly #expander: Expander;
  #outgoing = 0;
  #loops = 0;
  // Successors that have not been looked up yet: their words and hashes, whence they come, and their transitions.
  #waiting = 0;
  readonly #words: Uint32Array;
  readonly #hashes = new Uint32Array(batch);
  readonly #sources = new Uint32Array(batch);
  readonly #edges = new Uint32Array(batch);

  constructor(scope: Scope, { symmetry, population }: ExploreOptions, room: "likely" | "all") {
    this.#scope = scope;
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
    if (this.expanded === this.set.size) this.settle();
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
      if (set.size > before) parents.push(this.#sources[index] ?? 0);
      edgeTargets.set(this.#edges[index] ?? 0, target);
    }
    this.#waiting = 0;
  }

  /** Follows every transition of the next state. */
  step(): void {
    this.edgeStarts.push(this.edgeTargets.length);
    this.#outgoing = 0;
    this.#loops = 0;
    this.#expander.expand(this.set.words, this.expanded * this.layout.words, this);
    const { sites, amounts } = this.#expander;
    const up = amounts.values[this.#scope.system.vocabulary.up] ?? 0;
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
    // Where it leads is written once it has been looked up.
    this.edgeTargets.push(this.expanded);
    this.edgeCodes.push(edgeCode(move, this.#symmetry ? 0 : slot, identity, gated));
  }
}

/** Why a search may not go on; null if it may. */
function bound(search: Search, { maxStates, maxBytes, onProgress }: ExploreOptions): string | null {
  const { set, expanded } = search;
  if (search.mostStates > maxStates || expanded % progressEvery === 0) search.settle();
  if (set.size > maxStates) return `the limit of ${maxStates} states`;
  if (expanded % progressEvery !== 0) return null;
  onProgress?.(expanded, set.size - expanded);
  return search.bytes > maxBytes ? `the limit of ${Math.round(maxBytes / 2 ** 20)} MiB` : null;
}

/**
 * Visits every reachable state of a scope, breadth first.
 *
 * @throws RangeError if the scope has more slots, states of a slot or actions than a search can number, or if a counter
 * leaves its range.
 */
export function explore(scope: Scope, options: ExploreOptions): StateGraph {
  const { system, parameters } = scope;
  const actions = system.slotMoves.length + system.systemMoves.length;
  if (!options.symmetry && parameters.chunks > mostSlots) {
    throw new RangeError(`a search of labelled states can have ${mostSlots} chunks at most`);
  }
  if (actions > mostMoves) throw new RangeError(`a search can have ${mostMoves} actions at most`);
  try {
    return searched(scope, options, "likely");
  } catch (error) {
    if (!(error instanceof NoRoom)) throw error;
    return searched(scope, options, "all");
  }
}

function searched(scope: Scope, options: ExploreOptions, room: "likely" | "all"): StateGraph {
  const search = new Search(scope, options, room);
  let endedBy: string | null = null;
  while (search.goesOn()) {
    endedBy = bound(search, options);
    if (endedBy !== null) break;
    search.step();
  }
  const { layout, kinds, set, expanded, parents, edgeStarts, edgeTargets, edgeCodes } = search;
  edgeStarts.push(edgeTargets.length);
  const { counted } = search.census;
  return {
    scope,
    layout,
    kinds,
    symmetry: options.symmetry,
    complete: endedBy === null,
    endedBy,
    states: set.size,
    expanded,
    words: set.words,
    parents,
    edgeStarts,
    edgeTargets,
    edgeCodes,
    counts: {
      labelled: counted.labelled,
      canonical: search.canonical,
      transitions: counted.transitions,
      selfLoops: counted.selfLoops,
      mostUp: search.mostUp,
    },
  };
}
