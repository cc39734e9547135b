/** The properties that are judged on a single state. */
export type StateProperty =
  "memoryBound" | "quotaConserved" | "flushingIsMapped" | "taskMapBound" | "ownerAlive";

type ActionName =
  | "ingest"
  | "dispatch"
  | "dispatchWithoutTask"
  | "evict"
  | "flushOk"
  | "flushRetry"
  | "flushDrop"
  | "retryFire"
  | "retryFireOverLimit"
  | "reschedule"
  | "setAside"
  | "recall"
  | "probe"
  | "outputDown"
  | "outputUp"
  | "crash"
  | "scheduleFail"
  | "shutdown";

/** An action with the slot and the output that it is about, if any. */
export interface Label {
  readonly action: ActionName;
  readonly slot?: number;
  readonly output?: number;
}

/** One transition out of a state. */
export interface Step<S> {
  readonly label: Label;
  readonly next: S;
  /** Whether this transition violates `noLoss`. */
  readonly loses: boolean;
}

/** A delivery that is still owed. */
interface Owed {
  readonly slot: number;
  readonly output: number;
}

/** All that the properties ask about one state. */
export interface Observation {
  readonly running: boolean;
  readonly online: readonly boolean[];
  /** How many slots hold a chunk that is mapped. */
  readonly up: number;
  /** The slots that hold a chunk. */
  readonly live: readonly number[];
  readonly owed: readonly Owed[];
  /** The state properties that do not hold here. */
  readonly unsafe: readonly StateProperty[];
}

/** A transition system over plain states that `JSON.stringify` tells apart. */
export interface Rules<S> {
  readonly initial: S;
  readonly steps: (state: S) => readonly Step<S>[];
  readonly observe: (state: S) => Observation;
  /** The state with its slots in an order that forgets which was which. */
  readonly canonical: (state: S) => unknown;
}

/** 0, 1, ..., count - 1. */
export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** The masks that `ingest` may pick. */
export function masksOf(outputs: number, routing: "all" | "any"): readonly (readonly number[])[] {
  if (routing === "all") {
    return [upTo(outputs)];
  }
  let subsets: (readonly number[])[] = [[]];
  for (const output of upTo(outputs)) {
    subsets = subsets.flatMap((subset) => [subset, [...subset, output]]);
  }
  return subsets.filter((subset) => subset.length > 0);
}

/** Slots in an order that depends on nothing but what they hold. */
export function sortedSlots(slots: readonly unknown[]): readonly string[] {
  return slots.map((slot) => JSON.stringify(slot)).sort();
}
