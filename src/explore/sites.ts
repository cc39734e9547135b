import type { Layout } from "./layout.ts";

/**
 * Where the slots of a state are: by slot where slots are told apart, else by place, in ascending order. What it holds is
 * valid until the next `read`.
 */
export class Sites {
  /** How many sites there are. */
  length = 0;
  /** Of each site its place, how many slots are there, and the (first) slot. */
  readonly place: Int32Array;
  readonly count: Int32Array;
  readonly slot: Int32Array;
  readonly #layout: Layout;

  constructor(layout: Layout) {
    const most = layout.population === "counts" ? layout.places : layout.slots;
    this.#layout = layout;
    this.place = new Int32Array(most);
    this.count = new Int32Array(most);
    this.slot = new Int32Array(most);
  }

  /** Reads the state that starts at `offset` of `words`. */
  read(words: Uint32Array, offset: number): void {
    switch (this.#layout.population) {
      case "counts":
        this.#readCounts(words, offset);
        break;
      case "list":
        this.#readSlots(words, offset, true);
        break;
      case "slots":
        this.#readSlots(words, offset, false);
        break;
    }
  }

  /** How many slots are in a place. */
  in(place: number): number {
    let count = 0;
    for (let site = 0; site < this.length; site++) {
      if (this.place[site] === place) count += this.count[site] ?? 0;
    }
    return count;
  }

  /** Whether the sites are in ascending order of their places: always, where slots are not told apart. */
  get isAscending(): boolean {
    for (let site = 1; site < this.length; site++) {
      if ((this.place[site - 1] ?? 0) > (this.place[site] ?? 0)) return false;
    }
    return true;
  }

  #readCounts(words: Uint32Array, offset: number): void {
    const { word, shift, mask, sharedAt, slots } = this.#layout;
    let found = 1;
    let elsewhere = 0;
    for (let field = 0; field < sharedAt; field++) {
      const count =
        ((words[offset + (word[field] ?? 0)] ?? 0) >>> (shift[field] ?? 0)) & (mask[field] ?? 0);
      if (count === 0) continue;
      this.place[found] = field + 1;
      this.count[found] = count;
      found++;
      elsewhere += count;
    }
    // Place 0 comes first; it is left out where nothing is there.
    if (elsewhere === slots) {
      this.place.copyWithin(0, 1, found);
      this.count.copyWithin(0, 1, found);
      found--;
    } else {
      this.place[0] = 0;
      this.count[0] = slots - elsewhere;
    }
    this.length = found;
    let slot = 0;
    for (let site = 0; site < found; site++) {
      this.slot[site] = slot;
      slot += this.count[site] ?? 0;
    }
  }

  #readSlots(words: Uint32Array, offset: number, together: boolean): void {
    const { word, shift, mask, slots } = this.#layout;
    let found = 0;
    for (let slot = 0; slot < slots; slot++) {
      const place =
        ((words[offset + (word[slot] ?? 0)] ?? 0) >>> (shift[slot] ?? 0)) & (mask[slot] ?? 0);
      if (together && found > 0 && this.place[found - 1] === place) {
        this.count[found - 1] = (this.count[found - 1] ?? 0) + 1;
        continue;
      }
      this.place[found] = place;
      this.count[found] = 1;
      this.slot[found] = slot;
      found++;
    }
    this.length = found;
  }
}
