import { candidatesOf, type Candidate } from "./candidates.ts";
import type { CountedAction, CountedSystem } from "../counted/counting.ts";
import { Entailment, withoutPlainConsequences } from "../logic/entailment.ts";
import { all, formulaKey, holds, not, substitute, type Formula } from "../logic/formula.ts";
import type { Valuation } from "../logic/linear.ts";
import type { Prover } from "../logic/prover.ts";
import type { Obligation } from "../logic/smt-lib.ts";

/** What is true in every reachable state, for all sizes. */
export interface Invariant {
  readonly parts: readonly Candidate[];
  /** All parts, and that the sizes are sizes. */
  readonly formula: Formula;
}

/** All parts, and that the sizes are sizes. */
function together(counted: CountedSystem, parts: readonly Candidate[]): Formula {
  return all(counted.sizes, ...parts.map(({ formula }) => formula));
}

/** That the parts hold initially. */
function initiation(counted: CountedSystem, parts: readonly Candidate[]): Obligation {
  const there = parts.map(({ formula }) => substitute(formula, counted.initially));
  return {
    claim: "the invariant holds in the initial state",
    hypotheses: [counted.sizes, not(all(...there))],
  };
}

/** That an action keeps the parts, if all of `assumed` held before; `null` where it touches none of them. */
function consecution(
  action: CountedAction,
  assumed: Formula,
  parts: readonly Candidate[],
  plain?: Entailment,
): Obligation | null {
  const after = parts.flatMap(({ formula }) => {
    const there = substitute(formula, action.becomes);
    const same = there === formula || formulaKey(there) === formulaKey(formula);
    return same || plain?.shows(there) === true ? [] : [there];
  });
  if (after.length === 0) return null;
  return {
    claim: `the invariant is kept by ${action.name}`,
    hypotheses: [assumed, action.enabled, not(all(...after))],
  };
}

/**
 * Finds an invariant: of all candidates, those that together hold initially and are kept by every action (Houdini). What
 * an action breaks is dropped until nothing is broken.
 *
 * @param examples states that can be reached, so that less need be asked
 */
export async function findInvariant(
  counted: CountedSystem,
  examples: readonly Valuation[],
  prover: Prover,
): Promise<Invariant> {
  const samples = examples.filter((values) => holds(counted.sizes, values));
  let parts = candidatesOf(counted).filter(({ formula }) =>
    samples.every((values) => holds(formula, values)),
  );
  for (;;) {
    const obligation = initiation(counted, parts);
    const answer = await prover.solve(obligation.claim, obligation.hypotheses);
    if (answer.answer === "unsat") break;
    if (answer.answer === "unknown") return { parts: [], formula: counted.sizes };
    parts = parts.filter(({ formula }) =>
      holds(substitute(formula, counted.initially), answer.values),
    );
  }
  // What follows plainly is kept anyway: it need not be told to the solver.
  let assumed = together(counted, withoutPlainConsequences([counted.sizes], parts));
  for (let settled = false; !settled;) {
    settled = true;
    for (const action of counted.actions) {
      for (;;) {
        const plain = new Entailment([assumed, action.enabled]);
        const obligation = consecution(action, assumed, parts, plain);
        if (obligation === null) break;
        const answer = await prover.solve(obligation.claim, obligation.hypotheses);
        if (answer.answer === "unsat") break;
        if (answer.answer === "unknown") return { parts: [], formula: counted.sizes };
        const kept = parts.filter(({ formula }) =>
          holds(substitute(formula, action.becomes), answer.values),
        );
        if (kept.length === parts.length) throw new Error(`${action.name} breaks nothing`);
        parts = kept;
        assumed = together(counted, withoutPlainConsequences([counted.sizes], parts));
        settled = false;
      }
    }
  }
  const needed = await withoutRedundancy(counted, parts, prover);
  return { parts: needed, formula: together(counted, needed) };
}

/** Drops what follows from the rest, the latest candidates first; the conjunction stays as strong as it was. */
async function withoutRedundancy(
  counted: CountedSystem,
  parts: readonly Candidate[],
  prover: Prover,
): Promise<readonly Candidate[]> {
  let kept = withoutPlainConsequences([counted.sizes], parts);
  for (const part of kept.filter(({ plain }) => !plain).reverse()) {
    const rest = kept.filter((one) => one !== part);
    const { proved } = await prover.proves({
      claim: `${part.words} follows from the rest`,
      hypotheses: [together(counted, rest), not(part.formula)],
    });
    if (proved) kept = rest;
  }
  return kept;
}
