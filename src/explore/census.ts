import { type Scope, slotsOf } from "../compile/scope.ts";
import { ExactSum } from "./exact-sum.ts";
import { Groups, type Group } from "./groups.ts";
import type { Layout } from "./layout.ts";
import { fromResidues, inverse, primesFor, times } from "./residues.ts";

/** Sums over labelled states, exact whatever their size. */
interface Counted {
  readonly labelled: bigint;
  readonly transitions: bigint;
  readonly selfLoops: bigint;
}

/** Counts labelled states and transitions while each state is visited once. */
export interface Census {
  /**
   * Counts a state, with how many transitions each of its labelled states has, and how many of them lead to itself.
   *
   * @param counts how many slots there are at each site
   * @param sites how many sites there are
   */
  add(counts: Int32Array, sites: number, outgoing: number, loops: number): void;
  readonly counted: Counted;
}

/** Up to so many slots, every factorial is exact in a double, and so is its product with the number of transitions. */
const mostByFactorials = 16;

/** Counts by the number of ways to give each state's places to slots: N! over the factorials of the counts. */
class FactorialCensus implements Census {
  readonly #labelled = new ExactSum();
  readonly #transitions = new ExactSum();
  readonly #loops = new ExactSum();
  readonly #factorials: Float64Array;
  readonly #all: number;

  /** @param slots how many slots are exchanged; none where they are told apart */
  constructor(slots: number) {
    this.#factorials = new Float64Array(slots + 1).fill(1);
    for (let n = 1; n <= slots; n++) this.#factorials[n] = (this.#factorials[n - 1] ?? 1) * n;
    this.#all = this.#factorials[slots] ?? 1;
  }

  add(counts: Int32Array, sites: number, outgoing: number, loops: number): void {
    let size = this.#all;
    if (size > 1) {
      for (let site = 0; site < sites; site++) size /= this.#factorials[counts[site] ?? 0] ?? 1;
    }
    this.#labelled.add(size);
    this.#transitions.add(size * outgoing);
    this.#loops.add(size * loops);
  }

  get counted(): Counted {
    return {
      labelled: this.#labelled.value,
      transitions: this.#transitions.value,
      selfLoops: this.#loops.value,
    };
  }
}

/**
 * Counts the same modulo primes whose product is above every possible sum, which is then known exactly: numbers of
 * hundreds of digits would have to be added for every state otherwise.
 */
class ResidueCensus implements Census {
  readonly #primes: readonly number[];
  readonly #slots: number;
  readonly #groups: Groups;
  readonly #moduli: Float64Array;
  readonly #reciprocals: Float64Array;
  /** The inverse factorial of n for prime p is `#inverses[n * #primes.length + p]`. */
  readonly #inverses: Float64Array;
  /** Of the group that is being counted, how many labelled states one of its states stands for: for each prime. */
  readonly #size: Float64Array;
  readonly #labelled: Float64Array;
  readonly #transitions: Float64Array;
  readonly #loops: Float64Array;

  constructor(slots: number, places: number, bits: number) {
    this.#slots = slots;
    this.#groups = new Groups(slots, places, (group) => {
      this.#count(group);
    });
    this.#primes = primesFor(bits);
    const count = this.#primes.length;
    this.#moduli = Float64Array.from(this.#primes);
    this.#reciprocals = this.#moduli.map((prime) => 1 / prime);
    this.#size = new Float64Array(count);
    this.#inverses = new Float64Array((slots + 1) * count).fill(1);
    this.#primes.forEach((prime, index) => {
      let factorial = 1;
      for (let n = 2; n <= slots; n++) factorial = times(factorial, n, prime);
      let inverted = inverse(factorial, prime);
      for (let n = slots; n >= 2; n--) {
        this.#inverses[n * count + index] = inverted;
        inverted = times(inverted, n, prime);
      }
    });
    this.#labelled = new Float64Array(this.#primes.length);
    this.#transitions = new Float64Array(this.#primes.length);
    this.#loops = new Float64Array(this.#primes.length);
  }

  add(counts: Int32Array, sites: number, outgoing: number, loops: number): void {
    this.#groups.add(counts, sites, outgoing, loops);
  }

  #count({ counts, length, states, outgoing, loops }: Group): void {
    this.#size.fill(1);
    for (let at = 0; at < length; at++) this.#divide(counts[at] ?? 0);
    for (let index = 0; index < this.#primes.length; index++) {
      const prime = this.#moduli[index] ?? 2;
      const size = this.#size[index] ?? 0;
      const added = (sum: number, factor: number): number =>
        (sum + times(size, factor % prime, prime)) % prime;
      this.#labelled[index] = added(this.#labelled[index] ?? 0, states);
      this.#transitions[index] = added(this.#transitions[index] ?? 0, outgoing);
      this.#loops[index] = added(this.#loops[index] ?? 0, loops);
    }
  }

  /** Divides the size of the state by the factorial of a count. */
  #divide(slots: number): void {
    const primes = this.#size.length;
    const row = slots * primes;
    for (let index = 0; index < primes; index++) {
      const prime = this.#moduli[index] ?? 2;
      const product = (this.#size[index] ?? 0) * (this.#inverses[row + index] ?? 0);
      // The quotient may be one off, since the reciprocal is rounded.
      const rest = product - Math.floor(product * (this.#reciprocals[index] ?? 0)) * prime;
      this.#size[index] = rest < 0 ? rest + prime : rest >= prime ? rest - prime : rest;
    }
  }

  get counted(): Counted {
    this.#groups.flush();
    const valueOf = (sums: Float64Array): bigint =>
      fromResidues(
        this.#primes.map((prime, index) => {
          let value = sums[index] ?? 0;
          for (let n = 2; n <= this.#slots; n++) value = times(value, n, prime);
          return value;
        }),
        this.#primes,
      );
    return {
      labelled: valueOf(this.#labelled),
      transitions: valueOf(this.#transitions),
      selfLoops: valueOf(this.#loops),
    };
  }
}

/** The census of a scope, for states of this layout. */
export function censusOf(scope: Scope, layout: Layout): Census {
  const { system } = scope;
  const slots = slotsOf(scope);
  if (layout.population === "slots") return new FactorialCensus(0);
  if (slots <= mostByFactorials) return new FactorialCensus(slots);
  // No more labelled states than places of each slot and values of the other fields; and of each no more transitions
  // than moves and ways to choose their slots.
  const parts = Math.max(1, ...system.slotMoves.map(({ others }) => others.length + 1));
  const others = layout.most.subarray(layout.sharedAt);
  const bits =
    slots * Math.log2(layout.places) +
    others.reduce((sum, most) => sum + Math.log2(most + 1), 0) +
    Math.log2(system.slotMoves.length + system.systemMoves.length + 1) +
    parts * Math.log2(slots);
  return new ResidueCensus(slots, layout.places, Math.ceil(bits) + 1);
}
