import { entryAt } from "../../errors/checked-access.ts";
import type { CountedAction, CountedSystem } from "../counted/counting.ts";
import { all, atLeast, holds, not, some, substitute, type Formula } from "../logic/formula.ts";
import {
  compose,
  constant,
  linearKey,
  variable,
  type Substitution,
  type Valuation,
} from "../logic/linear.ts";
import type { Region } from "../counted/regions.ts";
import type { Obligation } from "../logic/smt-lib.ts";
import { effectOf, nearby, stateKey, step } from "../violation/walk.ts";

/** Actions that lead back to where they began while one chunk stays where it is for ever, fairly. */
export interface FairLoop {
  readonly actions: readonly CountedAction[];
  /** The place of the chunk that waits. */
  readonly waits: number;
}

const longestLoop = 6;
const mostStates = 2000;

function fairnessMoves(region: Region, place: number, instance: number): readonly CountedAction[] {
  return region.actions.filter(({ move }) => move.from === place && move.fairness === instance);
}

/** Whether every slot that the loop moves comes through an empty place again and again, where nothing is owed to it. */
function movedSlotsComeToRest(region: Region, loop: readonly CountedAction[]): boolean {
  const edges = loop.flatMap(({ move }) => ("from" in move ? [[move.from, move.to] as const] : []));
  const owed = (place: number): boolean =>
    region.actions.some(({ move }) => move.from === place && move.fairness >= 0);
  // Without the places in which nothing is owed, the loop's moves must not form a cycle.
  let left = edges.filter(([from, to]) => owed(from) && owed(to));
  for (;;) {
    const kept = left.filter(([, to]) => left.some(([from]) => from === to));
    if (kept.length === left.length) return left.length === 0;
    left = kept;
  }
}

/** For a slot that stays in a place all through the loop: what must be true for that to be fair. */
function fairToStay(
  counted: CountedSystem,
  region: Region,
  loop: FairLoop,
  place: number,
): readonly ((at: (formula: Formula, index: number) => Formula) => Formula)[] {
  return counted.system.fairnessInstances.flatMap((_, instance) => {
    const moves = fairnessMoves(region, place, instance);
    if (moves.length === 0) return [];
    const idle = moves.filter(({ becomes }) => becomes.size === 0);
    return [
      (at) =>
        some(
          // Somewhere nothing is owed, or what is owed can be done without changing anything.
          ...loop.actions.map((_action, index) =>
            at(not(some(...moves.map(({ enabled }) => enabled))), index),
          ),
          ...loop.actions.map((_action, index) =>
            at(some(...idle.map(({ enabled }) => enabled)), index),
          ),
        ),
    ];
  });
}

/** The statements that make a loop fair, in states given by substitutions before each of its actions. */
function fairnessOf(
  counted: CountedSystem,
  region: Region,
  loop: FairLoop,
  states: readonly Substitution[],
): Formula {
  const at = (formula: Formula, index: number): Formula =>
    substitute(formula, entryAt(states, index));
  const moved = new Set(loop.actions.flatMap(({ move }) => ("from" in move ? [move.from] : [])));
  const parts: Formula[] = [];
  const place = (id: number): ReturnType<typeof variable> =>
    variable(entryAt(counted.placeNames, id));
  for (const { id } of counted.system.places) {
    // Slots in a place that the loop takes slots from take turns; only the one that waits does not.
    if (moved.has(id) && id !== loop.waits) continue;
    const fair = all(...fairToStay(counted, region, loop, id).map((one) => one(at)));
    parts.push(id === loop.waits ? fair : some(not(at(atLeast(place(id), constant(1)), 0)), fair));
  }
  // When the loop takes a slot from the place of the one that waits, there is another one there.
  loop.actions.forEach(({ move }, index) => {
    if ("from" in move && move.from === loop.waits) {
      parts.push(at(atLeast(place(loop.waits), constant(2)), index));
    }
  });
  parts.push(at(atLeast(place(loop.waits), constant(1)), 0));
  return all(...parts);
}

function statesBefore(
  actions: readonly CountedAction[],
  from: Substitution,
): readonly Substitution[] {
  const states: Substitution[] = [];
  let current = from;
  for (const { becomes } of actions) {
    states.push(current);
    current = compose(current, becomes);
  }
  return states;
}

function* loopsFrom(region: Region, values: Valuation): Generator<readonly CountedAction[]> {
  const home = stateKey(values);
  for (const { values: before, way } of nearby(
    region.actions,
    values,
    longestLoop - 1,
    mostStates,
  )) {
    for (const action of region.actions) {
      const after = step(action, before);
      if (
        after !== null &&
        stateKey(after) === home &&
        (way.length > 0 || action.becomes.size > 0)
      ) {
        yield [...way, action];
      }
    }
  }
}

/** The first fair loop from a state in which a chunk stays in one of the target places. */
export function fairLoopAt(
  counted: CountedSystem,
  region: Region,
  target: readonly number[],
  values: Valuation,
): FairLoop | null {
  if (!holds(region.formula, values)) return null;
  const here: Substitution = new Map([...values].map(([name, value]) => [name, constant(value)]));
  const waiting = target.filter(
    (place) => (values.get(entryAt(counted.placeNames, place)) ?? 0) > 0,
  );
  if (waiting.length === 0) return null;
  for (const actions of loopsFrom(region, values)) {
    if (actions.some(({ opensGate }) => opensGate)) continue;
    if (!movedSlotsComeToRest(region, actions)) continue;
    for (const waits of waiting) {
      const loop = { actions, waits };
      const states = statesBefore(actions, here);
      if (holds(fairnessOf(counted, region, loop, states), values)) return loop;
    }
  }
  return null;
}

/**
 * What must be shown for a loop to be one at the end of a run, and fair; `null` if it does not lead back, or if a chunk
 * that it moves is owed something all the way round.
 */
export function loopObligations(
  counted: CountedSystem,
  region: Region,
  loop: FairLoop,
  end: Substitution,
  where: Formula,
): readonly Obligation[] | null {
  if (!movedSlotsComeToRest(region, loop.actions)) return null;
  if (loop.actions.some((action) => action.opensGate || !inRegion(region, action))) return null;
  for (const [name, linear] of effectOf(loop.actions)) {
    const back = linearKey(linear) === linearKey(variable(name));
    const same = linearKey(linear) === linearKey(end.get(name) ?? variable(name));
    if (!back && !same) return null;
  }
  const states = statesBefore(loop.actions, end);
  const assumed = [counted.sizes, where];
  const name = entryAt(counted.placeNames, loop.waits).slice(1);
  return [
    {
      claim: `the path ends with ${region.words}`,
      hypotheses: [...assumed, not(substitute(region.formula, end))],
    },
    ...loop.actions.map((action, index): Obligation => ({
      claim: `in the loop, ${action.name} can be taken`,
      hypotheses: [...assumed, not(substitute(action.enabled, entryAt(states, index)))],
    })),
    {
      claim: `the loop is fair, though a chunk stays in ${name} for ever`,
      hypotheses: [...assumed, not(fairnessOf(counted, region, loop, states))],
    },
  ];
}

function inRegion(region: Region, action: CountedAction): boolean {
  return region.actions.some((one) => one === action);
}

/** The part of the argument for a fair loop that no machine checks. */
export const takingTurns =
  "chunks that the loop moves take turns, and each comes to a place where nothing is owed to it";
