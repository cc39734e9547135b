/** How many labelled states one canonical state stands for: the permutations of its slots that differ. */
export class OrbitSize {
  /** Whether `of` is exact for this number of slots: every factorial is below 2^53 / 2^6. */
  readonly isExact: boolean;
  readonly #slots: number;
  readonly #factorials: readonly number[];

  constructor(slots: number) {
    this.#slots = slots;
    this.isExact = slots <= 16;
    const factorials = [1];
    for (let n = 1; n <= Math.min(slots, 16); n++) factorials.push((factorials[n - 1] ?? 1) * n);
    this.#factorials = factorials;
  }

  /** The size, for at most 16 slots. The slots are in ascending order. */
  of(fields: Int32Array): number {
    let size = this.#factorials[this.#slots] ?? 1;
    for (const run of this.#runs(fields)) size /= this.#factorials[run] ?? 1;
    return size;
  }

  /** The size, for any number of slots. The slots are in ascending order. */
  exactly(fields: Int32Array): bigint {
    let size = 1n;
    let placed = 0;
    for (const run of this.#runs(fields)) {
      for (let i = 1; i <= run; i++) size = (size * BigInt(++placed)) / BigInt(i);
    }
    return size;
  }

  *#runs(fields: Int32Array): Generator<number> {
    let run = 1;
    for (let slot = 1; slot < this.#slots; slot++) {
      if (fields[slot] === fields[slot - 1]) {
        run++;
        continue;
      }
      yield run;
      run = 1;
    }
    yield run;
  }
}
