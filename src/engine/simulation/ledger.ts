import type { RecordSet } from "./record-set.ts";

/** What became of one output's share of the records. */
export interface OutputAccount {
  /** Different records that arrived. */
  readonly delivered: number;
  /** Arrivals beyond the first of a record. */
  readonly duplicated: number;
}

/**
 * Keeps the books of a simulation: which records the engine took, and how often each arrived where.
 * It stands outside the engine and believes nothing that the engine says.
 */
export class Ledger {
  /** For each record, the outputs that it is owed to: bit `o` for output `o`. 0 if it was not taken. */
  #owed: Uint32Array = new Uint32Array(1024);
  /** When each record was produced, milliseconds since the epoch. */
  #times = new Float64Array(1024);
  readonly #arrivals: Uint8Array[];
  readonly #delivered: number[];
  readonly #duplicated: number[];
  #nextId = 0;
  /** Records with lower numbers are watched, and so many deliveries of them are still to come. */
  #watched = { below: 0, left: 0 };
  /** Records that the engine took. */
  acceptedCount = 0;
  /** Deliveries that have not arrived, those included that cannot any more. */
  owed = 0;

  constructor(outputs: number) {
    this.#arrivals = Array.from({ length: outputs }, () => new Uint8Array(1024));
    this.#delivered = Array.from({ length: outputs }, () => 0);
    this.#duplicated = Array.from({ length: outputs }, () => 0);
  }

  /** Records produced so far, taken or not. */
  get produced(): number {
    return this.#nextId;
  }

  /** Records with lower numbers are watched. */
  get watchedBelow(): number {
    return this.#watched.below;
  }

  /** Watched deliveries that have not arrived, of those owed when {@link watch} was called last. */
  get watchedLeft(): number {
    return this.#watched.left;
  }

  /** A number for a record that is produced now, in milliseconds since the epoch. */
  nextId(now: number): number {
    const id = this.#nextId;
    this.#nextId += 1;
    if (id >= this.#owed.length) {
      const times = new Float64Array(2 * this.#times.length);
      times.set(this.#times);
      this.#times = times;
      const larger = new Uint32Array(2 * this.#owed.length);
      larger.set(this.#owed);
      this.#owed = larger;
      for (const [output, arrivals] of this.#arrivals.entries()) {
        this.#arrivals[output] = grow(arrivals);
      }
    }
    this.#times[id] = now;
    return id;
  }

  /** When a record was produced, milliseconds since the epoch. */
  producedAt(id: number): number {
    return this.#times[id] ?? 0;
  }

  /** The engine took a record that goes to the outputs of `mask`. */
  accept(id: number, mask: number): void {
    this.#owed[id] = mask;
    this.acceptedCount += 1;
    this.owed += this.#arrivals.filter((_, output) => this.#isOwed(output, id)).length;
  }

  /** A record arrived; whether for the first time. */
  arrive(output: number, id: number): boolean {
    const arrivals = this.#arrivals[output];
    if (arrivals === undefined) return false;
    const before = arrivals[id] ?? 0;
    if (before === 0) {
      this.#delivered[output] = (this.#delivered[output] ?? 0) + 1;
      if (this.#isOwed(output, id)) {
        this.owed -= 1;
        if (id < this.#watched.below) this.#watched.left -= 1;
      }
    } else this.#duplicated[output] = (this.#duplicated[output] ?? 0) + 1;
    arrivals[id] = Math.min(before + 1, 255);
    return before === 0;
  }

  /** Watches every delivery that is owed now. */
  watch(): void {
    this.#watched = { below: this.#nextId, left: this.outstanding(this.#nextId) };
  }

  account(output: number): OutputAccount {
    return {
      delivered: this.#delivered[output] ?? 0,
      duplicated: this.#duplicated[output] ?? 0,
    };
  }

  /** Deliveries over all outputs that are still to come, of records with numbers below `limit`. */
  outstanding(limit: number): number {
    let count = 0;
    for (const [output, arrivals] of this.#arrivals.entries()) {
      for (let id = 0; id < limit; id += 1) {
        if (this.#isOwed(output, id) && arrivals[id] === 0) count += 1;
      }
    }
    return count;
  }

  /**
   * Deliveries that will never come: the record was taken, has not arrived, and is in no file. Of records with numbers
   * below `limit`.
   */
  lost(onDisk: readonly RecordSet[], limit: number): number {
    let count = 0;
    for (const [output, arrivals] of this.#arrivals.entries()) {
      for (let id = 0; id < limit; id += 1) {
        if (!this.#isOwed(output, id) || arrivals[id] !== 0) continue;
        if (onDisk[output]?.has(id) !== true) count += 1;
      }
    }
    return count;
  }

  #isOwed(output: number, id: number): boolean {
    return (((this.#owed[id] ?? 0) >>> output) & 1) === 1;
  }
}

function grow(bytes: Uint8Array): Uint8Array {
  const larger = new Uint8Array(2 * bytes.length);
  larger.set(bytes);
  return larger;
}
