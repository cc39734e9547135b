/** A question about one character that a pattern asks. */
export interface CharacterTest {
  /** The same for tests that answer alike. */
  readonly key: string;
  readonly matches: (character: string) => boolean;
  /** Code points at which the answer may change. */
  readonly edges: readonly number[];
  /** Whether the answer may change elsewhere, too. */
  readonly opaque?: true;
}

/** A pattern as a machine with numbered states that reads a tag character by character. */
export interface TagReader {
  readonly start: number;
  readonly next: (state: number, character: string) => number;
  /** Whether the tag that was read so far matches. */
  readonly accepts: (state: number) => boolean;
  /** True or false where whatever follows changes no answer; undefined where it may. */
  readonly settled: (state: number) => boolean | undefined;
  /** Every test that the pattern has for a character. */
  readonly tests: readonly CharacterTest[];
}

/** A machine cannot be in so many states at once. */
export class ReaderOverflow extends Error {
  override readonly name = "ReaderOverflow";
}

/** What a machine with structured states says of them. */
interface Machine<State> {
  readonly start: State;
  readonly key: (state: State) => string;
  readonly next: (state: State, character: string) => State;
  readonly accepts: (state: State) => boolean;
  readonly settled: (state: State) => boolean | undefined;
  readonly tests: readonly CharacterTest[];
}

interface Numbered<State> {
  readonly state: State;
  readonly accepts: boolean;
  readonly settled: boolean | undefined;
  readonly next: Map<string, number>;
}

/** Numbers the states of a machine as they are met, so that each step is worked out once. */
export function numberStates<State>(machine: Machine<State>): TagReader {
  const numbers = new Map<string, number>();
  const met: Numbered<State>[] = [];
  const numberOf = (state: State): number => {
    const key = machine.key(state);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = met.length;
    numbers.set(key, number);
    met.push({
      state,
      accepts: machine.accepts(state),
      settled: machine.settled(state),
      next: new Map(),
    });
    return number;
  };
  const known = (number: number): Numbered<State> => {
    const found = met[number];
    if (found === undefined) throw new RangeError(`a reader has no state ${number}`);
    return found;
  };
  return {
    start: numberOf(machine.start),
    next(number, character) {
      const { state, next } = known(number);
      const before = next.get(character);
      if (before !== undefined) return before;
      const after = numberOf(machine.next(state, character));
      next.set(character, after);
      return after;
    },
    accepts: (number) => known(number).accepts,
    settled: (number) => known(number).settled,
    tests: machine.tests,
  };
}

/** The test for one character. */
export function literalTest(literal: string): CharacterTest {
  const code = literal.codePointAt(0) ?? 0;
  return {
    key: `=${literal}`,
    matches: (character) => character === literal,
    edges: [code, code + 1],
  };
}
