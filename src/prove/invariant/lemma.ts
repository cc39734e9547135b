import type { Candidate } from "./candidates.ts";
import type { Departure } from "../progress/departure.ts";

/** What shows that a property holds: queries, rankings, and the part of the argument that no machine checks. */
export interface Argument {
  /** The invariant that it rests on, if it needs one that holds at some sizes only. */
  readonly invariant: readonly Candidate[] | null;
  /** Actions about outputs that are offline which the engine puts off in the run that is shown to exist. */
  readonly putOff: readonly string[];
  /** For each goal of a progress property, in order, how chunks get where they must. */
  readonly departures: readonly (readonly Departure[])[];
  /** The steps from these to the property, one line each. */
  readonly unchecked: readonly string[];
}
