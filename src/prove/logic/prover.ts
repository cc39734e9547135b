import { Examples } from "../invariant/examples.ts";
import { all, some, type Formula } from "./formula.ts";
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
    const example = this.#examples.find(obligation);
    if (example !== undefined) return { proved: false, counterexample: example };
    return this.#ask(obligation);
  }

  async #ask({
    claim,
    hypotheses,
  }: Obligation): Promise<{ readonly proved: boolean; readonly counterexample: Valuation | null }> {
    const answer = await this.solve(claim, hypotheses);
    const counterexample = answer.answer === "sat" ? answer.values : null;
    if (counterexample !== null) this.#examples.remember(counterexample);
    return { proved: answer.answer === "unsat", counterexample };
  }

  /** Whether all claims are true. Many are asked about at once: that one of them has a counterexample. */
  async provesAll(obligations: readonly Obligation[]): Promise<boolean> {
    if (this.isRefuted(obligations)) return false;
    for (let from = 0; from < obligations.length; from += mostAtOnce) {
      const batch = obligations.slice(from, from + mostAtOnce);
      const { proved, counterexample } = await this.#ask(together(batch));
      if (proved) continue;
      if (batch.length === 1 || counterexample !== null) return false;
      // A solver may give up on many, and still be able to tell one by one.
      for (const one of batch) if (!(await this.proves(one)).proved) return false;
    }
    return true;
  }

  /**
   * Asks once about several things at a time, those first in the list: of each, whether all its claims are true. One counterexample
   * often settles several.
   *
   * @returns some of the things, at least one if there is one: of which all claims are true, and of which one is not
   */
  async sift<Thing extends { readonly claims: readonly Obligation[] }>(
    things: readonly Thing[],
  ): Promise<{ readonly proved: readonly Thing[]; readonly refuted: readonly Thing[] }> {
    const isRefuted = ({ claims }: Thing): boolean => this.isRefuted(claims);
    const known = things.filter(isRefuted);
    if (known.length > 0) return { proved: [], refuted: known };
    const asked = things.slice(0, mostAtOnce);
    const { proved, counterexample } = await this.#ask(
      together(asked.flatMap(({ claims }) => claims)),
    );
    if (proved) return { proved: asked, refuted: [] };
    if (counterexample !== null) return { proved: [], refuted: things.filter(isRefuted) };
    // A solver may give up on many, and still be able to tell of one.
    const first = asked.slice(0, 1);
    return (await this.provesAll(first.flatMap(({ claims }) => claims)))
      ? { proved: first, refuted: [] }
      : { proved: [], refuted: first };
  }

  /** Whether a counterexample to one of the claims is known already. */
  isRefuted(obligations: readonly Obligation[]): boolean {
    return obligations.some((one) => this.#examples.find(one) !== undefined);
  }
}
