import type { Guard } from "../compile/compiled-system.ts";
import { boundValue, slotsOf, type Scope } from "../compile/scope.ts";
import type { Layout } from "./layout.ts";

/** The slots of one word of a state whose slots are told apart. */
interface SlotsOfWord {
  readonly word: number;
  readonly first: number;
  readonly count: number;
  readonly bits: number;
}

/** Totals that are added together as one number: of each its lowest bit. */
const bitsOfSums = 30;

/** Writes how a state is read: its words, places, machines, counters and totals as constants of a function. */
export class StateText {
  readonly #scope: Scope;
  readonly #layout: Layout;
  /** The totals, machines and counters that somebody asked for. */
  readonly #totals = new Set<number>();
  readonly #machines = new Set<number>();
  readonly #counters = new Set<number>();
  readonly #bitsOfTotal: number;

  constructor(scope: Scope, layout: Layout) {
    this.#scope = scope;
    this.#layout = layout;
    this.#bitsOfTotal = 32 - Math.clz32(slotsOf(scope));
  }

  /** Whether a machine is in a state. */
  isIn(machine: number, state: number): string {
    if (this.#layout.mask[this.#layout.sharedAt + machine] === 0) return String(state === 0);
    this.#machines.add(machine);
    return `m${machine} === ${state}`;
  }

  /** The field of a counter. */
  fieldOfCounter(quantity: number): number {
    return this.#layout.countersAt + this.#scope.system.counters.indexOf(quantity);
  }

  /** The value of a counter. */
  counter(quantity: number): string {
    if (this.#layout.mask[this.fieldOfCounter(quantity)] === 0) return "0";
    this.#counters.add(quantity);
    return `q${quantity}`;
  }

  /** The value of a total or counter. */
  quantity(quantity: number): string {
    const { kind, plus } = this.#scope.system.quantities[quantity] ?? { kind: "counter", plus: -1 };
    if (kind === "counter") return this.counter(quantity);
    if (plus >= 0) this.counter(plus);
    this.#totals.add(quantity);
    return `q${quantity}`;
  }

  /** What a guard says, after so much was added to its left side. */
  compares({ quantity, minus, relation, bound }: Guard, adds = 0): string {
    const left =
      minus < 0 ? this.quantity(quantity) : `${this.quantity(quantity)} - ${this.quantity(minus)}`;
    const sum = adds === 0 ? left : `${left} + ${adds}`;
    return `${sum} ${relation === "=" ? "===" : relation} ${boundValue(bound, this.#scope)}`;
  }

  /** The slots of each word, where they are told apart. */
  slotsByWord(): readonly SlotsOfWord[] {
    const { word, shift, mask, slots } = this.#layout;
    const bits = 32 - Math.clz32(mask[0] ?? 0);
    const found: SlotsOfWord[] = [];
    for (let first = 0; first < slots;) {
      let count = 1;
      while (first + count < slots && word[first + count] === word[first]) count++;
      if (shift[first] !== 0) throw new Error("slots begin with their word");
      found.push({ word: word[first] ?? 0, first, count, bits });
      first += count;
    }
    return found;
  }

  /** What is worked out once: what a slot in each place adds to the totals, several of them in a number. */
  tables(): readonly string[] {
    if (this.#layout.population === "counts") return [];
    const { places, quantities } = this.#scope.system;
    return this.#sums().map((totals, sum) => {
      const byPlace = places.map(({ id }) =>
        totals.reduce(
          (packed, total, index) =>
            packed + (quantities[total]?.weights[id] ?? 0) * 2 ** (index * this.#bitsOfTotal),
          0,
        ),
      );
      return `const totals${sum} = Int32Array.of(${byPlace.join(", ")});`;
    });
  }

  /** The constants; to be asked for when everything else is written, for only what was asked for is read. */
  reading(): readonly string[] {
    const { population, places, slots, words, sharedAt } = this.#layout;
    const text = Array.from({ length: words }, (_, word) =>
      word === 0 ? "const w0 = words[at] | 0;" : `const w${word} = words[at + ${word}] | 0;`,
    );
    if (population === "counts") {
      const others = Array.from({ length: places - 1 }, (_, index) => index + 1);
      text.push(...others.map((place) => `const c${place} = ${this.#field(place - 1)};`));
      text.push(`const c0 = ${[slots, ...others.map((place) => `c${place}`)].join(" - ")};`);
    } else {
      for (let slot = 0; slot < slots; slot++) text.push(`const p${slot} = ${this.#field(slot)};`);
    }
    for (const machine of this.#machines) {
      text.push(`const m${machine} = ${this.#field(sharedAt + machine)};`);
    }
    for (const counter of this.#counters) {
      text.push(`const q${counter} = ${this.#field(this.fieldOfCounter(counter))};`);
    }
    return [...text, ...(population === "counts" ? this.#totalsOfCounts() : this.#totalsOfSlots())];
  }

  #field(field: number): string {
    const { word, shift, mask } = this.#layout;
    const by = shift[field] ?? 0;
    const at = `w${word[field] ?? 0}`;
    if (mask[field] === 0) return "0";
    return `${by === 0 ? at : `${at} >>> ${by}`} & ${mask[field] ?? 0}`;
  }

  #plus(total: number): readonly string[] {
    const plus = this.#scope.system.quantities[total]?.plus ?? -1;
    return plus < 0 ? [] : [this.counter(plus)];
  }

  #totalsOfCounts(): readonly string[] {
    const { places, quantities } = this.#scope.system;
    return [...this.#totals].map((total) => {
      const counted = places.filter(({ id }) => quantities[total]?.weights[id] === 1);
      const terms = [...counted.map(({ id }) => `c${id}`), ...this.#plus(total)];
      return `const q${total} = ${terms.length === 0 ? "0" : terms.join(" + ")};`;
    });
  }

  #totalsOfSlots(): readonly string[] {
    const slots = Array.from({ length: this.#layout.slots }, (_, slot) => slot);
    return this.#sums().flatMap((totals, sum) => [
      `const t${sum} = ${slots.map((slot) => `totals${sum}[p${slot}]`).join(" + ")};`,
      ...totals.map((total, index) => {
        const read = `(t${sum} >>> ${index * this.#bitsOfTotal} & ${2 ** this.#bitsOfTotal - 1})`;
        return `const q${total} = ${[read, ...this.#plus(total)].join(" + ")};`;
      }),
    ]);
  }

  /** The totals that are asked for, as many together as fit into a number. */
  #sums(): readonly (readonly number[])[] {
    const together = Math.max(1, Math.floor(bitsOfSums / this.#bitsOfTotal));
    const totals = [...this.#totals];
    return Array.from({ length: Math.ceil(totals.length / together) }, (_, sum) =>
      totals.slice(sum * together, (sum + 1) * together),
    );
  }
}
