import type { GrowableUint32 } from "./growable.ts";
import type { Layout } from "./layout.ts";

/** Bits by which a stored word says how far it is from home: at least so many. */
const leastDisplacement = 8;
/** A table that is larger at first would cost more than it saves. */
const mostBitsAtFirst = 20;
const recents = 2048;
/** How much of the table may be taken: a large one is filled further, for the sake of memory. */
const mostLoad = 0.7;
const mostLoadOfLarge = 0.85;
const largeBits = 26;

/** The bits of a second word that states have; null if they have more than a table of one word can keep. */
function bitsOfSecond({ words, word, shift, mask }: Layout): number | null {
  if (words > 2) return null;
  let bits = 0;
  word.forEach((at, field) => {
    if (at === 1) bits = Math.max(bits, (shift[field] ?? 0) + 32 - Math.clz32(mask[field] ?? 0));
  });
  return bits + leastDisplacement > mostBitsAtFirst ? null : bits;
}

/**
 * A set of packed states that keeps one word for each, and is exact: the words of a state are mixed so that nothing is
 * lost, the top bits say where its home in the table is, and what is stored is the rest and the distance from home.
 */
export class OneWordTable {
  /** How many states there are. */
  size = 0;
  readonly #width: number;
  /** The bits of the second word of a state. */
  readonly #second: number;
  #bits: number;
  #table: Int32Array;
  #mixes = new Int32Array(0);
  /** States that were met a moment ago, by the low bits of what is mixed; many are met again at once. */
  readonly #recent = new Int32Array(recents);
  readonly #recentSecond = new Int32Array(recents);
  readonly #touched = new Int32Array(1);

  private constructor(width: number, second: number) {
    this.#width = width;
    this.#second = second;
    this.#bits = Math.max(12, second + leastDisplacement);
    this.#table = new Int32Array(2 ** this.#bits);
    // 1 is not mixed into 0 there, so that no state seems to have been met.
    this.#recent[0] = 1;
  }

  /** A table for states of this layout; null if they have too many bits. */
  static for(layout: Layout): OneWordTable | null {
    const second = bitsOfSecond(layout);
    return second === null ? null : new OneWordTable(layout.words, second);
  }

  /** Bytes that are reserved. */
  get bytes(): number {
    return this.#table.byteLength;
  }

  /**
   * Adds those of some states that are new.
   *
   * First those that were met a moment ago are left out, and for each of the others the place in the table is looked at
   * where it would be: the processor fetches many places at once then, while each comparison would wait for its own.
   *
   * @param states the words of the states, one after another; they are overwritten
   * @param fresh gets the words of the new ones, in their order
   */
  addAll(states: Uint32Array, count: number, fresh: GrowableUint32): void {
    while (this.size + count > this.#table.length * this.#mostLoad) this.#grow();
    if (this.#mixes.length < count) this.#mixes = new Int32Array(count);
    const others = this.#width === 1 ? this.#touch(states, count) : this.#touchBoth(states, count);
    const width = this.#width;
    const mixes = this.#mixes;
    const known = fresh.reserve(others * width);
    let end = fresh.length;
    let size = this.size;
    let table = this.#table;
    let mask = table.length - 1;
    let rest = 32 - this.#bits;
    let further = 1 << (rest + this.#second);
    for (let index = 0; index < others; index++) {
      const mix = mixes[index] ?? 0;
      const second = width === 1 ? 0 : (states[2 * index + 1] ?? 0);
      let at = mix >>> rest;
      let entry = (further + (second << rest) + (mix & ((1 << rest) - 1))) | 0;
      let found = table[at] ?? 0;
      while (found !== 0 && found !== entry) {
        at = (at + 1) & mask;
        entry = (entry + further) | 0;
        found = table[at] ?? 0;
        if (entry >>> 0 >= further >>> 0) continue;
        // The distance from home has no room: a larger table has homes for more.
        this.#grow();
        table = this.#table;
        mask = table.length - 1;
        rest = 32 - this.#bits;
        further = 1 << (rest + this.#second);
        at = mix >>> rest;
        entry = (further + (second << rest) + (mix & ((1 << rest) - 1))) | 0;
        found = table[at] ?? 0;
      }
      if (found !== 0) continue;
      table[at] = entry;
      size++;
      known[end++] = states[width * index] ?? 0;
      if (width === 2) known[end++] = second;
    }
    this.size = size;
    fresh.length = end;
  }

  /** Moves states of one word to the front that were not met a moment ago, and looks at their homes; how many there are. */
  #touch(states: Uint32Array, count: number): number {
    const table = this.#table;
    const mixes = this.#mixes;
    const recent = this.#recent;
    const rest = 32 - this.#bits;
    let sum = 0;
    let others = 0;
    for (let index = 0; index < count; index++) {
      const state = states[index] ?? 0;
      const mix = mixed(state, 0);
      const at = mix & (recents - 1);
      if (recent[at] === mix) continue;
      recent[at] = mix;
      states[others] = state;
      mixes[others++] = mix;
      sum ^= table[mix >>> rest] ?? 0;
    }
    // What is read must be of some use, or it is not read.
    this.#touched[0] = sum;
    return others;
  }

  /** The same for states of two words. */
  #touchBoth(states: Uint32Array, count: number): number {
    const table = this.#table;
    const mixes = this.#mixes;
    const recent = this.#recent;
    const recentSecond = this.#recentSecond;
    const rest = 32 - this.#bits;
    let sum = 0;
    let others = 0;
    for (let index = 0; index < count; index++) {
      const state = states[2 * index] ?? 0;
      const second = states[2 * index + 1] ?? 0;
      const mix = mixed(state, second);
      const at = mix & (recents - 1);
      if (recent[at] === mix && recentSecond[at] === second) continue;
      recent[at] = mix;
      recentSecond[at] = second;
      states[2 * others] = state;
      states[2 * others + 1] = second;
      mixes[others++] = mix;
      sum ^= table[mix >>> rest] ?? 0;
    }
    this.#touched[0] = sum;
    return others;
  }

  get #mostLoad(): number {
    return this.#bits >= largeBits ? mostLoadOfLarge : mostLoad;
  }

  /** Puts a state, by its mixed first word and its second word, that is not there; whether the distance had room. */
  #put(mix: number, second: number): boolean {
    const table = this.#table;
    const rest = 32 - this.#bits;
    const further = 1 << (rest + this.#second);
    let at = mix >>> rest;
    let entry = (further + (second << rest) + (mix & ((1 << rest) - 1))) | 0;
    while (table[at] !== 0) {
      at = (at + 1) & (table.length - 1);
      entry = (entry + further) | 0;
      if (entry >>> 0 < further >>> 0) return false;
    }
    table[at] = entry;
    return true;
  }

  #grow(): void {
    const before = this.#table;
    const bits = this.#bits;
    do {
      this.#bits++;
      this.#table = new Int32Array(2 ** this.#bits);
    } while (!this.#takeOver(before, bits));
  }

  /** Puts the states of a smaller table; false if a distance has no room. */
  #takeOver(before: Int32Array, bits: number): boolean {
    const mask = before.length - 1;
    const rest = 32 - bits;
    const second = this.#second;
    for (let at = 0; at <= mask; at++) {
      const entry = before[at] ?? 0;
      if (entry === 0) continue;
      const home = (at + 1 - (entry >>> (rest + second))) & mask;
      const high = (entry >>> rest) & ((1 << second) - 1);
      if (!this.#put((home << rest) | (entry & ((1 << rest) - 1)), high)) return false;
    }
    return true;
  }
}

/** Mixes the first word of a state with the second, so that it can be worked out again from the mixed and the second one. */
function mixed(first: number, second: number): number {
  let mix = first ^ Math.imul(second, 0x9e3779b1);
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return mix ^ (mix >>> 16);
}
