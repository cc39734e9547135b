import { holds, type Formula } from "../logic/formula.ts";
import type { Valuation } from "../logic/linear.ts";
import type { Obligation } from "../logic/smt-lib.ts";

/** In which examples a formula holds, of those that there were when it was last looked at. */
interface Where {
  readonly holding: Set<Valuation>;
  looked: number;
}

/** States that are tried on a claim before a solver is asked: some that can be reached, and counterexamples of earlier claims. */
export class Examples {
  readonly #examples: Valuation[];
  /** Where each formula holds that was asked about before: invariants and regions come again and again. */
  readonly #where = new WeakMap<Formula, Where>();
  /** How many examples there were when a claim was last tried in vain. */
  readonly #tried = new WeakMap<Obligation, number>();

  /** @param examples states that can be reached */
  constructor(examples: readonly Valuation[]) {
    this.#examples = [...examples];
  }

  /** Remembers the counterexample of a claim: often it is one of the next claim, too. */
  remember(counterexample: Valuation): void {
    this.#examples.push(counterexample);
  }

  /** A counterexample of the claim; `undefined` if none is known. */
  find(claim: Obligation): Valuation | undefined {
    const tried = this.#tried.get(claim);
    const found =
      tried === undefined
        ? this.#inAll(claim.hypotheses)
        : this.#examples
            .slice(tried)
            .find((values) => claim.hypotheses.every((one) => holds(one, values)));
    if (found === undefined) this.#tried.set(claim, this.#examples.length);
    return found;
  }

  #inAll(formulas: readonly Formula[]): Valuation | undefined {
    let among: Iterable<Valuation> = this.#examples;
    let fewest = this.#examples.length;
    const tests = formulas.map((formula): ((values: Valuation) => boolean) => {
      const holding = this.#holding(formula);
      if (holding === null) return (values) => holds(formula, values);
      if (holding.size < fewest) {
        among = holding;
        fewest = holding.size;
      }
      return (values) => holding.has(values);
    });
    for (const values of among) if (tests.every((test) => test(values))) return values;
    return undefined;
  }

  /** Where a formula holds that was asked about before; `null` the first time. */
  #holding(formula: Formula): ReadonlySet<Valuation> | null {
    const known = this.#where.get(formula);
    if (known === undefined) {
      this.#where.set(formula, { holding: new Set(), looked: 0 });
      return null;
    }
    for (const values of this.#examples.slice(known.looked)) {
      if (holds(formula, values)) known.holding.add(values);
    }
    known.looked = this.#examples.length;
    return known.holding;
  }
}
