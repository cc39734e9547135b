import { type Scope, slotsOf } from "../../compile/scope.ts";
import { SpecNames } from "./spec-names.ts";

/** The configuration by which TLC checks every invariant, up to permutation of slots. */
export function tlaConfiguration(scope: Scope): string {
  const { properties } = new SpecNames(scope);
  const slots = Array.from({ length: slotsOf(scope) }, (_, slot) => `s${slot}`);
  return [
    "SPECIFICATION Spec",
    `CONSTANT Slots = {${slots.join(", ")}}`,
    "SYMMETRY Symmetry",
    ...["TypeOK", ...properties].map((name) => `INVARIANT ${name}`),
    "CHECK_DEADLOCK FALSE",
    "",
  ].join("\n");
}
