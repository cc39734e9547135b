import { formulaKey, type Formula } from "./formula.ts";
import { minus, type Linear } from "./linear.ts";

/**
 * Sees the plainest consequences without a solver: a comparison follows from another one if it is that one plus
 * something that is never negative. Most of what must be shown of an invariant is of this kind.
 */
export class Entailment {
  readonly #atoms: Linear[] = [{ constant: 0, terms: new Map() }];
  readonly #known = new Set<string>();
  readonly #neverNegative = new Set<string>();

  /** @param hypotheses what may be assumed */
  constructor(hypotheses: readonly Formula[]) {
    const learn = (formula: Formula): void => {
      this.#known.add(formulaKey(formula));
      if (formula.kind === "all") formula.of.forEach(learn);
      if (formula.kind !== "atLeast0") return;
      const { linear } = formula;
      this.#atoms.push(linear);
      const [[name, times] = ["", 0]] = linear.terms;
      if (linear.terms.size === 1 && times > 0 && linear.constant <= 0) {
        this.#neverNegative.add(name);
      }
    };
    hypotheses.forEach(learn);
  }

  /** Whether the formula plainly follows; `false` says nothing. */
  shows(formula: Formula): boolean {
    if (this.#known.has(formulaKey(formula))) return true;
    switch (formula.kind) {
      case "atLeast0":
        return this.#atoms.some((atom) => this.#isNeverNegative(minus(formula.linear, atom)));
      case "equals0":
        return false;
      case "all":
        return formula.of.every((one) => this.shows(one));
      case "some":
        return formula.of.some((one) => this.shows(one));
    }
  }

  #isNeverNegative({ constant, terms }: Linear): boolean {
    if (constant < 0) return false;
    for (const [name, times] of terms) {
      if (times < 0 || !this.#neverNegative.has(name)) return false;
    }
    return true;
  }
}

/** The statements without those that plainly follow from the others; together they say the same. */
export function withoutPlainConsequences<Part extends { readonly formula: Formula }>(
  context: readonly Formula[],
  parts: readonly Part[],
): readonly Part[] {
  let kept = parts;
  for (const part of parts.toReversed()) {
    const rest = kept.filter((one) => one !== part);
    const known = new Entailment([...context, ...rest.map(({ formula }) => formula)]);
    if (known.shows(part.formula)) kept = rest;
  }
  return kept;
}
