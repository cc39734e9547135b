import { ANY_TEXT, type TagPattern } from "./tag-pattern.ts";
import { literalTest, numberStates, type TagReader } from "./tag-reader.ts";

/**
 * The machine of a pattern with wildcards. A state is the set of places that may be reached after
 * some text: bit i stands for the place before the i-th character or wildcard, the highest for the end.
 */
export function patternAutomaton(pattern: TagPattern): TagReader {
  const symbols = pattern.flatMap<string | typeof ANY_TEXT>((part) =>
    part === ANY_TEXT ? [part] : Array.from(part),
  );

  /** A wildcard may be left without reading anything. */
  function skipWildcards(place: number): bigint {
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
  const endless = symbols.at(-1) === ANY_TEXT ? 1n << BigInt(symbols.length - 1) : 0n;
  return numberStates<bigint>({
    start: closures[0] ?? 0n,
    key: String,
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
    settled: (places) => ((places & endless) !== 0n ? true : places === 0n ? false : undefined),
    tests: [...new Set(symbols.filter((symbol) => symbol !== ANY_TEXT))].map(literalTest),
  });
}
