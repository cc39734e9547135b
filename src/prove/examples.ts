import { holds, type Formula } from "./formula.ts";
import type { Valuation } from "./linear.ts";

/** States that can be reached, to find the plainest counterexamples without a solver. */
export class Examples {
  readonly #examples: readonly Valuation[];
  /** Where each formula holds that was asked about before: invariants and regions come again and again. */
  readonly #where = new WeakMap<Formula, ReadonlySet<Valuation> | "seen once">();

  constructor(examples: readonly Valuation[]) {
    this.#examples = examples;
  }

  /** An example in which all formulas hold; `undefined` if there is none. */
  find(formulas: readonly Formula[]): Valuation | undefined {
    const tests = formulas.map((formula) => this.#testOf(formula));
    return this.#examples.find((values) => tests.every((test) => test(values)));
  }

  #testOf(formula: Formula): (values: Valuation) => boolean {
    const known = this.#where.get(formula);
    if (known === undefined) {
      this.#where.set(formula, "seen once");
      return (values) => holds(formula, values);
    }
    const where =
      known === "seen once"
        ? new Set(this.#examples.filter((values) => holds(formula, values)))
        : known;
    this.#where.set(formula, where);
    return (values) => where.has(values);
  }
}
