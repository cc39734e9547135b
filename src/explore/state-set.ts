import { GrowableUint32 } from "./growable.ts";

/** Packed states in the order in which they were met, found by an open-addressing hash table. */
export class StateSet {
  readonly #width: number;
  readonly #states: GrowableUint32;
  /** Two numbers a place: the first word of a state, and its index plus 1; 0 there is a free place. */
  #table = new Uint32Array(2 << 12);
  #mask = (1 << 12) - 1;
  #size = 0;

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

  /** Adds a state if it is new. Returns its index; compare `size` before and after to see whether it was. */
  add(state: Uint32Array): number {
    const words = this.#states.raw;
    const table = this.#table;
    const mask = this.#mask;
    const width = this.#width;
    const first = state[0] ?? 0;
    let at = hash(state) & mask;
    for (let entry = table[2 * at + 1] ?? 0; entry !== 0; entry = table[2 * at + 1] ?? 0) {
      if (table[2 * at] === first) {
        const offset = (entry - 1) * width;
        let word = 1;
        while (word < width && words[offset + word] === state[word]) word++;
        if (word === width) return entry - 1;
      }
      at = (at + 1) & mask;
    }
    this.#states.pushAll(state);
    table[2 * at] = first;
    table[2 * at + 1] = ++this.#size;
    if (this.#size * 2 > mask) this.#rehash();
    return this.#size - 1;
  }

  #rehash(): void {
    const capacity = (this.#mask + 1) * 2;
    const table = new Uint32Array(2 * capacity);
    const mask = capacity - 1;
    const words = this.#states.raw;
    const scratch = new Uint32Array(this.#width);
    for (let index = 0; index < this.#size; index++) {
      for (let word = 0; word < this.#width; word++) {
        scratch[word] = words[index * this.#width + word] ?? 0;
      }
      let at = hash(scratch) & mask;
      while (table[2 * at + 1] !== 0) at = (at + 1) & mask;
      table[2 * at] = scratch[0] ?? 0;
      table[2 * at + 1] = index + 1;
    }
    this.#table = table;
    this.#mask = mask;
  }
}

/** Mixes the words of a state (the finalizer of MurmurHash3 after each). */
function hash(state: Uint32Array): number {
  let mixed = 0x9e3779b9;
  for (const word of state) {
    mixed ^= word;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    mixed ^= mixed >>> 16;
  }
  return mixed >>> 0;
}
