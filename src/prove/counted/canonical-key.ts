import { formulaKey, type Formula } from "../logic/formula.ts";
import { linearKey, type Substitution } from "../logic/linear.ts";

/** Equal for formulas that differ in the order of their parts at most. */
export function canonicalKey(formula: Formula): string {
  if (formula.kind !== "all" && formula.kind !== "some") return formulaKey(formula);
  return `${formula.kind}(${[...new Set(formula.of.map(canonicalKey))].sort().join("; ")})`;
}

/** Equal for substitutions that do the same to the same variables. */
export function substitutionKey(substitution: Substitution): string {
  return [...substitution]
    .map(([name, linear]) => `${name} := ${linearKey(linear)}`)
    .sort()
    .join("; ");
}
