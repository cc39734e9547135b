import type { Assertion } from "./program.ts";

/** A character beside a place, or undefined at either end of the tag. */
type Neighbour = string | undefined;

/** Word boundaries know all of Unicode, unlike `\w`. */
const WORD = /^[\p{L}\p{M}\p{Nd}\p{Pc}]$/u;

/** Edges of what `assertionHolds` asks of its neighbours. */
export const WORD_EXPRESSION = WORD;

function isWord(character: Neighbour): boolean {
  return character !== undefined && WORD.test(character);
}

/**
 * Whether an assertion holds between two characters.
 *
 * @param last whether `after` is the last character of the tag
 */
export function assertionHolds(
  assertion: Assertion,
  before: Neighbour,
  after: Neighbour,
  last: boolean,
): boolean {
  switch (assertion) {
    case "string_start":
      return before === undefined;
    case "line_start":
      return before === undefined || (before === "\n" && after !== undefined);
    case "string_end":
      return after === undefined;
    case "line_end":
      return after === undefined || after === "\n";
    case "string_end_newline":
      return after === undefined || (after === "\n" && last);
    case "word_boundary":
      return isWord(before) !== isWord(after);
    case "no_word_boundary":
      return isWord(before) === isWord(after);
  }
}
