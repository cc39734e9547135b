import type { SystemState } from "../compile/stepper.ts";

/** What is known of a state from the whole state space of its scope. */
export interface StateFacts {
  /** States that can still be reached from it, itself included, up to permutation of chunks. */
  readonly behind: number;
  /** Whether everything that is owed can still be delivered once the outputs are back, without a restart. */
  readonly canRecover: boolean;
  /** The shortest way to a violation from here, and what it violates; null if none can be reached. */
  readonly nearest: { readonly property: string; readonly keys: readonly string[] } | null;
}

/** A loop that can be taken for ever, as seen from a state. */
export interface LoopFacts {
  /** The property that it violates. */
  readonly property: string;
  /** The shortest way to a state of the loop, as action keys; empty on the loop. */
  readonly way: readonly string[];
  /** One round from there; empty where nothing is left to do. */
  readonly round: readonly string[];
}

/** What is known of a state, and of the states that its enabled actions lead to, by the actions' keys. */
export interface NeighbourhoodFacts {
  readonly states: number;
  readonly here: StateFacts;
  readonly after: Readonly<Record<string, StateFacts>>;
  /** The loops that can be reached from it. */
  readonly loops: readonly LoopFacts[];
}

/** Looks a state up in a state space. */
export type FactsOf = (state: SystemState) => NeighbourhoodFacts;

/** Whether a value read from the server is facts; the server is written by the same program. */
export function isNeighbourhoodFacts(value: unknown): value is NeighbourhoodFacts {
  return typeof value === "object" && value !== null && "here" in value && "after" in value;
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && one >= 0);
}

/**
 * Reads a state that a page asks about.
 *
 * @throws TypeError if it is none
 */
export function readState(text: string): SystemState {
  const value: unknown = JSON.parse(text);
  if (
    typeof value === "object" &&
    value !== null &&
    "places" in value &&
    "shared" in value &&
    "amounts" in value &&
    isNumbers(value.places) &&
    isNumbers(value.shared) &&
    isNumbers(value.amounts)
  ) {
    return { places: value.places, shared: value.shared, amounts: value.amounts };
  }
  throw new TypeError("that is no state");
}
