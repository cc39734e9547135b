/** A part of a tag that is not known beforehand: any text, also none. */
export const ANY_TEXT: unique symbol = Symbol("any text");

/** The tags that an input may give: literal text and unknown parts in turn. */
export type TagPattern = readonly (string | typeof ANY_TEXT)[];

/** Whether the pattern stands for one tag only. */
export function fixedTag(pattern: TagPattern): string | undefined {
  let tag = "";
  for (const part of pattern) {
    if (part === ANY_TEXT) {
      return undefined;
    }
    tag += part;
  }
  return tag;
}

/** Text in which every `*` stands for unknown text, as in `Match`. */
export function patternFromWildcards(text: string): TagPattern {
  const parts: (string | typeof ANY_TEXT)[] = [];
  for (const [index, literal] of text.split("*").entries()) {
    if (index > 0 && parts.at(-1) !== ANY_TEXT) {
      parts.push(ANY_TEXT);
    }
    if (literal !== "") {
      parts.push(literal);
    }
  }
  return parts;
}

/** The pattern as it is shown: `*` for unknown text. */
export function formatTagPattern(pattern: TagPattern): string {
  return pattern.map((part) => (part === ANY_TEXT ? "*" : part)).join("");
}
