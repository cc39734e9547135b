import {
  linearKey,
  minus,
  scale,
  substitute as substituteLinear,
  sum,
  constant,
  valueOf,
  type Linear,
  type Substitution,
  type Valuation,
} from "./linear.ts";

/** A condition on whole numbers: what Z3 is asked about, and what can be evaluated on a state. */
export type Formula =
  | { readonly kind: "atLeast0"; readonly linear: Linear }
  | { readonly kind: "equals0"; readonly linear: Linear }
  | { readonly kind: "all"; readonly of: readonly Formula[] }
  | { readonly kind: "some"; readonly of: readonly Formula[] };

/** Always true. */
export const truth: Formula = { kind: "all", of: [] };
/** Never true. */
export const falsehood: Formula = { kind: "some", of: [] };

/** `left >= right`. */
export function atLeast(left: Linear, right: Linear): Formula {
  return decided({ kind: "atLeast0", linear: minus(left, right) });
}

/** `left <= right`. */
export function atMost(left: Linear, right: Linear): Formula {
  return atLeast(right, left);
}

/** `left < right`. */
export function below(left: Linear, right: Linear): Formula {
  return atLeast(right, sum(left, constant(1)));
}

/** `left = right`. */
export function equal(left: Linear, right: Linear): Formula {
  return decided({ kind: "equals0", linear: minus(left, right) });
}

function decided(atom: Formula & { readonly linear: Linear }): Formula {
  if (atom.linear.terms.size > 0) return atom;
  const value = atom.linear.constant;
  return (atom.kind === "atLeast0" ? value >= 0 : value === 0) ? truth : falsehood;
}

/** All of them. */
export function all(...of: readonly Formula[]): Formula {
  const parts = of.flatMap((one) => (one.kind === "all" ? one.of : [one]));
  if (parts.some((one) => one.kind === "some" && one.of.length === 0)) return falsehood;
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: "all", of: parts };
}

/** At least one of them. */
export function some(...of: readonly Formula[]): Formula {
  const parts = of.flatMap((one) => (one.kind === "some" ? one.of : [one]));
  if (parts.some((one) => one.kind === "all" && one.of.length === 0)) return truth;
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: "some", of: parts };
}

/** The opposite, with the negation pushed down to the comparisons. */
export function not(formula: Formula): Formula {
  switch (formula.kind) {
    case "atLeast0":
      return atLeast(constant(-1), formula.linear);
    case "equals0":
      return some(
        atLeast(formula.linear, constant(1)),
        atLeast(scale(formula.linear, -1), constant(1)),
      );
    case "all":
      return some(...formula.of.map(not));
    case "some":
      return all(...formula.of.map(not));
  }
}

/** The formula with variables replaced, all at once. */
export function substitute(formula: Formula, by: Substitution): Formula {
  switch (formula.kind) {
    case "atLeast0":
    case "equals0": {
      const linear = substituteLinear(formula.linear, by);
      return linear === formula.linear ? formula : decided({ kind: formula.kind, linear });
    }
    case "all":
      return all(...formula.of.map((one) => substitute(one, by)));
    case "some":
      return some(...formula.of.map((one) => substitute(one, by)));
  }
}

/** Whether the formula holds for these values. */
export function holds(formula: Formula, values: Valuation): boolean {
  switch (formula.kind) {
    case "atLeast0":
      return valueOf(formula.linear, values) >= 0;
    case "equals0":
      return valueOf(formula.linear, values) === 0;
    case "all":
      return formula.of.every((one) => holds(one, values));
    case "some":
      return formula.of.some((one) => holds(one, values));
  }
}

/** Equal for formulas that are written alike. */
export function formulaKey(formula: Formula): string {
  switch (formula.kind) {
    case "atLeast0":
    case "equals0":
      return `${formula.kind === "atLeast0" ? ">=" : "="}${linearKey(formula.linear)}`;
    case "all":
    case "some":
      return `${formula.kind}(${formula.of.map(formulaKey).join("; ")})`;
  }
}

/** The variables that a formula speaks of. */
export function variablesOf(formula: Formula, into = new Set<string>()): Set<string> {
  switch (formula.kind) {
    case "atLeast0":
    case "equals0":
      for (const name of formula.linear.terms.keys()) into.add(name);
      break;
    case "all":
    case "some":
      for (const one of formula.of) variablesOf(one, into);
  }
  return into;
}
