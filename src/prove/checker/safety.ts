import { all, atLeast, not, some, substitute, type Formula } from "../logic/formula.ts";
import { constant } from "../logic/linear.ts";
import type { Obligation } from "../logic/smt-lib.ts";
import type { Action, Counted } from "./counted.ts";
import { regionOf } from "./region.ts";

/** That an action keeps some statements, where they and what is assumed hold before; none where it touches none of them. */
export function keptBy(
  { name, enabled, becomes }: Action,
  assumed: readonly Formula[],
  parts: readonly Formula[],
): readonly Obligation[] {
  const after = parts.flatMap((part) => {
    const there = substitute(part, becomes);
    return there === part ? [] : [there];
  });
  if (after.length === 0) return [];
  return [
    {
      claim: `what is said to hold is kept by ${name}`,
      hypotheses: [...assumed, ...parts, enabled, not(all(...after))],
    },
  ];
}

/** What must be shown for some statements to hold, together, in every state that can be reached at these sizes. */
export function inductionOf(
  { start, actions }: Counted,
  sizes: Formula,
  parts: readonly Formula[],
): readonly Obligation[] {
  return [
    {
      claim: "the invariant holds in the initial state",
      hypotheses: [sizes, not(all(...parts.map((part) => substitute(part, start))))],
    },
    ...actions.flatMap((action) => keptBy(action, [sizes], parts)),
  ];
}

/** The states in which every output is online, a chunk is live, and the engine can do nothing that changes anything. */
function stuckStates(counted: Counted): Formula {
  const { online, live } = counted.system.vocabulary;
  const region = regionOf(
    counted,
    online.map((_, output) => output),
    ["engine"],
  );
  const changing = region.actions.filter(({ move, lands }) => {
    const { from, to, counterChanges, sets } = move;
    return from !== lands(to) || counterChanges.length > 0 || sets.length > 0;
  });
  return all(
    region.formula,
    atLeast(counted.amount(live), constant(1)),
    not(some(...changing.map(({ enabled }) => enabled))),
  );
}

/**
 * What no state may be in which a property of states or transitions is to hold; `neverStuck` is one of states. None for the
 * other properties of progress.
 */
export function forbiddenBy(counted: Counted, property: string): readonly Formula[] {
  if (property === "neverStuck") return [stuckStates(counted)];
  const ofStates = counted.system.stateProperties
    .filter(({ name }) => name === property)
    .map((one) =>
      all(...one.while.map((state) => counted.isIn(state)), not(counted.allHold(one.requires))),
    );
  const ofActions = counted.actions.flatMap(({ move, enabled }) =>
    "violates" in move && move.violates.includes(property) ? [enabled] : [],
  );
  return [...ofStates, ...ofActions];
}
