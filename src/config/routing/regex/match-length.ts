import { assertionHolds } from "./assertion.ts";
import type { Program } from "./program.ts";

/** Steps that may be taken for one tag: far more than any expression needs that looks nowhere ahead. */
const MOST_STEPS = 2_000_000;

/** Too many steps would be needed to know. */
class OutOfSteps extends Error {
  override readonly name = "OutOfSteps";
}

interface Search {
  readonly characters: readonly string[];
  steps: number;
}

/**
 * The end of the match that Onigmo prefers, of those that start at a place; undefined if there is none. Without captures
 * what can follow depends on place and instruction alone, so no pair of them is tried twice.
 *
 * @param end where the match has to end, if that is fixed
 */
function matchEnd(
  program: Program,
  from: number,
  end: number | undefined,
  search: Search,
): number | undefined {
  const { characters } = search;
  const width = characters.length + 1;
  const seen = new Set<number>();
  const waiting: (readonly [at: number, place: number])[] = [[0, from]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    let [at, place] = next;
    for (;;) {
      search.steps += 1;
      if (search.steps > MOST_STEPS) throw new OutOfSteps();
      const instruction = program[at];
      if (instruction === undefined || seen.has(at * width + place)) break;
      seen.add(at * width + place);
      if (instruction.kind === "match") {
        if (end === undefined || end === place) return place;
        break;
      }
      if (instruction.kind === "fork") {
        waiting.push([instruction.second, place]);
        at = instruction.first;
        continue;
      }
      if (instruction.kind === "jump") {
        at = instruction.target;
        continue;
      }
      const after = placeAfter(instruction, place, search);
      if (after === undefined) break;
      at += 1;
      place = after;
    }
  }
  return undefined;
}

type Plain = Exclude<Program[number], { kind: "match" | "fork" | "jump" }>;

/** Where the tag is read on after an instruction; undefined if it fails. */
function placeAfter(instruction: Plain, place: number, search: Search): number | undefined {
  const { characters } = search;
  const after = characters[place];
  switch (instruction.kind) {
    case "character":
      return after !== undefined && instruction.test.matches(after) ? place + 1 : undefined;
    case "assert": {
      const last = place === characters.length - 1;
      return assertionHolds(instruction.assertion, characters[place - 1], after, last)
        ? place
        : undefined;
    }
    case "atomic":
      return matchEnd(instruction.program, place, undefined, search);
    case "look": {
      const found = instruction.behind
        ? endsAt(instruction.program, place, search)
        : matchEnd(instruction.program, place, undefined, search) !== undefined;
      return found === instruction.negate ? undefined : place;
    }
  }
}

function endsAt(program: Program, place: number, search: Search): boolean {
  for (let from = place; from >= 0; from -= 1) {
    if (matchEnd(program, from, place, search) !== undefined) return true;
  }
  return false;
}

/**
 * How many characters of a tag an expression matches from its start; undefined if it does not match there.
 *
 * @returns "unknown" if that would take too many steps
 */
export function matchLength(program: Program, tag: string): number | undefined | "unknown" {
  try {
    return matchEnd(program, 0, undefined, { characters: Array.from(tag), steps: 0 });
  } catch (error) {
    if (error instanceof OutOfSteps) return "unknown";
    throw error;
  }
}
