import type { SystemState } from "../compile/stepper.ts";
import { type Scope, boundValue, slotsOf } from "../compile/scope.ts";

/**
 * How a state says where the slots are. `counts`: how many are in each place but place 0, where the others are; states
 * that differ by a permutation of slots are one. `list`: the same as a list of places in ascending order, which takes
 * less room where a slot has many more places than there are slots. `slots`: the place of each slot.
 */
type Population = "counts" | "list" | "slots";

/** Words that counts may take although a list would take fewer: a step on counts costs less. */
const cheapWords = 4;

/** A run of bits of a word. */
interface Field {
  readonly word: number;
  readonly shift: number;
  readonly most: number;
}

/** How many bits hold the numbers 0..most; none where there is only one. */
function bitsFor(most: number): number {
  return most === 0 ? 0 : 32 - Math.clz32(most);
}

/** The largest state that each shared machine can reach in this scope: without shutdown, an engine never stops. */
function largestStates({ system }: Scope): readonly number[] {
  const moves = [...system.slotMoves, ...system.systemMoves];
  return system.shared.map((_, machine) =>
    moves
      .flatMap(({ sets }) => sets)
      .filter((set) => set.machine === machine)
      .reduce((largest, { state }) => Math.max(largest, state), 0),
  );
}

/** The largest value of each counter; 0 where nothing changes it. */
function largestCounters(scope: Scope): readonly number[] {
  const { system } = scope;
  return system.counters.map((index) => {
    const bound = system.quantities[index]?.bound;
    const maps = [system.gate?.everySlot, ...system.systemMoves.map(({ everySlot }) => everySlot)];
    const changes =
      [
        ...[...system.slotMoves, ...system.systemMoves].map(({ counterChanges }) => counterChanges),
        ...maps.flatMap((map) => map?.counterChanges ?? []),
      ].some((all) => all.some(({ counter }) => counter === index)) ||
      system.systemMoves.some(({ assigns }) =>
        assigns.some(({ counter, from }) => counter === index && from >= 0),
      );
    return !changes || bound === undefined || bound === null ? 0 : boundValue(bound, scope);
  });
}

/**
 * The most slots that each place but place 0 can have, if the state properties of the system hold that bound a total and
 * always apply: a task map of T places has no more than T slots with a task.
 */
function likelyCounts(scope: Scope): readonly number[] {
  const { system } = scope;
  const bounds = system.stateProperties.flatMap(({ while: when, requires }) =>
    when.length > 0
      ? []
      : requires.flatMap(({ quantity, minus, relation, bound }) =>
          minus >= 0 || relation === ">="
            ? []
            : [{ quantity, most: boundValue(bound, scope) - (relation === "<" ? 1 : 0) }],
        ),
  );
  return system.places
    .slice(1)
    .map(({ id }) =>
      bounds.reduce(
        (least, { quantity, most }) =>
          system.quantities[quantity]?.weights[id] === 1 ? Math.min(least, most) : least,
        slotsOf(scope),
      ),
    );
}

/** A place has more slots than the state properties allow; with room for all slots everywhere, the search can go on. */
export class NoRoom extends RangeError {
  override readonly name = "NoRoom";
}

/** Fields one after another; none straddles two words. */
function inWords(most: readonly number[]): {
  readonly fields: readonly Field[];
  readonly words: number;
} {
  let word = 0;
  let used = 0;
  const fields = most.map((largest): Field => {
    const bits = bitsFor(largest);
    if (used + bits > 32) {
      word++;
      used = 0;
    }
    const field = { word, shift: used, most: largest };
    used += bits;
    return field;
  });
  return { fields, words: word + 1 };
}

/**
 * How a system state is packed into 32-bit words: where the slots are, then the shared machines, then the counters. A
 * field has room for every value that the scope allows, and what does not fit is an error.
 */
export class Layout {
  readonly population: Population;
  readonly room: "likely" | "all";
  readonly slots: number;
  readonly places: number;
  readonly words: number;
  /** The index of the first shared machine among the fields, and of the first counter. */
  readonly sharedAt: number;
  readonly countersAt: number;
  /** How many fields a state has, and of each its word, its lowest bit and its largest value. */
  readonly fields: number;
  readonly word: Uint16Array;
  readonly shift: Uint8Array;
  readonly most: Uint32Array;
  readonly mask: Uint32Array;

  /**
   * @param symmetry whether states that differ by a permutation of slots are one
   * @param room for how many slots each place has room: `likely`, as many as the state properties of the system allow, or
   * `all` of them
   * @param population the way to say where the slots are, where it shall not be chosen by what it costs
   */
  constructor(
    scope: Scope,
    symmetry: boolean,
    room: "likely" | "all",
    population?: "counts" | "list",
  ) {
    const { system } = scope;
    this.slots = slotsOf(scope);
    this.places = system.places.length;
    const others = [...largestStates(scope), ...largestCounters(scope)];
    const bySlot = [...Array.from({ length: this.slots }, () => this.places - 1), ...others];
    const counts =
      room === "likely" ? likelyCounts(scope) : system.places.slice(1).map(() => this.slots);
    const byPlace = [...counts, ...others];
    this.room = room;
    const ofCounts = inWords(byPlace);
    const ofList = inWords(bySlot);
    const cheapest = ofCounts.words <= Math.max(cheapWords, ofList.words) ? "counts" : "list";
    this.population = symmetry ? (population ?? cheapest) : "slots";
    const { fields, words } = this.population === "counts" ? ofCounts : ofList;
    this.words = words;
    this.fields = fields.length;
    this.countersAt = fields.length - system.counters.length;
    this.sharedAt = this.countersAt - system.shared.length;
    this.word = Uint16Array.from(fields, ({ word }) => word);
    this.shift = Uint8Array.from(fields, ({ shift }) => shift);
    this.most = Uint32Array.from(fields, ({ most }) => most);
    this.mask = Uint32Array.from(fields, ({ most }) => 2 ** bitsFor(most) - 1);
  }

  /**
   * Packs the fields of a state into `words`.
   *
   * @throws NoRoom if a place has no room for its slots
   * @throws RangeError if another field has left its range; no correct system lets a counter
   */
  pack(fields: Int32Array, words: Uint32Array): void {
    words.fill(0);
    const { most, shift } = this;
    for (let field = 0; field < this.fields; field++) {
      const value = fields[field] ?? 0;
      if (value < 0 || value > (most[field] ?? 0)) this.refuse(field, value);
      const word = this.word[field] ?? 0;
      words[word] = (words[word] ?? 0) | (value << (shift[field] ?? 0));
    }
  }

  /** Unpacks the state that starts at `offset` of `words` into fields. */
  unpack(words: Uint32Array, offset: number, fields: Int32Array): void {
    const { word, shift, mask } = this;
    for (let field = 0; field < this.fields; field++) {
      fields[field] =
        ((words[offset + (word[field] ?? 0)] ?? 0) >>> (shift[field] ?? 0)) & (mask[field] ?? 0);
    }
  }

  /**
   * The words of a labelled state; undefined if it has another number of slots or machines than the scope, or values for
   * which no field has room: no run leads there.
   */
  wordsOf(
    { places, shared, amounts }: SystemState,
    counters: readonly number[],
  ): Uint32Array | undefined {
    if (places.length !== this.slots || shared.length !== this.countersAt - this.sharedAt) {
      return undefined;
    }
    const where =
      this.population === "slots"
        ? places
        : this.population === "list"
          ? places.toSorted((a, b) => a - b)
          : Array.from(
              { length: this.places - 1 },
              (_, index) => places.filter((place) => place === index + 1).length,
            );
    const words = new Uint32Array(this.words);
    const values = counters.map((quantity) => amounts[quantity] ?? 0);
    try {
      this.pack(Int32Array.from([...where, ...shared, ...values]), words);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
    return words;
  }

  /**
   * Refuses a value that a field has no room for.
   *
   * @throws NoRoom if it is the number of slots in a place
   * @throws RangeError otherwise
   */
  refuse(field: number, value: number): never {
    const outside = `became ${value}, outside 0..${this.most[field] ?? 0}`;
    if (field < this.sharedAt) throw new NoRoom(`the slots of a place ${outside}`);
    throw new RangeError(`${field < this.countersAt ? "a machine" : "a counter"} ${outside}`);
  }
}
