import type { CharacterTest } from "./tag-reader.ts";

const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;
const LAST = 0x10ffff;

/**
 * One character for each way in which some tests can answer together: no other character need be
 * tried. Tests that ask for Unicode classes have edges at samples of them only.
 */
export function alphabetOf(tests: Iterable<CharacterTest>): readonly string[] {
  const distinct = new Map<string, CharacterTest>();
  for (const test of tests) distinct.set(test.key, test);
  const known = [...distinct.values()];
  const edges = new Set([1, ...known.flatMap((test) => test.edges)]);
  const alphabet = new Map<string, string>();
  for (const edge of edges) {
    if (edge < 1 || edge > LAST || (edge >= FIRST_SURROGATE && edge <= LAST_SURROGATE)) continue;
    const character = String.fromCodePoint(edge);
    const answers = known.map((test) => (test.matches(character) ? "1" : "0")).join("");
    if (!alphabet.has(answers)) alphabet.set(answers, character);
  }
  return [...alphabet.values()];
}
