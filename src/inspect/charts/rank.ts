import type { Chart } from "./chart.ts";

/** The row of each state: how many transitions it is from the first state. */
export function rankStates({ states, transitions }: Chart): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  const first = states[0];
  if (first === undefined) return ranks;
  ranks.set(first.name, 0);
  for (const [state, rank] of ranks) {
    for (const { from, to } of transitions) {
      if (from === state && !ranks.has(to) && states.some(({ name }) => name === to)) {
        ranks.set(to, rank + 1);
      }
    }
  }
  const last = Math.max(...ranks.values());
  for (const { name } of states) if (!ranks.has(name)) ranks.set(name, last + 1);
  return ranks;
}
