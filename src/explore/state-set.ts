import { GrowableUint32 } from "./growable.ts";

const seedOfHash = 0x9e3779b9;

/** How much of the table may be taken. */
const mostLoad = 0.7;

/** From so many states on, the table grows by two and not by four. */
const slowGrowth = 2 ** 20;

/** Packed states in the order in which they were met, found by an open-addressing hash table. */
export class StateSet {
  readonly #width: number;
  readonly #states: GrowableUint32;
  /** Two numbers a place: the first word of a state, and its index plus 1; 0 there is a free place. */
  #table = new Uint32Array(2 << 12);
  #mask = (1 << 12) - 1;
  #size = 0;
  readonly #touched = new Uint32Array(1);

  /** @param width words in a state */
  constructor(width: number) {
    this.#width = width;
    this.#states = new GrowableUint32(width * 1024);
  }

  get size(): number {
    return this.#size;
  }

  /** Bytes that are reserved. */
  get bytes(): number {
    return this.#table.byteLength + this.#states.bytes;
  }

  /** The words of all states, `width` each; replaced when the set grows. */
  get words(): Uint32Array {
    return this.#states.raw;
  }

  /**
   * Adds those of some states that are new, in their order.
   *
   * First every place in the table is looked at where one of them would be: the processor fetches many places at once
   * then, while each comparison would wait for its own.
   *
   * @param states the words of the states, one after another
   * @param indices gets the index of each
   */
  addAll(states: Uint32Array, count: number, indices: Uint32Array): void {
    this.#makeRoom(count);
    const table = this.#table;
    const mask = this.#mask;
    const width = this.#width;
    let sum = 0;
    for (let index = 0; index < count; index++) {
      const hash =
        width === 1 ? hashOfWord(states[index] ?? 0) : hashOf(states, index * width, width);
      indices[index] = hash;
      sum ^= table[2 * (hash & mask) + 1] ?? 0;
    }
    // What is read must be of some use, or it is not read.
    this.#touched[0] = sum;
    if (width === 1) this.#addWords(states, count, indices);
    else
      for (let index = 0; index < count; index++) {
        indices[index] = this.#add(states, index * width, indices[index] ?? 0);
      }
  }

  /**
   * Adds the state that starts at `from`, if it is new. Returns its index; compare `size` before and after to see whether
   * it was.
   */
  add(state: Uint32Array, from = 0): number {
    this.#makeRoom(1);
    const width = this.#width;
    return this.#add(
      state,
      from,
      width === 1 ? hashOfWord(state[from] ?? 0) : hashOf(state, from, width),
    );
  }

  /** The same as `#add` for each state, where a state is one word, which the table keeps itself. */
  #addWords(states: Uint32Array, count: number, indices: Uint32Array): void {
    const table = this.#table;
    const mask = this.#mask;
    const words = this.#states.reserve(count);
    let size = this.#size;
    for (let index = 0; index < count; index++) {
      const state = states[index] ?? 0;
      let at = 2 * ((indices[index] ?? 0) & mask);
      let entry = table[at + 1] ?? 0;
      while (entry !== 0 && table[at] !== state) {
        at = (at + 2) & (2 * mask);
        entry = table[at + 1] ?? 0;
      }
      if (entry === 0) {
        words[size] = state;
        entry = ++size;
        table[at] = state;
        table[at + 1] = entry;
      }
      indices[index] = entry - 1;
    }
    this.#size = size;
    this.#states.length = size;
  }

  #add(state: Uint32Array, from: number, hash: number): number {
    const words = this.#states.raw;
    const table = this.#table;
    const mask = this.#mask;
    const width = this.#width;
    const first = state[from] ?? 0;
    let at = hash & mask;
    for (let entry = table[2 * at + 1] ?? 0; entry !== 0; entry = table[2 * at + 1] ?? 0) {
      if (table[2 * at] === first) {
        const offset = (entry - 1) * width;
        let word = 1;
        while (word < width && words[offset + word] === state[from + word]) word++;
        if (word === width) return entry - 1;
      }
      at = (at + 1) & mask;
    }
    for (let word = 0; word < width; word++) this.#states.push(state[from + word] ?? 0);
    table[2 * at] = first;
    table[2 * at + 1] = ++this.#size;
    return this.#size - 1;
  }

  /** Makes the table so large that so many states more can be added. */
  #makeRoom(more: number): void {
    while (this.#size + more > (this.#mask + 1) * mostLoad) this.#rehash();
  }

  #rehash(): void {
    const capacity = (this.#mask + 1) * (this.#size < slowGrowth ? 4 : 2);
    const table = new Uint32Array(2 * capacity);
    const mask = capacity - 1;
    const words = this.#states.raw;
    for (let index = 0; index < this.#size; index++) {
      const offset = index * this.#width;
      const first = words[offset] ?? 0;
      let at = (this.#width === 1 ? hashOfWord(first) : hashOf(words, offset, this.#width)) & mask;
      while (table[2 * at + 1] !== 0) at = (at + 1) & mask;
      table[2 * at] = first;
      table[2 * at + 1] = index + 1;
    }
    this.#table = table;
    this.#mask = mask;
  }
}

/** Mixes one word: a multiplication, with its high bits brought down. */
function hashOfWord(word: number): number {
  const mixed = Math.imul(word ^ (word >>> 15), seedOfHash);
  return mixed ^ (mixed >>> 15);
}

/** Mixes the words of a state (the finalizer of MurmurHash3 after each). */
function hashOf(words: Uint32Array, from: number, width: number): number {
  let mixed = seedOfHash;
  for (let word = 0; word < width; word++) {
    mixed ^= words[from + word] ?? 0;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    mixed ^= mixed >>> 16;
  }
  return mixed >>> 0;
}
