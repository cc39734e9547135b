import type { Departure } from "./eventually.ts";
import type { Obligation } from "./smt-lib.ts";

/** A proof that chunks leave some places, as part of a certificate. */
export interface DepartureRecord {
  readonly region: string;
  readonly target: readonly number[];
  readonly departures: readonly Departure[];
}

/** What shows that a property holds: queries, rankings, and the part of the argument that no machine checks. */
export interface Argument {
  readonly obligations: readonly Obligation[];
  readonly departures: readonly DepartureRecord[];
  /** The steps from these to the property, one line each. */
  readonly unchecked: readonly string[];
}

/** Nothing needs to be shown. */
export const vacuous: Argument = { obligations: [], departures: [], unchecked: [] };

/** Arguments together. */
export function joined(parts: readonly Argument[]): Argument {
  return {
    obligations: parts.flatMap(({ obligations }) => obligations),
    departures: parts.flatMap(({ departures }) => departures),
    unchecked: [...new Set(parts.flatMap(({ unchecked }) => unchecked))],
  };
}
