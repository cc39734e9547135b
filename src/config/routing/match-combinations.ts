import { alphabetOf } from "./alphabet.ts";
import { patternAutomaton } from "./pattern-automaton.ts";
import type { TagPattern } from "./tag-pattern.ts";
import { ReaderOverflow, type TagReader } from "./tag-reader.ts";

const STATE_LIMIT = 10_000;
/** Steps of single readers: half a second or so. */
const WORK_LIMIT = 500_000;

/** The readers that may still go either way, and those that match whatever follows. */
interface Product {
  readonly source: number;
  readonly open: readonly (readonly [reader: number, state: number])[];
  readonly matched: readonly number[];
}

function keyOf({ source, open, matched }: Product): string {
  return `${source}|${open.join(";")}|${matched.join()}`;
}

function settle(
  source: number,
  reached: Iterable<readonly [number, number]>,
  matchedBefore: readonly number[],
  readers: readonly TagReader[],
): Product {
  const open: (readonly [number, number])[] = [];
  const matched = [...matchedBefore];
  for (const [reader, state] of reached) {
    const settled = readers[reader]?.settled(state);
    if (settled === undefined) open.push([reader, state]);
    else if (settled) matched.push(reader);
  }
  return { source, open, matched: matched.sort((left, right) => left - right) };
}

/**
 * Which of the readers one tag of `tags` can satisfy together: reads all tags at once through the
 * product of the machines.
 *
 * @returns each possible combination as ascending indexes, the empty one included; undefined if the
 * product is too large to be searched.
 */
export function matchCombinations(
  tags: TagPattern,
  readers: readonly TagReader[],
): readonly (readonly number[])[] | undefined {
  try {
    return search(tags, readers);
  } catch (error) {
    if (error instanceof ReaderOverflow) return undefined;
    throw error;
  }
}

function search(
  tags: TagPattern,
  readers: readonly TagReader[],
): readonly (readonly number[])[] | undefined {
  const source = patternAutomaton(tags);
  const alphabet = alphabetOf([source, ...readers].flatMap(({ tests }) => tests));
  const start = settle(
    source.start,
    readers.map((reader, index) => [index, reader.start] as const),
    [],
    readers,
  );
  const seen = new Set([keyOf(start)]);
  const queue: Product[] = [start];
  const combinations = new Map<string, readonly number[]>();
  let work = 0;
  for (const { source: at, open, matched } of queue) {
    if (source.accepts(at)) {
      const now = open.filter(([reader, state]) => readers[reader]?.accepts(state) === true);
      const combination = [...matched, ...now.map(([reader]) => reader)].sort((l, r) => l - r);
      combinations.set(combination.join(), combination);
    }
    for (const character of alphabet) {
      const reached = source.next(at, character);
      if (source.settled(reached) === false) continue;
      work += open.length + 1;
      const steps = open.map(
        ([reader, state]) => [reader, readers[reader]?.next(state, character) ?? state] as const,
      );
      const product = settle(reached, steps, matched, readers);
      const key = keyOf(product);
      if (!seen.has(key)) {
        seen.add(key);
        queue.push(product);
      }
    }
    if (seen.size > STATE_LIMIT || work > WORK_LIMIT) return undefined;
  }
  return [...combinations.values()];
}

/** A tag of `tags` that a reader accepts, one of the shortest; undefined if none was found. */
export function exampleTag(tags: TagPattern, reader: TagReader): string | undefined {
  const source = patternAutomaton(tags);
  const alphabet = alphabetOf([source, reader].flatMap(({ tests }) => tests));
  const start = { at: source.start, state: reader.start, tag: "" };
  const seen = new Set([`${start.at} ${start.state}`]);
  const queue = [start];
  for (const { at, state, tag } of queue) {
    if (source.accepts(at) && (reader.settled(state) ?? reader.accepts(state))) return tag;
    if (seen.size > STATE_LIMIT) return undefined;
    for (const character of alphabet) {
      const next = {
        at: source.next(at, character),
        state: reader.settled(state) === undefined ? reader.next(state, character) : state,
        tag: tag + character,
      };
      const key = `${next.at} ${next.state}`;
      if (
        seen.has(key) ||
        source.settled(next.at) === false ||
        reader.settled(next.state) === false
      )
        continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return undefined;
}
