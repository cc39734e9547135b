import { entryAt, valueOr } from "../../errors/checked-access.ts";
import { tidied, type AcceleratedPath, type PathSegment } from "./accelerated-path.ts";
import type { Sizes } from "../../compile/sizes.ts";
import type { CountedAction, CountedSystem } from "../counted/counting.ts";
import { constant, sum, variable, type Linear, type Valuation } from "../logic/linear.ts";
import { initialValues, nearby, run } from "./walk.ts";

/** Whether a concrete state is the violation that a path should end in. */
type IsViolation = (values: Valuation) => boolean;

/** A path at one size, and how it is to grow. */
export interface Base {
  readonly word: readonly CountedAction[];
  readonly sizes: Sizes;
  /** The fewest chunks at each size. */
  readonly chunks: (sizes: Sizes) => number;
  readonly isViolation: IsViolation;
}

/** Actions that are put into the base word, once for each unit that a size grows. */
interface Pump {
  /** The symbol of the limit. */
  readonly size: string;
  readonly position: number;
  readonly actions: readonly CountedAction[];
}

const longestPump = 8;
const mostStates = 3000;
const mostPumps = 6;

function grown(sizes: Sizes, size: string, by: number): Sizes {
  return { ...sizes, [size]: valueOr(sizes, size, 0) + by };
}

function violates(
  counted: CountedSystem,
  base: Base,
  sizes: Sizes,
  word: readonly CountedAction[],
): boolean {
  const end = run(word, initialValues(counted, base.chunks(sizes), sizes));
  return end !== null && base.isViolation(end);
}

/** The word with the pumps put in, each as often as its size has grown. */
function pumped(base: Base, pumps: readonly Pump[], sizes: Sizes): readonly CountedAction[] {
  const word: CountedAction[] = [];
  for (let position = 0; position <= base.word.length; position++) {
    for (const pump of pumps) {
      if (pump.position !== position) continue;
      const grows = valueOr(sizes, pump.size, 0) - valueOr(base.sizes, pump.size, 0);
      for (let time = 0; time < grows; time++) {
        word.push(...pump.actions);
      }
    }
    const action = base.word[position];
    if (action !== undefined) word.push(action);
  }
  return word;
}

/** What may be put into the word so that it works where a size is one larger, the shortest first. */
function pumpsFor(counted: CountedSystem, base: Base, size: string): readonly Pump[] {
  const sizes = grown(base.sizes, size, 1);
  const found: Pump[] = [];
  const start = initialValues(counted, base.chunks(sizes), sizes);
  // The last place first: what is repeated late leaves the beginning of the story as it was.
  for (let position = base.word.length; position >= 0; position--) {
    const before = run(base.word.slice(0, position), start);
    if (before === null) continue;
    const rest = base.word.slice(position);
    for (const { values, way } of nearby(counted.actions, before, longestPump, mostStates)) {
      const end = way.length === 0 ? null : run(rest, values);
      if (end === null || !base.isViolation(end)) continue;
      const pump: Pump = { size, position, actions: way };
      const twice = grown(base.sizes, size, 2);
      if (violates(counted, base, twice, pumped(base, [pump], twice))) {
        found.push(pump);
        break;
      }
    }
  }
  // Of pumps that are equally long, the one that makes the shortest story.
  return found
    .map((pump) => ({ pump, words: wordsOf(segmentsOf(base, [pump])) }))
    .sort((a, b) => a.pump.actions.length - b.pump.actions.length || a.words - b.words)
    .slice(0, mostPumps)
    .map(({ pump }) => pump);
}

/** How long a story is to tell, and how often it turns from one chunk to another within a repetition. */
function wordsOf(segments: readonly PathSegment[]): number {
  let words = 0;
  for (const { actions, times } of segments) {
    words += actions.length;
    if (times.terms.size === 0) continue;
    if (times.constant !== 0) words++;
    actions.forEach(({ move }, index) => {
      const next = actions[index + 1]?.move;
      if (next !== undefined && "to" in move && "from" in next && move.to !== next.from)
        words += 0.1;
    });
  }
  return words;
}

function segmentsOf(base: Base, pumps: readonly Pump[]): readonly PathSegment[] {
  const one = constant(1);
  const segments: PathSegment[] = [];
  for (let position = 0; position <= base.word.length; position++) {
    for (const { size, position: at, actions } of pumps) {
      if (at !== position) continue;
      const times: Linear = sum(variable(size), constant(-valueOr(base.sizes, size, 0)));
      segments.push({ actions, times });
    }
    const action = base.word[position];
    if (action !== undefined) segments.push({ actions: [action], times: one });
  }
  return tidied(segments);
}

/**
 * Generalises a path at one size to every size: finds what must be repeated once more when a limit is one larger.
 * What it yields works at some larger sizes; whether it works at all is for a proof to say.
 */
export function* generalised(counted: CountedSystem, base: Base): Generator<AcceleratedPath> {
  if (!violates(counted, base, base.sizes, base.word)) return;
  const names = Object.entries(base.sizes).flatMap(([symbol, size]) => (size > 0 ? [symbol] : []));
  const choices: (readonly (Pump | null)[])[] = [];
  for (const size of names) {
    const unchanged = [1, 2].every((by) =>
      violates(counted, base, grown(base.sizes, size, by), base.word),
    );
    const pumps = unchanged ? [null] : pumpsFor(counted, base, size);
    if (pumps.length === 0) return;
    choices.push(pumps);
  }
  let combinations: readonly (readonly Pump[])[] = [[]];
  for (const pumps of choices) {
    combinations = combinations.flatMap((before) =>
      pumps.flatMap((pump) => {
        if (pump === null) return [before];
        // Two pumps at one position can come in either order.
        return before.some(({ position }) => position === pump.position)
          ? [
              [...before, pump],
              [pump, ...before],
            ]
          : [[...before, pump]];
      }),
    );
  }
  const paths = combinations
    .map((pumps) => {
      const segments = segmentsOf(base, pumps);
      return { pumps, segments, words: wordsOf(segments) };
    })
    .sort((a, b) => a.words - b.words);
  for (const { pumps, segments } of paths) {
    const fits = [
      [1, 1, 1],
      [2, 1, 0],
      [1, 3, 2],
    ].every((by) => {
      const sizes = names.reduce(
        (before, name, index) => grown(before, name, entryAt(by, index % by.length)),
        base.sizes,
      );
      return violates(counted, base, sizes, pumped(base, pumps, sizes));
    });
    if (fits) yield { segments };
  }
}
