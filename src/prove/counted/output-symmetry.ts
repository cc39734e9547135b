import { entryAt } from "../../errors/checked-access.ts";
import type { SharedState, SlotMove } from "../../compile/compiled-system.ts";
import { canonicalKey, substitutionKey } from "./canonical-key.ts";
import { sharedName, type CountedAction, type CountedSystem } from "./counting.ts";
import { substitute } from "../logic/formula.ts";
import { substitute as substituteLinear, variable, type Substitution } from "../logic/linear.ts";

/** Two outputs with their names exchanged, and what that makes of variables and places. */
export interface Exchange {
  readonly output: (output: number) => number;
  readonly place: (place: number) => number;
  /** What is owed (an index of the fairness instances), by what it becomes. */
  readonly instance: (instance: number) => number;
  readonly variables: Substitution;
}

type Renaming = (output: number | null) => number | null;

/** Where each of some things goes that exist once for each output; -1 where there is no counterpart. */
function counterparts(
  things: readonly { readonly name: string; readonly output: number | null }[],
  rename: Renaming,
): readonly number[] {
  return things.map(({ name, output }) =>
    things.findIndex((one) => one.name === name && one.output === rename(output)),
  );
}

/** What a chunk does, whichever places it leads from and to. */
function moveKey(
  move: SlotMove,
  rename: Renaming,
  quantity: (index: number) => number,
  machine: (index: number) => number,
): string {
  const states = (some: readonly SharedState[]): readonly string[] =>
    some.map((one) => `${machine(one.machine)} ${one.state}`).sort();
  return JSON.stringify([
    move.action,
    rename(move.output),
    move.mask?.map(rename).sort() ?? null,
    states(move.needs),
    states(move.sets),
    move.guard
      .map((one) =>
        JSON.stringify({ ...one, quantity: quantity(one.quantity), minus: quantity(one.minus) }),
      )
      .sort(),
  ]);
}

/**
 * Where each place goes: the empty place stays, and what leads on from there says where the others go. `null` if that
 * leaves it open.
 */
function placesRenamed({ system }: CountedSystem, rename: Renaming): readonly number[] | null {
  const { places, movesFrom, quantities, shared, gate, systemMoves } = system;
  const quantityOf = counterparts(quantities, rename);
  const machineOf = counterparts(
    shared.map(({ role, output }) => ({ name: role, output })),
    rename,
  );
  const ofNoOutput = systemMoves.filter(({ output }) => output === null);
  const forAll = [gate, ...ofNoOutput].flatMap((one) => one?.everySlot ?? []);
  const renamed = new Map([[0, 0]]);
  for (const [place, other] of renamed) {
    for (const { to } of forAll) {
      const [moved = place, counterpart = other] = [to[place], to[other]];
      if (!renamed.has(moved)) renamed.set(moved, counterpart);
    }
    const there = new Map(
      entryAt(movesFrom, other).map((move) => [
        moveKey(
          move,
          (output) => output,
          (index) => index,
          (index) => index,
        ),
        move.to,
      ]),
    );
    for (const move of entryAt(movesFrom, place)) {
      const key = moveKey(
        move,
        rename,
        (index) => (index < 0 ? -1 : entryAt(quantityOf, index)),
        (index) => (index < 0 ? -1 : entryAt(machineOf, index)),
      );
      const to = there.get(key);
      if (to === undefined) return null;
      if (!renamed.has(move.to)) renamed.set(move.to, to);
    }
  }
  return places.every(({ id }) => renamed.has(id))
    ? places.map(({ id }) => renamed.get(id) ?? -1)
    : null;
}

/** The name of each variable's counterpart; `null` if there is none. */
function variablesRenamed(
  { system, placeNames, quantities }: CountedSystem,
  places: readonly number[],
  rename: Renaming,
): Substitution | null {
  const names: (readonly [string, string | undefined])[] = placeNames.map((name, id) => [
    name,
    placeNames[entryAt(places, id)],
  ]);
  const quantityOf = counterparts(system.quantities, rename);
  for (const counter of system.counters) {
    const [own = ""] = quantities[counter]?.terms.keys() ?? [];
    const [its] = quantities[entryAt(quantityOf, counter)]?.terms.keys() ?? [];
    names.push([own, its]);
  }
  const machines = system.shared.map(({ role, output }) => ({ name: role, output }));
  counterparts(machines, rename).forEach((other, machine) => {
    names.push([sharedName(system, machine), other < 0 ? undefined : sharedName(system, other)]);
  });
  const renamed = new Map(
    names.flatMap(([from, to]) => (to === undefined ? [] : [[from, variable(to)] as const])),
  );
  return renamed.size === names.length ? renamed : null;
}

/** What an action is, but for whom fairness owes it. */
function actionKey(
  action: CountedAction,
  { output, place, variables }: Omit<Exchange, "instance">,
): string {
  const { move, agent, opensGate, enabled, becomes } = action;
  const about = move.output === null ? null : output(move.output);
  const ofSlot =
    "rule" in move
      ? [place(move.from), place(move.to), move.delivers, move.mask?.map(output).sort() ?? null]
      : [];
  const renamed = new Map(
    [...becomes].map(([name, linear]) => {
      const [its = name] = variables.get(name)?.terms.keys() ?? [];
      return [its, substituteLinear(linear, variables)] as const;
    }),
  );
  return JSON.stringify([
    move.action,
    agent,
    about,
    opensGate,
    ofSlot,
    canonicalKey(substitute(enabled, variables)),
    substitutionKey(renamed),
  ]);
}

/** The fairness instance of each action, by what the action is; `null` if two actions are the same. */
function instances(
  counted: CountedSystem,
  exchange: Omit<Exchange, "instance">,
): ReadonlyMap<string, number> | null {
  const found = new Map(
    counted.actions.map((action) => [
      actionKey(action, exchange),
      "rule" in action.move ? action.move.fairness : -1,
    ]),
  );
  return found.size === counted.actions.length ? found : null;
}

/** What each instance becomes; `null` if what is owed together does not stay together. */
function instancesRenamed(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): ReadonlyMap<number, number> | null {
  const becomes = new Map<number, number>();
  for (const [key, instance] of before) {
    const other = after.get(key);
    if (other === undefined || instance < 0 !== other < 0) return null;
    if ((becomes.get(instance) ?? other) !== other) return null;
    becomes.set(instance, other);
  }
  return new Set(becomes.values()).size === becomes.size ? becomes : null;
}

/** The exchange of two outputs, if it turns the system into itself: its first state, its actions and what is owed. */
function exchangeOf(counted: CountedSystem, left: number, right: number): Exchange | null {
  const output = (one: number): number => (one === left ? right : one === right ? left : one);
  const rename: Renaming = (one) => (one === null ? null : output(one));
  const places = placesRenamed(counted, rename);
  const variables = places === null ? null : variablesRenamed(counted, places, rename);
  if (places === null || variables === null) return null;
  const exchange = { output, place: (id: number) => entryAt(places, id), variables };
  const identity = {
    output: (one: number) => one,
    place: (id: number) => id,
    variables: new Map(),
  };
  const before = instances(counted, identity);
  const after = instances(counted, exchange);
  const owed = before && after && instancesRenamed(after, before);
  if (owed === null) return null;
  const first = [...counted.initially].every(([name, value]) => {
    const [its = name] = variables.get(name)?.terms.keys() ?? [];
    const there = counted.initially.get(its);
    return (
      there !== undefined &&
      substitutionKey(new Map([["", there]])) === substitutionKey(new Map([["", value]]))
    );
  });
  return first ? { ...exchange, instance: (id) => owed.get(id) ?? id } : null;
}

const known = new WeakMap<CountedSystem, readonly Exchange[]>();

/** The pairs of outputs that can exchange their names: the system is the same afterwards. */
export function exchanges(counted: CountedSystem): readonly Exchange[] {
  const before = known.get(counted);
  if (before !== undefined) return before;
  const { outputs } = counted.system;
  const found: Exchange[] = [];
  for (let right = 1; right < outputs; right++) {
    for (let left = 0; left < right; left++) {
      const exchange = exchangeOf(counted, left, right);
      if (exchange !== null) found.push(exchange);
    }
  }
  known.set(counted, found);
  return found;
}
