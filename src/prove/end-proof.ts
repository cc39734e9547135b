import type { Obligation } from "./smt-lib.ts";

/** What shows, at the end of a run with open sizes, that a property is violated there. */
export interface EndProof {
  readonly obligations: readonly Obligation[];
  readonly unchecked: readonly string[];
  /** For a run that ends where nothing helps any more: what stays true from there on. */
  readonly trap: readonly string[];
}
