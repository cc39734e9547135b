import type { TraceDifference } from "./trace-difference.ts";

/**
 * What real engines do and the model leaves out, by name. Where a trace shows one of these it is let through, counted
 * and reported; anything else that the model does not allow is a difference.
 */
export const knownDifferences = {
  loadedAtRestart: "restart: chunks that were loaded are put down again",
  queuedLater: "restart: the backlog is queued later, and in portions",
  owedAgain:
    "restart: outputs that have the chunk are owed it again (they were kept in memory only)",
  neverQueued: "restart: chunks that were found are not queued by the end",
  rest: "rest: a parked chunk is outside the queue until it is recalled, and comes back as new",
  turnLost: "turn_lost: a chunk that cannot be read loses its turn, and is new again",
  shutdown: "shutdown: park has none, it is taken as a crash",
  flushedAgain: "shutdown: a delivery that is under way is flushed once more",
  forcedUp: "append: a chunk that is down is up above the limit while records are added",
} as const;

/** The name of something that the model is known to leave out. */
type KnownDifferenceName = keyof typeof knownDifferences;

/** How often a trace shows something that the model is known to leave out. */
export interface KnownDifference {
  readonly name: KnownDifferenceName;
  readonly count: number;
  /** The first of them, as if it were a difference. */
  readonly first: TraceDifference;
}

/** The known differences of a trace so far. */
export class KnownDifferences {
  readonly #found = new Map<KnownDifferenceName, { count: number; first: TraceDifference }>();

  /** Counts one more; both sides are described only for the first. */
  note(name: KnownDifferenceName, describe: (sentence: string) => TraceDifference): void {
    const found = this.#found.get(name);
    if (found === undefined) {
      this.#found.set(name, { count: 1, first: describe(knownDifferences[name]) });
    } else {
      found.count++;
    }
  }

  /** Each that was found, in the order in which they were. */
  all(): readonly KnownDifference[] {
    return [...this.#found].map(([name, { count, first }]) => ({ name, count, first }));
  }
}
