/** A list of unsigned 32-bit numbers that grows by doubling. */
export class GrowableUint32 {
  #items: Uint32Array;
  #length = 0;

  constructor(capacity = 1024) {
    this.#items = new Uint32Array(capacity);
  }

  /** A list of these items. */
  static of(items: Uint32Array): GrowableUint32 {
    const list = new GrowableUint32(0);
    list.#items = items;
    list.#length = items.length;
    return list;
  }

  /** A copy of the items. */
  copy(): Uint32Array {
    return this.#items.slice(0, this.#length);
  }

  /** The items, without a copy; of no more use once the list grows. */
  view(): Uint32Array {
    return this.#items.subarray(0, this.#length);
  }

  get length(): number {
    return this.#length;
  }

  /** Makes the list shorter, or longer by items that were written into `raw` after `reserve`. */
  set length(length: number) {
    this.#length = length;
  }

  /** The reserved memory, with room for so many more items. */
  reserve(more: number): Uint32Array {
    if (this.#length + more > this.#items.length) this.#grow(this.#length + more);
    return this.#items;
  }

  /** Bytes that are reserved. */
  get bytes(): number {
    return this.#items.byteLength;
  }

  /** The item at an index below `length`. */
  at(index: number): number {
    return this.#items[index] ?? 0;
  }

  /** Appends one item. */
  push(item: number): void {
    if (this.#length === this.#items.length) this.#grow(this.#length + 1);
    this.#items[this.#length++] = item;
  }

  /** Changes the item at an index below `length`. */
  set(index: number, item: number): void {
    this.#items[index] = item;
  }

  /** The reserved memory; items from `length` on have no meaning, and it is replaced when the list grows. */
  get raw(): Uint32Array {
    return this.#items;
  }

  #grow(least: number): void {
    const bigger = new Uint32Array(Math.max(least, this.#items.length * 2));
    bigger.set(this.#items);
    this.#items = bigger;
  }
}
