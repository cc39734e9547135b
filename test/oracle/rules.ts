import type { StateProperty, TransitionProperty } from "./property.ts";

export type ActionName =
  | "ingest"
  | "ingestEvict"
  | "ingestRefused"
  | "limitExit"
  | "append"
  | "queue"
  | "dispatch"
  | "dispatchWithoutTask"
  | "evict"
  | "flushOk"
  | "flushRetry"
  | "flushDrop"
  | "flushEvicted"
  | "flushError"
  | "retryFire"
  | "retryFireOverLimit"
  | "reschedule"
  | "setAside"
  | "recall"
  | "probe"
  | "outputDown"
  | "outputUp"
  | "hang"
  | "unhang"
  | "flushFails"
  | "readRetry"
  | "readDrop"
  | "crash"
  | "scheduleFail"
  | "shutdown"
  | "reload"
  | "shutdownDone"
  | "graceOver"
  | "segregate";

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
  /** The properties that this transition violates. */
  readonly breaks: readonly TransitionProperty[];
}

/** A delivery that is still owed. */
interface Owed {
  readonly slot: number;
  readonly output: number;
}

/** All that the properties ask about one state. */
export interface Observation {
  readonly phase: "running" | "ending" | "stopped";
  readonly outputs: readonly ("online" | "offline" | "hung")[];
  /** The chunks up, dead letters included. */
  readonly up: number;
  /** The slots that hold a chunk. */
  readonly live: readonly number[];
  readonly owed: readonly Owed[];
  /** The inputs that are paused. */
  readonly paused: readonly number[];
  /** The state properties that do not hold here. */
  readonly unsafe: readonly StateProperty[];
}

/** A state with slots that are interchangeable. */
export interface Slotted {
  readonly slots: readonly unknown[];
}

/** A transition system over plain states that `JSON.stringify` tells apart. */
export interface Rules<S extends Slotted> {
  readonly initial: S;
  readonly steps: (state: S) => readonly Step<S>[];
  readonly observe: (state: S) => Observation;
  /** The state with its slots in an order that forgets which was which. */
  readonly sorted: (state: S) => S;
}

/** 0, 1, ..., count - 1. */
export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** The masks that `ingest` may pick. */
export function masksOf(outputs: number, routing: "all" | "any"): readonly (readonly number[])[] {
  return routing === "all" ? [upTo(outputs)] : subsetsOf(upTo(outputs));
}

/** Every subset that is not empty. */
export function subsetsOf(items: readonly number[]): readonly (readonly number[])[] {
  let subsets: (readonly number[])[] = [[]];
  for (const item of items) {
    subsets = subsets.flatMap((subset) => [subset, [...subset, item]]);
  }
  return subsets.filter((subset) => subset.length > 0);
}

/** Slots in an order that depends on nothing but what they hold. */
export function sortedSlots<C>(slots: readonly C[]): C[] {
  return slots
    .map((slot) => ({ slot, key: JSON.stringify(slot) }))
    .sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)))
    .map(({ slot }) => slot);
}
