import { holds, type Formula } from "./formula.ts";
import type { Valuation } from "./linear.ts";
import type { Obligation } from "./smt-lib.ts";

/** How many of the last counterexamples are tried on the next claim. */
const mostRemembered = 200;

/** States that are tried on a claim before a solver is asked: some that can be reached, and counterexamples of earlier claims. */
export class Examples {
  readonly #examples: readonly Valuation[];
  /** Where each formula holds that was asked about before: invariants and regions come again and again. */
  readonly #where = new WeakMap<Formula, ReadonlySet<Valuation> | "seen once">();
  /** The last one first: one is often a counterexample of the next claim, too. */
  readonly #counterexamples: Valuation[] = [];
  #counted = 0;
  /** How many counterexamples there had been when a claim was last tried in vain. */
  readonly #tried = new WeakMap<Obligation, number>();

  /** @param examples states that can be reached */
  constructor(examples: readonly Valuation[]) {
    this.#examples = examples;
  }

  /** Remembers the counterexample of a claim. */
  remember(counterexample: Valuation): void {
    this.#counted++;
    this.#counterexamples.unshift(counterexample);
    this.#counterexamples.splice(mostRemembered);
  }

  /** A counterexample of the claim; `undefined` if none is known. */
  find(claim: Obligation): Valuation | undefined {
    const { hypotheses } = claim;
    const before = this.#tried.get(claim);
    const latest = this.#counterexamples.slice(0, this.#counted - (before ?? 0));
    const found =
      (before === undefined ? this.#among(hypotheses) : undefined) ??
      latest.find((values) => hypotheses.every((one) => holds(one, values)));
    if (found === undefined) this.#tried.set(claim, this.#counted);
    return found;
  }

  #among(formulas: readonly Formula[]): Valuation | undefined {
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
