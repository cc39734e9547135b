/** How many lines of each kind an engine wrote up to a moment, since the moment before. */
interface LogInterval {
  /** Virtual seconds. */
  readonly time: number;
  /** By the index of the kind. */
  readonly counts: ReadonlyMap<number, number>;
}

const numbers = /0x[0-9a-f]+|\d+/gu;
/** Behind the time stamp, which is in brackets, what tells kinds apart comes soon. */
const looked = 90;
const told = 40;
const mostKinds = 200;

/** A log told in kinds of lines: lines that differ in numbers and addresses only are one kind. */
export class LogDigest {
  readonly #kinds = new Map<string, number>();
  readonly #first: string[] = [];
  readonly #intervals: LogInterval[] = [];
  #counts = new Map<number, number>();

  /** Takes a line, as the engine writes it. */
  add(line: string): void {
    const message = line.slice(line.indexOf("]") + 2);
    const shape = message.slice(0, looked).replaceAll(numbers, "#").slice(0, told);
    let kind = this.#kinds.get(shape);
    if (kind === undefined) {
      if (this.#first.length === mostKinds) return;
      kind = this.#first.push(message.replaceAll(/\s+/gu, " ")) - 1;
      this.#kinds.set(shape, kind);
    }
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  /** Ends an interval at a moment of virtual time, in seconds. */
  endInterval(time: number): void {
    this.#intervals.push({ time, counts: this.#counts });
    this.#counts = new Map();
  }

  /** The first line of each kind, and how many there were of it in each stretch of time. */
  over(
    stretches: readonly (readonly [number, number])[],
  ): readonly { readonly line: string; readonly counts: readonly number[] }[] {
    const counts = this.#first.map(() => stretches.map(() => 0));
    let column = 0;
    for (const interval of this.#intervals) {
      while (column < stretches.length - 1 && interval.time > (stretches[column]?.[1] ?? 0)) {
        column++;
      }
      for (const [kind, amount] of interval.counts) {
        const row = counts[kind];
        if (row !== undefined) row[column] = (row[column] ?? 0) + amount;
      }
    }
    return this.#first.map((line, kind) => ({ line, counts: counts[kind] ?? [] }));
  }
}
