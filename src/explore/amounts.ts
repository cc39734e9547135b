import type { CompiledSystem } from "../compile/compiled-system.ts";
import type { Layout } from "./layout.ts";
import type { Sites } from "./sites.ts";

/** Works out the totals and counters of packed states. */
export class Amounts {
  /** In the order of the compiled quantities. */
  readonly values: Int32Array;
  readonly #layout: Layout;
  readonly #counters: Int32Array;
  /** The totals that a counter is added to, each followed by the counter. */
  readonly #plus: Int32Array;
  /** The totals that count a slot in place p are `#counted` from `#starts[p]` to `#starts[p + 1]`. */
  readonly #counted: Int32Array;
  readonly #starts: Int32Array;

  constructor({ quantities, counters, places }: CompiledSystem, layout: Layout) {
    this.#layout = layout;
    this.#counters = Int32Array.from(counters);
    this.#plus = Int32Array.from(
      quantities.flatMap(({ plus }, total) => (plus < 0 ? [] : [total, plus])),
    );
    this.values = new Int32Array(quantities.length);
    const counted: number[] = [];
    this.#starts = new Int32Array(places.length + 1);
    places.forEach((_, place) => {
      quantities.forEach(({ weights }, total) => {
        if (weights[place] === 1) counted.push(total);
      });
      this.#starts[place + 1] = counted.length;
    });
    this.#counted = Int32Array.from(counted);
  }

  /** Works out every total and counter of the state that starts at `offset` of `words`. */
  read(words: Uint32Array, offset: number, sites: Sites): void {
    const { values } = this;
    const { word, shift, mask, countersAt } = this.#layout;
    values.fill(0);
    for (let order = 0; order < this.#counters.length; order++) {
      const field = countersAt + order;
      values[this.#counters[order] ?? 0] =
        ((words[offset + (word[field] ?? 0)] ?? 0) >>> (shift[field] ?? 0)) & (mask[field] ?? 0);
    }
    for (let site = 0; site < sites.length; site++) {
      this.count(values, sites.place[site] ?? 0, sites.count[site] ?? 0);
    }
    this.addCounters(values);
  }

  /** Adds slots of a place to the totals that count them. */
  count(values: Int32Array, place: number, slots: number): void {
    const end = this.#starts[place + 1] ?? 0;
    for (let at = this.#starts[place] ?? 0; at < end; at++) {
      const total = this.#counted[at] ?? 0;
      values[total] = (values[total] ?? 0) + slots;
    }
  }

  /** Adds to totals the counters that belong to them. */
  addCounters(values: Int32Array): void {
    for (let at = 0; at < this.#plus.length; at += 2) {
      const total = this.#plus[at] ?? 0;
      values[total] = (values[total] ?? 0) + (values[this.#plus[at + 1] ?? 0] ?? 0);
    }
  }
}
