import type { EvidencePlace } from "../evidence-place.ts";

/** A moment of a run: a line, in the order of lines. */
export interface Mark extends EvidencePlace {
  /** Grows with each line that was read, over all files. */
  readonly sequence: number;
  /**
   * Milliseconds, only to subtract one from another. It never goes back: where the clock does, as once a year in local time,
   * the order of the lines is the order of events.
   */
  readonly time: number;
}

/** Seconds from one moment to a later one. */
export function secondsBetween(from: Mark, to: Mark): number {
  return (to.time - from.time) / 1000;
}

/** Whether a moment came after another; true where there is no other. */
export function isAfter(mark: Mark | null, other: Mark | null): boolean {
  return mark !== null && (other === null || mark.sequence > other.sequence);
}

/** Something that happened several times. */
export interface Tally {
  readonly count: number;
  readonly first: Mark;
  readonly last: Mark;
}

/** The same once more. */
export function tallied(tally: Tally | null, mark: Mark): Tally {
  return tally === null
    ? { count: 1, first: mark, last: mark }
    : { count: tally.count + 1, first: tally.first, last: mark };
}

/** Whether a place is a moment of a run, and not one of an answer. */
export function isMark(place: EvidencePlace): place is Mark {
  return "sequence" in place;
}
