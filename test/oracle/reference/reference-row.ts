import type { ParkParameters, ReleaseParameters } from "../parameters.ts";
import type { PropertyName, TwoPartProperty } from "../property.ts";

/**
 * One row of the reference tables of the semantics. The page calls `neverStuck` neverStuck and `noStarvation`
 * noStarvation.
 */
export interface ReferenceRow {
  /** The section of the semantics, such as `9.1`. */
  readonly section: string;
  readonly parameters: ReleaseParameters | ParkParameters;
  readonly counts: {
    readonly labelled: number;
    readonly canonical: number;
    readonly transitions: number;
    readonly selfLoops: number;
    /** Absent where the page does not give it. */
    readonly mostUp?: number;
  };
  /** What the page says is violated: with its shortest length, or `true` where the property has none. */
  readonly violated: Readonly<Partial<Record<PropertyName, number | true>>>;
  /** The shortest lengths of the two parts of a violated property; `null` for a part that holds. */
  readonly parts?: Readonly<Partial<Record<TwoPartProperty, Parts>>>;
  /** What the page says explicitly to hold. */
  readonly holds?: readonly PropertyName[];
  /** The properties of which the row says nothing, though it lists what is violated. */
  readonly unsaid?: readonly PropertyName[];
  /** What the row says of every property that it does not name: it holds, or nothing ("as far as listed"). */
  readonly rest: "holds" | "unsaid";
}

/** The shortest lengths of parts (a) and (b) of a progress property; `null` for a part that holds. */
export interface Parts {
  readonly a: number | null;
  readonly b: number | null;
}
