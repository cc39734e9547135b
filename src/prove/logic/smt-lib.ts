import type { Formula } from "./formula.ts";
import { variablesOf } from "./formula.ts";
import type { Linear } from "./linear.ts";

/** A statement that is proved by showing that its opposite, these hypotheses taken together, cannot be. */
export interface Obligation {
  /** What is claimed, for people. */
  readonly claim: string;
  /** Formulas that no whole numbers satisfy together, if the claim is true. */
  readonly hypotheses: readonly Formula[];
}

/** Within bars a name may hold anything but a bar or a backslash: with one of them it would end, and a script go on. */
function symbol(name: string): string {
  if (/^[A-Za-z]\w*$/.test(name)) return name;
  if (!/^[ -~]+$/.test(name) || /[|\\]/.test(name)) {
    throw new Error(`${JSON.stringify(name)} cannot be written as a variable of SMT-LIB`);
  }
  return `|${name}|`;
}

function numeral(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is no exact whole number`);
  return value < 0 ? `(- ${-value})` : String(value);
}

function linearTerm({ constant, terms }: Linear): string {
  const parts = [...terms].map(([name, times]) =>
    times === 1 ? symbol(name) : `(* ${numeral(times)} ${symbol(name)})`,
  );
  if (constant !== 0 || parts.length === 0) parts.push(numeral(constant));
  return parts.length === 1 ? parts.join("") : `(+ ${parts.join(" ")})`;
}

function term(formula: Formula): string {
  switch (formula.kind) {
    case "atLeast0":
      return `(>= ${linearTerm(formula.linear)} 0)`;
    case "equals0":
      return `(= ${linearTerm(formula.linear)} 0)`;
    case "all":
      return formula.of.length === 0 ? "true" : `(and ${formula.of.map(term).join(" ")})`;
    case "some":
      return formula.of.length === 0 ? "false" : `(or ${formula.of.map(term).join(" ")})`;
  }
}

/** The variables of some formulas, in order of their names. */
export function variablesOfAll(formulas: readonly Formula[]): readonly string[] {
  const names = new Set<string>();
  for (const formula of formulas) variablesOf(formula, names);
  return [...names].sort();
}

/**
 * Declarations and assertions, without logic or question.
 *
 * @param declared the variables that need no declaration any more
 */
export function assertions(formulas: readonly Formula[], declared?: ReadonlySet<string>): string {
  const declarations = variablesOfAll(formulas).flatMap((name) =>
    declared?.has(name) === true ? [] : [`(declare-const ${symbol(name)} Int)\n`],
  );
  return declarations.join("") + formulas.map((one) => `(assert ${term(one)})\n`).join("");
}

/**
 * A script in SMT-LIB 2 that any solver answers with `unsat` if the claim is true.
 *
 * @throws Error if a variable cannot be written in SMT-LIB, or a number is not exact.
 */
export function scriptOf({ claim, hypotheses }: Obligation): string {
  const comment = claim.replaceAll(/[^ -~]/g, " ");
  return `; ${comment}\n; expected answer: unsat\n(set-logic QF_LIA)\n${assertions(hypotheses)}(check-sat)\n`;
}
