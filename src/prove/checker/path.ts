import { atLeast, not, substitute, type Formula } from "../logic/formula.ts";
import {
  compose,
  constant,
  linearKey,
  minus,
  scale,
  sum,
  variable,
  type Linear,
  type Substitution,
} from "../logic/linear.ts";
import { UnfitCertificate } from "../certificate/no-certificate.ts";
import type { Obligation } from "../logic/smt-lib.ts";
import type { Segment } from "./certificate.ts";
import type { Action, Counted } from "./counted.ts";

/** How many rounds of a segment are over; no statement but those of a path speaks of it. */
const round = variable("k");

/** What some actions do, one after the other. */
export function effectOf(actions: readonly Action[]): Substitution {
  return actions.reduce<Substitution>((effect, { becomes }) => compose(effect, becomes), new Map());
}

/** Whether an effect leaves a variable as it is, if these are the values before it. */
export function isUnchanged(name: string, becomes: Linear, before: Substitution): boolean {
  const same = [variable(name), before.get(name) ?? variable(name)].map(linearKey);
  return same.includes(linearKey(becomes));
}

/** The values after some rounds, each of which adds a constant to each variable. */
function afterRounds(before: Substitution, effect: Substitution, rounds: Linear): Substitution {
  const after = new Map(before);
  for (const [name, becomes] of effect) {
    if (isUnchanged(name, becomes, before)) continue;
    const gain = minus(becomes, variable(name));
    if (gain.terms.size > 0) throw new UnfitCertificate("the rounds of a path are not alike");
    after.set(name, sum(before.get(name) ?? variable(name), scale(rounds, gain.constant)));
  }
  return after;
}

/** Whether a segment is taken just once, whatever the sizes are. */
export function isOnce({ times }: Segment): boolean {
  return times.terms.size === 0 && times.constant === 1;
}

/**
 * Follows a run with the sizes left open. Each guard must hold in the k-th round of its segment, for every k.
 *
 * @param where what is assumed of the sizes
 * @returns the values at its end, over the sizes, and what must be shown for it to exist
 * @throws UnfitCertificate if a round that is repeated does more than add constants.
 */
export function follow(
  { sizes, start }: Counted,
  segments: readonly Segment[],
  where: Formula,
): { readonly end: Substitution; readonly obligations: readonly Obligation[] } {
  const obligations: Obligation[] = [];
  let state = start;
  for (const segment of segments) {
    const { actions, times } = segment;
    const once = isOnce(segment);
    const effect = effectOf(actions);
    const inRound = [atLeast(round, constant(0)), atLeast(minus(times, round), constant(1))];
    let now = once ? state : afterRounds(state, effect, round);
    for (const { name, enabled, becomes } of actions) {
      obligations.push({
        claim: `on the path, ${name} can be taken`,
        hypotheses: [sizes, where, ...(once ? [] : inRound), not(substitute(enabled, now))],
      });
      now = compose(now, becomes);
    }
    if (!once) {
      obligations.push({
        claim: "a segment is not repeated a negative number of times",
        hypotheses: [sizes, where, not(atLeast(times, constant(0)))],
      });
    }
    state = once ? now : afterRounds(state, effect, times);
  }
  return { end: state, obligations };
}
