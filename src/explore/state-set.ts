import { GrowableUint32 } from "./growable.ts";

/** Packed states in the order in which they were met, found by an open-addressing hash table. */
export class StateSet {
  readonly #width: number;
  readonly #states: GrowableUint32;
  /** Index of a state plus 1; 0 is a free place. */
  #table = new Uint32Array(1 << 12);
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
    const width = this.#width;
    let at = hash(state) & this.#mask;
    for (;;) {
      const entry = table[at] ?? 0;
      if (entry === 0) break;
      const offset = (entry - 1) * width;
      let same = true;
      for (let word = 0; word < width; word++) {
        if (words[offset + word] !== state[word]) {
          same = false;
          break;
        }
      }
      if (same) return entry - 1;
      at = (at + 1) & this.#mask;
    }
    this.#states.pushAll(state);
    table[at] = ++this.#size;
    if (this.#size * 2 > this.#mask) this.#rehash();
    return this.#size - 1;
  }

  #rehash(): void {
    const capacity = (this.#mask + 1) * 2;
    this.#table = new Uint32Array(capacity);
    this.#mask = capacity - 1;
    const words = this.#states.raw;
    const scratch = new Uint32Array(this.#width);
    for (let index = 0; index < this.#size; index++) {
      for (let word = 0; word < this.#width; word++) {
        scratch[word] = words[index * this.#width + word] ?? 0;
      }
      let at = hash(scratch) & this.#mask;
      while (this.#table[at] !== 0) at = (at + 1) & this.#mask;
      this.#table[at] = index + 1;
    }
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
