import type { Parameters } from "../../models/parameters.ts";
import type { AcceleratedPath } from "./accelerated-path.ts";
import type { Candidate } from "./candidates.ts";
import type { Departure } from "./departure.ts";
import type { Evidence } from "./evidence.ts";
import type { Linear } from "./linear.ts";

/** A run into a violation, for the sizes at which its bound is the least. */
export interface CertifiedPath {
  readonly bound: Linear;
  readonly path: AcceleratedPath;
  readonly evidence: Evidence;
}

/** What shows one property, without a word on how it was found. */
export interface CertifiedProperty {
  readonly property: string;
  /** Where it is violated: nowhere if it is proved; else where N is at least one of these. */
  readonly violatedFrom: readonly Linear[] | null;
  /** An invariant of its own, for the sizes at which it is not violated. */
  readonly invariant: readonly Candidate[] | null;
  /** Actions about outputs that are offline which the engine puts off in the run that is shown to exist. */
  readonly putOff: readonly string[];
  readonly departures: readonly (readonly Departure[])[];
  readonly paths: readonly CertifiedPath[];
}

/** What shows the properties of one system for all sizes. */
export interface CertifiedRun {
  readonly release: string;
  readonly parameters: Parameters;
  readonly invariant: readonly Candidate[];
  readonly properties: readonly CertifiedProperty[];
}
