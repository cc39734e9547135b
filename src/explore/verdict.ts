import type { CompiledClause, CompiledPending } from "../compile/compiled-system.ts";

/** What was found out about a property in one scope. */
export interface Verdict {
  readonly property: string;
  /** `unknown` where the search was cut short before a violation was met. */
  readonly verdict: "holds" | "violated" | "unknown";
  /** True where nothing that the property speaks of was ever met. */
  readonly vacuous: boolean;
  /** The violation that is nearest to the initial state; null where there is none, or none to show. */
  readonly violation: Violation | null;
  /** For a progress property, what was found out about each of its clauses. */
  readonly clauses: readonly ClauseVerdict[];
}

/** What was found out about a clause of a progress property. */
export interface ClauseVerdict {
  readonly modality: CompiledClause["modality"];
  /** Actions on a shortest path to a violation of this clause; null where it holds. */
  readonly length: number | null;
}

/** Where a property is violated. */
export interface Violation {
  /** The state at which the path ends, or from which the offending transition leaves. */
  readonly state: number;
  /** The offending transition, for a property of transitions; else null. */
  readonly edge: number | null;
  /** The output that is cut off, for a progress property that speaks of one; else null. */
  readonly output: number | null;
  /** For a progress property: the clause that is violated, and what waits. */
  readonly clause?: number;
  readonly pending?: CompiledPending;
}
