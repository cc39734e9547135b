import type { Instance, Outcome, SystemDescription } from "../../models/description.ts";

const anyInstance: Instance = { output: 0, input: 0, mask: [0] };

/** The names under which an outcome may show itself: its endings may have names of their own. */
export function actionsOf(
  { action, endings }: Outcome,
  instance: Instance = anyInstance,
): readonly string[] {
  if (endings === undefined) return [action];
  const results = [false, true].flatMap((chosen) =>
    [false, true].map((failed) => ({ chosen, failed })),
  );
  return [
    ...new Set(results.flatMap((result) => endings(instance, result).map((one) => one.action))),
  ];
}

/** Every action that a description states, whether it can ever happen or not. */
export function statedActions({ slotRules, systemRules }: SystemDescription): readonly string[] {
  const ofSlots = slotRules.flatMap(({ branches }) =>
    branches.flatMap(({ outcomes }) => outcomes.flatMap((outcome) => actionsOf(outcome))),
  );
  return [...new Set([...ofSlots, ...systemRules.map(({ action }) => action)])];
}
