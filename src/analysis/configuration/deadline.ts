/** A point in time to be done by; infinity for none. */
export class Deadline {
  private readonly at: number;

  private constructor(at: number) {
    this.at = at;
  }

  /** Some milliseconds from now. */
  static in(milliseconds: number): Deadline {
    return new Deadline(performance.now() + milliseconds);
  }

  static readonly never = new Deadline(Number.POSITIVE_INFINITY);

  /** Milliseconds that are left, at least 0. */
  left(): number {
    return Math.max(0, this.at - performance.now());
  }
}
