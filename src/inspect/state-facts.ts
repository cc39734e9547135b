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

/**
 * Looks a state up in a state space.
 *
 * @param gone is aborted when nobody waits for the answer any more
 */
export type FactsOf = (state: SystemState, gone: AbortSignal) => Promise<NeighbourhoodFacts>;

/** What a page asks: which state, of what is served under that name. */
export interface FactsQuestion {
  readonly served: string;
  readonly state: SystemState;
}

/** Whether a value read from the server is facts; the server is written by the same program. */
export function isNeighbourhoodFacts(value: unknown): value is NeighbourhoodFacts {
  return typeof value === "object" && value !== null && "here" in value && "after" in value;
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && one >= 0);
}

function readState(value: unknown): SystemState | null {
  if (typeof value !== "object" || value === null) return null;
  if (!("places" in value) || !("shared" in value) || !("amounts" in value)) return null;
  const { places, shared, amounts } = value;
  return isNumbers(places) && isNumbers(shared) && isNumbers(amounts)
    ? { places, shared, amounts }
    : null;
}

/**
 * Reads what a page asks about a state.
 *
 * @throws TypeError if it is no such question
 */
export function readFactsQuestion(text: string): FactsQuestion {
  const value: unknown = JSON.parse(text);
  const state =
    typeof value === "object" && value !== null && "state" in value ? readState(value.state) : null;
  if (state === null) throw new TypeError("that is no state");
  const served =
    typeof value === "object" && value !== null && "served" in value ? value.served : null;
  return { served: typeof served === "string" ? served : "", state };
}
