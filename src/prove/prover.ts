import { Examples } from "./examples.ts";
import { all, holds, some, type Formula } from "./formula.ts";
import type { Valuation } from "./linear.ts";
import type { Obligation } from "./smt-lib.ts";
import type { Answer, Solver } from "./solver.ts";

/** The time is up; what is not decided by now stays undecided. */
export class OutOfTime extends Error {}

/** How many claims are asked about at once. */
const mostAtOnce = 32;

/** The claim that all of some claims are true; what they all assume is assumed once. */
function together(obligations: readonly Obligation[]): Obligation {
  const [first, ...others] = obligations;
  if (first === undefined || others.length === 0) {
    return first ?? { claim: "nothing", hypotheses: [some()] };
  }
  const sets = others.map(({ hypotheses }) => new Set(hypotheses));
  const common = first.hypotheses.filter((one) => sets.every((set) => set.has(one)));
  const rest = obligations.map(({ hypotheses }) =>
    all(...hypotheses.filter((one) => !common.includes(one))),
  );
  return {
    claim: `${first.claim}, and ${others.length} more`,
    hypotheses: [...common, some(...rest)],
  };
}

/** How many of the last counterexamples are tried on the next claim. */
const mostRemembered = 200;

/** Asks the solver, watches the clock, and remembers what was proved. */
export class Prover {
  readonly #solver: Solver;
  readonly #now: () => number;
  readonly #deadline: number;
  readonly #onQuestion: (claim: string) => void;
  readonly #examples: Examples;
  /** Counterexamples of earlier claims, the last one first: one is often a counterexample of the next claim, too. */
  readonly #counterexamples: Valuation[] = [];

  /**
   * @param now the present, in milliseconds
   * @param deadline when to give up, on the same clock
   * @param examples states that can be reached: what is false in one of them need not be asked
   */
  constructor(
    solver: Solver,
    now: () => number,
    deadline: number,
    onQuestion: (claim: string) => void = () => undefined,
    examples: readonly Valuation[] = [],
  ) {
    this.#solver = solver;
    this.#now = now;
    this.#deadline = deadline;
    this.#onQuestion = onQuestion;
    this.#examples = new Examples(examples);
  }

  /**
   * Looks for whole numbers that satisfy all formulas.
   *
   * @throws OutOfTime if the deadline has passed.
   */
  async solve(claim: string, formulas: readonly Formula[]): Promise<Answer> {
    this.watchClock();
    this.#onQuestion(claim);
    return this.#solver.solve(formulas, this.#deadline - this.#now());
  }

  /** @throws OutOfTime if the deadline has passed. */
  watchClock(): void {
    if (this.#now() > this.#deadline) throw new OutOfTime("the time limit is reached");
  }

  /** Whether the claim is true; a solver that cannot tell counts as no. The counterexample, if there is one. */
  async proves(
    obligation: Obligation,
  ): Promise<{ readonly proved: boolean; readonly counterexample: Valuation | null }> {
    const { hypotheses } = obligation;
    const example = this.#known(hypotheses);
    if (example !== undefined) return { proved: false, counterexample: example };
    const answer = await this.solve(obligation.claim, hypotheses);
    const counterexample = answer.answer === "sat" ? answer.values : null;
    if (counterexample !== null) {
      this.#counterexamples.unshift(counterexample);
      this.#counterexamples.splice(mostRemembered);
    }
    return { proved: answer.answer === "unsat", counterexample };
  }

  /** Whether all claims are true. Many are asked about at once: that one of them has a counterexample. */
  async provesAll(obligations: readonly Obligation[]): Promise<boolean> {
    if (obligations.some(({ hypotheses }) => this.#known(hypotheses) !== undefined)) return false;
    for (let from = 0; from < obligations.length; from += mostAtOnce) {
      const batch = obligations.slice(from, from + mostAtOnce);
      if ((await this.proves(together(batch))).proved) continue;
      // A solver may give up on many, and still be able to tell one by one.
      if (batch.length === 1 || this.#known(together(batch).hypotheses) !== undefined) return false;
      for (const one of batch) if (!(await this.proves(one)).proved) return false;
    }
    return true;
  }

  /** A counterexample that needs no solver. */
  #known(hypotheses: readonly Formula[]): Valuation | undefined {
    return (
      this.#examples.find(hypotheses) ??
      this.#counterexamples.find((values) => hypotheses.every((one) => holds(one, values)))
    );
  }
}
