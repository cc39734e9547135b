/** A sum of whole numbers that stays exact beyond 2^53. */
export class ExactSum {
  #exact = 0n;
  #recent = 0;

  /** Adds a whole number below 2^52. */
  add(amount: number): void {
    this.#recent += amount;
    if (this.#recent > 2 ** 52) {
      this.#exact += BigInt(this.#recent);
      this.#recent = 0;
    }
  }

  /** Adds a whole number of any size. */
  addExact(amount: bigint): void {
    this.#exact += amount;
  }

  get value(): bigint {
    return this.#exact + BigInt(this.#recent);
  }
}
