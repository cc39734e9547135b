import { numberStates, ReaderOverflow, type CharacterTest, type TagReader } from "../tag-reader.ts";
import { assertionHolds, WORD_EXPRESSION } from "./assertion.ts";
import type { Assertion, Program } from "./program.ts";

/** Threads of a program before its forks are followed: that needs the next character. */
type Threads = readonly number[];

/** What was looked ahead for and is not decided yet: the threads of a part, which must match or must not. */
interface Obligation {
  readonly program: Program;
  readonly negate: boolean;
  readonly threads: Threads;
}

/** A way to have read the tag so far; `at` is undefined where the expression has matched. */
interface Way {
  readonly at: number | undefined;
  readonly obligations: readonly Obligation[];
}

interface State {
  readonly ways: readonly Way[];
  /** The last character, or undefined at the start of the tag. */
  readonly before: string | undefined;
}

/** Where a reading stands: between two characters; `after` is undefined at the end of the tag. */
interface Place {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

const MOST_WAYS = 200;

/** Numbers for programs, so that states can be told apart by text. */
class Numbers {
  private readonly numbers = new Map<Program, number>();

  of(program: Program): number {
    const known = this.numbers.get(program);
    if (known !== undefined) return known;
    this.numbers.set(program, this.numbers.size);
    return this.numbers.size - 1;
  }
}

/** What a program reaches at a place without reading on: character steps, and whether it has matched. */
interface Reached {
  readonly characters: readonly number[];
  readonly matched: boolean;
}

/** Parts that are looked for have no parts of their own: `isFollowed` sees to that. */
function reachedByThreads(program: Program, threads: Threads, place: Place): Reached {
  const characters: number[] = [];
  let matched = false;
  const seen = new Set<number>();
  const waiting = [...threads];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const instruction = program[at];
    if (instruction === undefined || seen.has(at)) continue;
    seen.add(at);
    if (instruction.kind === "match") matched = true;
    else if (instruction.kind === "character") characters.push(at);
    else if (instruction.kind === "jump") waiting.push(instruction.target);
    else if (instruction.kind === "fork") waiting.push(instruction.second, instruction.first);
    else if (instruction.kind === "assert" && holds(instruction.assertion, place)) {
      waiting.push(at + 1);
    }
  }
  return { characters, matched };
}

function holds(assertion: Assertion, { before, after }: Place): boolean {
  // `\Z` before a line feed would need the character after it: `isFollowed` leaves it out.
  return assertionHolds(assertion, before, after, false);
}

/** What becomes of an obligation at a place: met, broken, or open with threads that wait for a character. */
function look(obligation: Obligation, place: Place): Obligation | "met" | "broken" {
  const { program, negate, threads } = obligation;
  const { characters, matched } = reachedByThreads(program, threads, place);
  if (matched) return negate ? "broken" : "met";
  if (characters.length === 0 || place.after === undefined) return negate ? "met" : "broken";
  return { ...obligation, threads: characters };
}

function lookAtAll(
  obligations: readonly Obligation[],
  place: Place,
): readonly Obligation[] | undefined {
  const open: Obligation[] = [];
  for (const one of obligations) {
    const after = look(one, place);
    if (after === "broken") return undefined;
    if (after !== "met") open.push(after);
  }
  return open;
}

/** A program as a machine that is in all of its ways at once. */
class RegexMachine {
  private readonly numbers = new Numbers();
  private readonly program: Program;

  constructor(program: Program) {
    this.program = program;
  }

  readonly start: State = { ways: [{ at: 0, obligations: [] }], before: undefined };

  private readonly keyOfWay = ({ at, obligations }: Way): string =>
    `${at ?? "m"}${obligations
      .map(({ program, negate, threads }) => {
        const sorted = [...threads].sort((left, right) => left - right);
        return `[${this.numbers.of(program)}${negate ? "!" : "="}${sorted.join()}]`;
      })
      .sort()
      .join("")}`;

  readonly key = ({ ways, before }: State): string => {
    const kind =
      before === undefined ? "^" : before === "\n" ? "n" : WORD_EXPRESSION.test(before) ? "w" : "-";
    return `${kind}${ways.map(this.keyOfWay).sort().join(" ")}`;
  };

  /** Follows everything that reads no character, the preferred ways first. */
  private reach(ways: readonly Way[], place: Place): readonly Way[] {
    const reached = new Map<string, Way>();
    const seen = new Set<string>();
    const waiting = [...ways];
    for (let way = waiting.pop(); way !== undefined; way = waiting.pop()) {
      const obligations = lookAtAll(way.obligations, place);
      if (obligations === undefined) continue;
      const { at } = way;
      const key = this.keyOfWay({ at, obligations });
      if (seen.has(key)) continue;
      seen.add(key);
      const instruction = at === undefined ? undefined : this.program[at];
      if (at === undefined || instruction === undefined) {
        reached.set(key, { at: undefined, obligations });
        continue;
      }
      switch (instruction.kind) {
        case "character":
          reached.set(key, { at, obligations });
          break;
        case "match":
          // A match of no characters does not count, and is preferred to whatever is tried after it.
          if (place.before === undefined) waiting.length = 0;
          else waiting.push({ at: undefined, obligations });
          break;
        case "jump":
          waiting.push({ at: instruction.target, obligations });
          break;
        case "fork":
          waiting.push({ at: instruction.second, obligations });
          waiting.push({ at: instruction.first, obligations });
          break;
        case "assert":
          if (holds(instruction.assertion, place)) waiting.push({ at: at + 1, obligations });
          break;
        case "look": {
          const { program, negate } = instruction;
          const more = [...obligations, { program, negate, threads: [0] }];
          waiting.push({ at: at + 1, obligations: more });
          break;
        }
        case "atomic":
          throw new RangeError("atomic groups are not followed");
      }
    }
    return [...reached.values()];
  }

  readonly next = (state: State, after: string): State => {
    const ways: Way[] = [];
    for (const { at, obligations } of this.reach(state.ways, { before: state.before, after })) {
      const instruction = at === undefined ? undefined : this.program[at];
      const reads = instruction?.kind === "character" && instruction.test.matches(after);
      if (at !== undefined && !reads) continue;
      const moved = obligations.map((one): Obligation => ({
        ...one,
        threads: one.threads.flatMap((thread) => {
          const step = one.program[thread];
          return step?.kind === "character" && step.test.matches(after) ? [thread + 1] : [];
        }),
      }));
      ways.push({ at: at === undefined ? undefined : at + 1, obligations: moved });
    }
    const free = ways.find(({ at, obligations }) => at === undefined && obligations.length === 0);
    if (ways.length > MOST_WAYS) throw new ReaderOverflow();
    return { ways: free === undefined ? ways : [free], before: after };
  };

  readonly accepts = ({ ways, before }: State): boolean =>
    this.reach(ways, { before, after: undefined }).some(({ at }) => at === undefined);

  readonly settled = ({ ways }: State): boolean | undefined => {
    if (ways.length === 0) return false;
    return ways.some(({ at, obligations }) => at === undefined && obligations.length === 0)
      ? true
      : undefined;
  };
}

/** Whether a part that is looked for is itself without such parts, and asks for nothing that is not at hand. */
function isPlain(program: Program): boolean {
  return program.every(
    (step) =>
      step.kind !== "look" &&
      step.kind !== "atomic" &&
      !(step.kind === "assert" && step.assertion === "string_end_newline") &&
      !(step.kind === "character" && step.test.opaque === true),
  );
}

function isFollowed(program: Program): boolean {
  return program.every((step) =>
    step.kind === "look" ? !step.behind && isPlain(step.program) : isPlain([step]),
  );
}

function testsOf(program: Program): readonly CharacterTest[] {
  return program.flatMap((step) => {
    switch (step.kind) {
      case "character":
        return [step.test];
      case "look":
        return testsOf(step.program);
      case "assert":
        return BOUNDARY_TESTS;
      case "atomic":
      case "fork":
      case "jump":
      case "match":
        return [];
    }
  });
}

/** What assertions ask of the characters beside them. */
const BOUNDARY_TESTS: readonly CharacterTest[] = [
  { key: "newline", matches: (character) => character === "\n", edges: [10, 11] },
  {
    key: "boundary",
    matches: (character) => WORD_EXPRESSION.test(character),
    edges: ["-", "0", "A", "_", "`", "a", "{", "é", "☃", "\u{301}", "٣", "‿"].map(
      (character) => character.codePointAt(0) ?? 0,
    ),
  },
];

/** Whether an empty match may hang on what is looked for ahead. */
function mayMatchNothingByLooking(program: Program): boolean {
  const jumps = program.map((step, at) =>
    step.kind === "look" || step.kind === "assert"
      ? { kind: "jump" as const, target: at + 1 }
      : step,
  );
  const somewhere = { before: undefined, after: undefined };
  return (
    program.some(({ kind }) => kind === "look") && reachedByThreads(jumps, [0], somewhere).matched
  );
}

/**
 * The machine of an expression, for tags that are not known; undefined for look-behind, atomic groups, nested
 * look-ahead, Unicode properties, `\Z`, and expressions that may match nothing where they look ahead.
 */
export function regexReader(program: Program): TagReader | undefined {
  if (!isFollowed(program) || mayMatchNothingByLooking(program)) return undefined;
  const machine = new RegexMachine(program);
  const { start, key, next, accepts, settled } = machine;
  return numberStates<State>({ start, key, next, accepts, settled, tests: testsOf(program) });
}
