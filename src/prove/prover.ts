import { Examples } from "./examples.ts";
import type { Formula } from "./formula.ts";
import type { Valuation } from "./linear.ts";
import type { Obligation } from "./smt-lib.ts";
import type { Answer, Solver } from "./solver.ts";

/** The time is up; what is not decided by now stays undecided. */
export class OutOfTime extends Error {}

/** Asks the solver, watches the clock, and remembers what was proved. */
export class Prover {
  readonly #solver: Solver;
  readonly #now: () => number;
  readonly #deadline: number;
  readonly #onQuestion: (claim: string) => void;
  readonly #examples: Examples;

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
    const example = this.#examples.find(obligation.hypotheses);
    if (example !== undefined) return { proved: false, counterexample: example };
    const answer = await this.solve(obligation.claim, obligation.hypotheses);
    return {
      proved: answer.answer === "unsat",
      counterexample: answer.answer === "sat" ? answer.values : null,
    };
  }

  /** Whether all claims are true; stops at the first that is not shown. */
  async provesAll(obligations: readonly Obligation[]): Promise<boolean> {
    for (const obligation of obligations) {
      if (!(await this.proves(obligation)).proved) return false;
    }
    return true;
  }
}
