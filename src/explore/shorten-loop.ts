import type { Scope } from "../compile/scope.ts";
import { Stepper, type EnabledAction, type SystemState } from "../compile/stepper.ts";

const longest = 400;

/** The states that a run comes through, the first one included, as text. */
function statesOf(
  scope: Scope,
  start: SystemState,
  run: readonly EnabledAction[],
): readonly string[] {
  const stepper = new Stepper(scope, start);
  const states = [JSON.stringify(stepper.state())];
  for (const action of run) {
    stepper.take(action);
    states.push(JSON.stringify(stepper.state()));
  }
  return states;
}

/**
 * Leaves out what a loop does between two visits to the same state, the longest detours first, for as long as what is
 * left is still good.
 *
 * @param isGood whether a closed run is what is wanted; it must be true of the loop itself
 */
export function shortenLoop(
  scope: Scope,
  start: SystemState,
  loop: readonly EnabledAction[],
  isGood: (shorter: readonly EnabledAction[]) => boolean,
): readonly EnabledAction[] {
  let best = loop;
  let shortened = loop.length <= longest;
  while (shortened) {
    shortened = false;
    const states = statesOf(scope, start, best);
    const detours = states
      .flatMap((state, from) =>
        states.flatMap((other, to) => (to > from && other === state ? [[from, to] as const] : [])),
      )
      .sort(([a, b], [c, d]) => d - c - (b - a));
    for (const [from, to] of detours) {
      const shorter = [...best.slice(0, from), ...best.slice(to)];
      if (!isGood(shorter)) continue;
      best = shorter;
      shortened = true;
      break;
    }
  }
  return best;
}
