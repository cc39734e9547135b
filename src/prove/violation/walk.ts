import type { CountedAction, CountedSystem } from "../counted/counting.ts";
import { holds } from "../logic/formula.ts";
import { compose, linearKey, valueOf, type Substitution, type Valuation } from "../logic/linear.ts";
import type { Sizes } from "../../compile/sizes.ts";

/** The number of slots and the sizes as values of variables. */
export function sizeValues(chunks: number, sizes: Sizes): Map<string, number> {
  return new Map([["N", chunks], ...Object.entries(sizes)]);
}

/** The initial state at these sizes. */
export function initialValues(counted: CountedSystem, chunks: number, sizes: Sizes): Valuation {
  const values = sizeValues(chunks, sizes);
  for (const [name, linear] of counted.initially) values.set(name, valueOf(linear, values));
  return values;
}

/** The state after an action; `null` if it cannot be taken. */
export function step(action: CountedAction, values: Valuation): Valuation | null {
  if (!holds(action.enabled, values)) return null;
  const after = new Map(values);
  for (const [name, linear] of action.becomes) after.set(name, valueOf(linear, values));
  return after;
}

/** The state after some actions in order; `null` if one cannot be taken. */
export function run(actions: readonly CountedAction[], values: Valuation): Valuation | null {
  let current: Valuation | null = values;
  for (const action of actions) {
    if (current === null) return null;
    current = step(action, current);
  }
  return current;
}

/** A state met by a search, with a shortest way to it. */
export interface Met {
  readonly values: Valuation;
  readonly way: readonly CountedAction[];
}

/** Equal for equal states. */
export function stateKey(values: Valuation): string {
  return linearKey({ constant: 0, terms: new Map([...values].filter(([, value]) => value !== 0)) });
}

/** Visits the states that these actions lead to, breadth first, up to a depth and a number. */
export function* nearby(
  actions: readonly CountedAction[],
  from: Valuation,
  depth: number,
  most: number,
): Generator<Met> {
  const seen = new Set([stateKey(from)]);
  let level: readonly Met[] = [{ values: from, way: [] }];
  yield* level;
  for (let distance = 0; distance < depth && level.length > 0; distance++) {
    const next: Met[] = [];
    for (const { values, way } of level) {
      for (const action of actions) {
        const after = step(action, values);
        if (after === null) continue;
        const key = stateKey(after);
        if (seen.has(key) || seen.size >= most) continue;
        seen.add(key);
        const met = { values: after, way: [...way, action] };
        next.push(met);
        yield met;
      }
    }
    level = next;
  }
}

/** The effect of some actions on the variables, as one substitution. */
export function effectOf(actions: readonly CountedAction[]): Substitution {
  let effect: Substitution = new Map();
  for (const { becomes } of actions) effect = compose(effect, becomes);
  return effect;
}
