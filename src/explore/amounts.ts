import type { CompiledSystem } from "../compile/compiled-system.ts";
import type { Layout } from "./layout.ts";
import type { Sites } from "./sites.ts";

/** Works out the totals and counters of packed states. */
export class Amounts {
  /** In the order of the compiled quantities. */
  readonly values: Int32Array;
  /** What a slot in each place adds to each quantity: `weights[quantity * places + place]`. */
  readonly weights: Int32Array;
  readonly #layout: Layout;
  readonly #counters: readonly number[];
  readonly #totals: readonly number[];
  readonly #plus: Int32Array;

  constructor({ quantities, counters, places }: CompiledSystem, layout: Layout) {
    this.#layout = layout;
    this.#counters = counters;
    this.#totals = quantities.flatMap(({ kind }, index) => (kind === "total" ? [index] : []));
    this.#plus = Int32Array.from(quantities, ({ plus }) => plus);
    this.values = new Int32Array(quantities.length);
    this.weights = Int32Array.from(
      quantities.flatMap(({ weights }) => places.map(({ id }) => weights[id] ?? 0)),
    );
  }

  /** Works out every total and counter of the state that starts at `offset` of `words`. */
  read(words: Uint32Array, offset: number, sites: Sites): void {
    const { values, weights } = this;
    const { word, shift, mask, countersAt, places } = this.#layout;
    for (let order = 0; order < this.#counters.length; order++) {
      const field = countersAt + order;
      values[this.#counters[order] ?? 0] =
        ((words[offset + (word[field] ?? 0)] ?? 0) >>> (shift[field] ?? 0)) & (mask[field] ?? 0);
    }
    for (const total of this.#totals) {
      const plus = this.#plus[total] ?? -1;
      const row = total * places;
      let sum = plus < 0 ? 0 : (values[plus] ?? 0);
      for (let site = 0; site < sites.length; site++) {
        sum += (weights[row + (sites.place[site] ?? 0)] ?? 0) * (sites.count[site] ?? 0);
      }
      values[total] = sum;
    }
  }
}
