import { OTHER_CHARACTER, patternAutomaton, type Places } from "./pattern-automaton.ts";
import type { TagPattern } from "./tag-pattern.ts";

const STATE_LIMIT = 10_000;

/**
 * Which of the `matches` one tag of `tags` can match together: reads all tags at once through the
 * product of the patterns.
 *
 * @returns each possible combination as ascending indexes, the empty one included; undefined if the
 * product is too large to be searched.
 */
export function matchCombinations(
  tags: TagPattern,
  matches: readonly TagPattern[],
): readonly (readonly number[])[] | undefined {
  const source = patternAutomaton(tags);
  const readers = matches.map(patternAutomaton);
  const alphabet = new Set([OTHER_CHARACTER, ...source.alphabet]);
  for (const { alphabet: characters } of readers) {
    characters.forEach((character) => alphabet.add(character));
  }

  const start = [source.start, ...readers.map((reader) => reader.start)];
  const seen = new Set([start.join()]);
  const queue: (readonly Places[])[] = [start];
  const combinations = new Map<string, readonly number[]>();
  for (const [sourcePlaces = 0n, ...readerPlaces] of queue) {
    if (source.accepts(sourcePlaces)) {
      const combination = readerPlaces.flatMap((places, index) =>
        readers[index]?.accepts(places) === true ? [index] : [],
      );
      combinations.set(combination.join(), combination);
    }
    for (const character of alphabet) {
      const reached = source.next(sourcePlaces, character);
      if (reached === 0n) {
        continue;
      }
      const state = [
        reached,
        ...readerPlaces.map((places, index) => readers[index]?.next(places, character) ?? 0n),
      ];
      const key = state.join();
      if (!seen.has(key)) {
        seen.add(key);
        queue.push(state);
      }
    }
    if (seen.size > STATE_LIMIT) {
      return undefined;
    }
  }
  return [...combinations.values()];
}
