import type { AcceleratedPath } from "./accelerated-path.ts";
import type { CountedSystem } from "../counted/counting.ts";
import { atLeast, not, substitute, type Formula } from "../logic/formula.ts";
import {
  compose,
  constant,
  linearKey,
  minus,
  sum,
  variable,
  type Linear,
  type Substitution,
} from "../logic/linear.ts";
import type { Obligation } from "../logic/smt-lib.ts";
import { effectOf } from "./walk.ts";

/** How many rounds of a repeated segment are over. */
const round = variable("k");

/** What each variable gains in one round; `null` if a round does more than add constants. */
function gainOf(effect: Substitution): ReadonlyMap<string, number> | null {
  const gain = new Map<string, number>();
  for (const [name, linear] of effect) {
    const difference = minus(linear, variable(name));
    if (difference.terms.size > 0) return null;
    gain.set(name, difference.constant);
  }
  return gain;
}

/** Multiplies a constant by a linear expression. */
function times(factor: number, linear: Linear): Linear {
  return sum(
    ...Array.from({ length: Math.abs(factor) }, () =>
      factor < 0 ? minus(constant(0), linear) : linear,
    ),
  );
}

function after(
  state: Substitution,
  gain: ReadonlyMap<string, number>,
  rounds: Linear,
): Substitution {
  const moved = new Map(state);
  for (const [name, amount] of gain) {
    if (amount !== 0)
      moved.set(name, sum(state.get(name) ?? variable(name), times(amount, rounds)));
  }
  return moved;
}

/** The state at the end of a run, over the sizes, and what must be shown for the run to exist. */
export interface SymbolicRun {
  readonly end: Substitution;
  readonly obligations: readonly Obligation[];
}

/**
 * Follows a run with the sizes left open. Each guard is shown at the k-th round of its segment, for every k.
 *
 * @param where what is assumed of the sizes
 * @returns `null` if a repeated segment does more than add constants
 */
export function followed(
  counted: CountedSystem,
  path: AcceleratedPath,
  where: Formula,
): SymbolicRun | null {
  const obligations: Obligation[] = [];
  const assumed = [counted.sizes, where];
  let state: Substitution = counted.initially;
  for (const { actions, times: rounds } of path.segments) {
    const once = rounds.terms.size === 0 && rounds.constant === 1;
    // A shared machine that a round moves must be back at its end: only then all rounds are alike.
    const total = effectOf(actions);
    const returning = new Map(
      [...total].filter(
        ([name, linear]) => linearKey(linear) !== linearKey(state.get(name) ?? variable(name)),
      ),
    );
    const gain = once ? new Map<string, number>() : gainOf(returning);
    if (gain === null) return null;
    const within = once
      ? []
      : [atLeast(round, constant(0)), atLeast(minus(rounds, round), constant(1))];
    let current = once ? state : after(state, gain, round);
    if (!once) {
      obligations.push({
        claim: "a segment is not repeated a negative number of times",
        hypotheses: [...assumed, not(atLeast(rounds, constant(0)))],
      });
    }
    for (const action of actions) {
      obligations.push({
        claim: `on the path, ${action.name} can be taken`,
        hypotheses: [...assumed, ...within, not(substitute(action.enabled, current))],
      });
      current = compose(current, action.becomes);
    }
    state = once ? current : after(state, gain, rounds);
  }
  return { end: state, obligations };
}
