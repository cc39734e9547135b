import type { BenchScope, Growth } from "./bench-scopes.ts";
import type { Summary } from "./summary.ts";

/** What a contender cost on a scope, over all rounds. */
export interface MeasuredContender {
  readonly contender: string;
  /** How many states it says that it found; null where it does not say. */
  readonly states: number | null;
  readonly wallSeconds: Summary;
  readonly seconds: Summary;
  readonly mebibytes: Summary;
}

/** A scope with everybody who could take it. */
export interface MeasuredScope {
  readonly scope: BenchScope;
  readonly labelled: number;
  readonly upToPermutation: number;
  readonly contenders: readonly MeasuredContender[];
  /** Those that cannot take so many states. */
  readonly tooMany: readonly string[];
}

/** How cost grows with one size. */
export interface MeasuredGrowth extends Omit<Growth, "points"> {
  readonly points: readonly { readonly value: number; readonly measured: MeasuredScope }[];
}

/** Everything that one run of the bench found. */
export interface BenchResult {
  readonly rounds: number;
  readonly machine: string;
  readonly compared: readonly MeasuredScope[];
  readonly growth: readonly MeasuredGrowth[];
}
