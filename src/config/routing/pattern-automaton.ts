import { ANY_TEXT, type TagPattern } from "./tag-pattern.ts";

/** A character that none of the patterns of a question names. */
export const OTHER_CHARACTER = "other character";

/**
 * The places of a pattern that may be reached after some text: bit i stands for the place before
 * its i-th character or wildcard, the highest bit for its end.
 */
export type Places = bigint;

/** A pattern with wildcards as a machine that reads a tag character by character. */
export interface PatternAutomaton {
  readonly start: Places;
  readonly next: (places: Places, character: string) => Places;
  readonly accepts: (places: Places) => boolean;
  /** Every character that the pattern names. */
  readonly alphabet: ReadonlySet<string>;
}

/** Builds the machine of a pattern. */
export function patternAutomaton(pattern: TagPattern): PatternAutomaton {
  const symbols = pattern.flatMap<string | typeof ANY_TEXT>((part) =>
    part === ANY_TEXT ? [part] : Array.from(part),
  );

  /** A wildcard may be left without reading anything. */
  function skipWildcards(place: number): Places {
    let places = 1n << BigInt(place);
    let index = place;
    while (symbols[index] === ANY_TEXT) {
      index += 1;
      places |= 1n << BigInt(index);
    }
    return places;
  }

  const closures = Array.from({ length: symbols.length + 1 }, (_, place) => skipWildcards(place));
  const end = 1n << BigInt(symbols.length);
  return {
    start: closures[0] ?? 0n,
    next(places, character) {
      let reached = 0n;
      for (const [place, symbol] of symbols.entries()) {
        if ((places & (1n << BigInt(place))) !== 0n) {
          const target = symbol === ANY_TEXT ? place : place + 1;
          if (symbol === ANY_TEXT || symbol === character) {
            reached |= closures[target] ?? 0n;
          }
        }
      }
      return reached;
    },
    accepts: (places) => (places & end) !== 0n,
    alphabet: new Set(symbols.filter((symbol) => symbol !== ANY_TEXT)),
  };
}
