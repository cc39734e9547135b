import { StateSet } from "./state-set.ts";

/** Groups that are kept before what is known of them is added up. */
const mostGroups = 2 ** 18;

/** What states with the same numbers of slots at their sites, wherever these are, have together. */
export interface Group {
  /** The numbers of slots above 1, in descending order; as many as `length`. */
  readonly counts: Int32Array;
  length: number;
  states: number;
  outgoing: number;
  loops: number;
}

/**
 * Puts states together that stand for equally many labelled ones: those with the same numbers of slots, in whatever places.
 * There are many fewer of them than there are states, and what is costly is done once for each.
 */
export class Groups {
  readonly #bits: number;
  readonly #perWord: number;
  readonly #width: number;
  readonly #key: Uint32Array;
  readonly #sorted: Int32Array;
  readonly #each: (group: Group) => void;
  #set: StateSet;
  readonly #states = new Float64Array(mostGroups);
  readonly #outgoing = new Float64Array(mostGroups);
  readonly #loops = new Float64Array(mostGroups);

  /**
   * @param slots how many slots there are
   * @param places in how many places
   * @param each gets every group at last; a group may come more than once, each time with other states
   */
  constructor(slots: number, places: number, each: (group: Group) => void) {
    const most = Math.max(1, Math.min(places, Math.floor(slots / 2)));
    this.#bits = 32 - Math.clz32(slots);
    this.#perWord = Math.floor(32 / this.#bits);
    this.#width = Math.ceil(most / this.#perWord);
    this.#key = new Uint32Array(this.#width);
    this.#sorted = new Int32Array(most);
    this.#each = each;
    this.#set = new StateSet(this.#width);
  }

  /** Puts a state to its group. */
  add(counts: Int32Array, sites: number, outgoing: number, loops: number): void {
    this.#writeKey(counts, sites);
    const index = this.#set.add(this.#key);
    this.#states[index] = (this.#states[index] ?? 0) + 1;
    this.#outgoing[index] = (this.#outgoing[index] ?? 0) + outgoing;
    this.#loops[index] = (this.#loops[index] ?? 0) + loops;
    if (this.#set.size === mostGroups) this.flush();
  }

  /** Hands over all groups, and begins anew. */
  flush(): void {
    const set = this.#set;
    const group = { counts: this.#sorted, length: 0, states: 0, outgoing: 0, loops: 0 };
    for (let index = 0; index < set.size; index++) {
      group.length = 0;
      for (let at = 0; at < this.#sorted.length; at++) {
        const word = set.words[index * this.#width + Math.floor(at / this.#perWord)] ?? 0;
        const count = (word >>> ((at % this.#perWord) * this.#bits)) & (2 ** this.#bits - 1);
        if (count === 0) break;
        this.#sorted[group.length++] = count;
      }
      group.states = this.#states[index] ?? 0;
      group.outgoing = this.#outgoing[index] ?? 0;
      group.loops = this.#loops[index] ?? 0;
      this.#each(group);
    }
    for (const sums of [this.#states, this.#outgoing, this.#loops]) sums.fill(0, 0, set.size);
    this.#set = new StateSet(this.#width);
  }

  #writeKey(counts: Int32Array, sites: number): void {
    const sorted = this.#sorted;
    let length = 0;
    for (let site = 0; site < sites; site++) {
      const count = counts[site] ?? 0;
      if (count < 2) continue;
      let at = length++;
      while (at > 0 && (sorted[at - 1] ?? 0) < count) {
        sorted[at] = sorted[at - 1] ?? 0;
        at--;
      }
      sorted[at] = count;
    }
    const bits = this.#bits;
    const perWord = this.#perWord;
    let at = 0;
    for (let word = 0; word < this.#width; word++) {
      let packed = 0;
      for (let index = 0; index < perWord && at < length; index++) {
        packed |= (sorted[at++] ?? 0) << (index * bits);
      }
      this.#key[word] = packed;
    }
  }
}
