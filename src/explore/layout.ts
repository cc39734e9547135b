import { boundValue, type Scope } from "../compile/scope.ts";

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

/**
 * How a system state is packed into 32-bit words: the place of each slot, then the shared machines, then the counters.
 * A field never straddles two words.
 */
export class Layout {
  readonly slots: number;
  readonly words: number;
  readonly #word: Uint16Array;
  readonly #shift: Uint8Array;
  readonly #most: Uint32Array;
  readonly #mask: Uint32Array;
  readonly #fields: number;

  constructor(scope: Scope) {
    const { system, parameters } = scope;
    this.slots = parameters.chunks;
    const most = [
      ...Array.from({ length: this.slots }, () => system.places.length - 1),
      ...largestStates(scope),
      ...system.counters.map((index) => {
        const bound = system.quantities[index]?.bound;
        const changes =
          system.slotMoves.some(({ counterChanges }) =>
            counterChanges.some(({ counter }) => counter === index),
          ) ||
          system.systemMoves.some(({ assigns }) =>
            assigns.some(({ counter, from }) => counter === index && from >= 0),
          );
        return !changes || bound === undefined || bound === null ? 0 : boundValue(bound, scope);
      }),
    ];
    let word = 0;
    let used = 0;
    const words: number[] = [];
    const shifts: number[] = [];
    for (const largest of most) {
      const bits = bitsFor(largest);
      if (used + bits > 32) {
        word++;
        used = 0;
      }
      words.push(word);
      shifts.push(used);
      used += bits;
    }
    this.words = word + 1;
    this.#word = Uint16Array.from(words);
    this.#shift = Uint8Array.from(shifts);
    this.#most = Uint32Array.from(most);
    this.#mask = Uint32Array.from(most, (largest) => 2 ** bitsFor(largest) - 1);
    this.#fields = most.length;
  }

  /**
   * Packs the fields of a state into `words`.
   *
   * @throws RangeError if a counter has left its range; no correct system lets it.
   */
  pack(fields: Int32Array, words: Uint32Array): void {
    words.fill(0);
    const most = this.#most;
    const shift = this.#shift;
    for (let field = 0; field < this.#fields; field++) {
      const value = fields[field] ?? 0;
      if (value < 0 || value > (most[field] ?? 0)) {
        throw new RangeError(`a counter became ${value}, outside 0..${most[field] ?? 0}`);
      }
      const word = this.#word[field] ?? 0;
      words[word] = (words[word] ?? 0) | (value << (shift[field] ?? 0));
    }
  }

  /** Unpacks the state that starts at `offset` of `words` into fields: slots, shared machines, counters. */
  unpack(words: Uint32Array, offset: number, fields: Int32Array): void {
    const word = this.#word;
    const shift = this.#shift;
    const mask = this.#mask;
    for (let field = 0; field < this.#fields; field++) {
      fields[field] =
        ((words[offset + (word[field] ?? 0)] ?? 0) >>> (shift[field] ?? 0)) & (mask[field] ?? 0);
    }
  }

  /** How many fields a state has. */
  get fields(): number {
    return this.#fields;
  }
}
