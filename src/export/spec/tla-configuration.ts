import { type Scope, slotsOf } from "../../compile/scope.ts";
import { SpecNames } from "./spec-names.ts";
import { neverStuck } from "./tla-behaviour.ts";

/** What TLC is to do. */
export interface TlaCheck {
  /** Whether states that differ by a permutation of slots are one state. */
  readonly symmetry: boolean;
  /** The invariants that it checks besides the types; see `tlaInvariants`. */
  readonly invariants: readonly string[];
}

/** The names of all invariants of a scope, that the engine is never stuck among them. */
export function tlaInvariants(scope: Scope): readonly string[] {
  return [...new SpecNames(scope).properties, neverStuck];
}

/** The configuration by which TLC checks a scope: every invariant, up to permutation of slots, unless told otherwise. */
export function tlaConfiguration(
  scope: Scope,
  { symmetry, invariants }: TlaCheck = { symmetry: true, invariants: tlaInvariants(scope) },
): string {
  const slots = Array.from({ length: slotsOf(scope) }, (_, slot) => `s${slot}`);
  return [
    "SPECIFICATION Spec",
    `CONSTANT Slots = {${slots.join(", ")}}`,
    ...(symmetry ? ["SYMMETRY Symmetry"] : []),
    ...["TypeOK", ...invariants].map((name) => `INVARIANT ${name}`),
    "CHECK_DEADLOCK FALSE",
    "",
  ].join("\n");
}
