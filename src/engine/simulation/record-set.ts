/** Records by their numbers: a set of its own, since there are more of them in a long outage than a `Set` can hold. */
export class RecordSet {
  readonly #members: Uint8Array;

  /** For numbers below `limit`. */
  constructor(limit: number) {
    this.#members = new Uint8Array(limit);
  }

  add(id: number): void {
    this.#members[id] = 1;
  }

  has(id: number): boolean {
    return this.#members[id] === 1;
  }
}
