import type { Values } from "../../../models/system.ts";
import type { Formula } from "../logic/formula.ts";
import type { Linear } from "../logic/linear.ts";
import type { Action } from "./counted.ts";

/** Why no chunk stays in some places for ever. */
export type Departure = {
  readonly places: readonly number[];
  /** Whether nothing leads from there but to other such places of later departures. */
  readonly deadEnd: boolean;
} & (
  | { readonly kind: "fairness"; readonly instance: number }
  | { readonly kind: "descent"; readonly ranks: readonly number[] }
);

/** What makes the end of a run a violation; places, outputs and actions are those of the model. */
export type Evidence =
  | { readonly kind: "state"; readonly index: number }
  | { readonly kind: "action" }
  | {
      readonly kind: "trap";
      readonly online: readonly number[];
      readonly output: number;
      readonly parts: readonly Formula[];
    }
  | { readonly kind: "loop"; readonly actions: readonly Action[]; readonly waits: number };

/** Actions that are taken one after the other, some number of times. */
export interface Segment {
  readonly actions: readonly Action[];
  /** Over N, T, X and Q. */
  readonly times: Linear;
}

/** A run into a violation, for the sizes at which N is at least the bound, and the bound is the least of all. */
export interface CertifiedPath {
  /** Over T, X and Q. */
  readonly bound: Linear;
  readonly segments: readonly Segment[];
  readonly evidence: Evidence;
}

/** What shows one property. */
export interface CertifiedProperty {
  readonly property: string;
  /** Where it is violated: nowhere if it is proved; else where N is at least one of these, of which there is one. */
  readonly violatedFrom: readonly Linear[] | null;
  /** An invariant of its own, for the sizes at which it is not violated. */
  readonly invariant: readonly Formula[] | null;
  readonly putOff: readonly string[];
  /** For each goal, in order. */
  readonly departures: readonly (readonly Departure[])[];
  /** For each bound, in order. */
  readonly paths: readonly CertifiedPath[];
}

/** What shows the properties of one system. */
export interface CertifiedRun {
  readonly invariant: readonly Formula[];
  readonly properties: readonly CertifiedProperty[];
}

/** A system that a certificate is about. */
export interface CertifiedSystem {
  readonly release: string;
  readonly parameters: Values;
  /** The routes masks, where they are known better than `routing` says. */
  readonly masks: readonly (readonly number[])[] | null;
}
