import { entryAt } from "../../errors/checked-access.ts";
import type { Agent, LinearBound } from "../../../models/description.ts";
import type { Values } from "../../../models/system.ts";
import type {
  CompiledSystem,
  Guard,
  PlaceMap,
  SharedState,
  SlotMove,
  SystemMove,
} from "../../compile/compiled-system.ts";
import { boundTerms } from "../../compile/guards.ts";
import { absentLimits, smallestSizes, type Sizes } from "../../compile/sizes.ts";
import {
  all,
  atLeast,
  below,
  equal,
  not,
  falsehood,
  substitute,
  type Formula,
} from "../logic/formula.ts";
import {
  compose,
  constant,
  minus,
  sum,
  variable,
  type Linear,
  type Substitution,
} from "../logic/linear.ts";

/** One action as a linear update of a counted state; with a gate there is one for each thing that the gate may do. */
export interface CountedAction {
  /** E.g. `flushOk 0: up running flushing -> absent vacant unrouted`. */
  readonly name: string;
  readonly agent: Agent;
  readonly move: SlotMove | SystemMove;
  /** When it can be taken. */
  readonly enabled: Formula;
  /** What the variables become. */
  readonly becomes: Substitution;
  /** Whether this is the case in which the gate opens at the end. */
  readonly opensGate: boolean;
}

/**
 * A system with its slots counted: how many are in each place, the counters, and the shared machines. Slots are
 * interchangeable and every guard is linear in totals, so nothing is lost, whatever N and the limits are.
 */
export interface CountedSystem {
  readonly system: CompiledSystem;
  /** The variable that counts the slots of each place. */
  readonly placeNames: readonly string[];
  /** Each quantity over the variables. */
  readonly quantities: readonly Linear[];
  readonly initially: Substitution;
  readonly actions: readonly CountedAction[];
  /** The symbols of the limits that are absent: 0, at every size. */
  readonly absent: ReadonlySet<string>;
  /** The smallest sizes. */
  readonly least: Sizes;
  /** What the number of slots and the limits may be. */
  readonly sizes: Formula;
}

/** N, as a variable. */
export const chunks = variable("N");

/** A bound of the description over the symbols of the limits, and N. */
export function boundOf(
  bound: LinearBound,
  { limits, slots }: Pick<CompiledSystem, "limits" | "slots">,
): Linear {
  return sum(
    constant(bound.constant),
    ...boundTerms(bound).map(([name, factor]) => {
      if (name === slots.parameter) return variable("N", factor);
      const limit = limits.find((one) => one.name === name);
      if (limit === undefined) throw new Error(`no limit is called ${name}`);
      return variable(limit.symbol, factor);
    }),
  );
}

/** The variable of a shared machine. */
export function sharedName(system: CompiledSystem, machine: number): string {
  const { role, output } = entryAt(system.shared, machine);
  return output === null ? `state of ${role}` : `state of ${role} ${output}`;
}

/** That a shared machine is in a state. */
export function sharedIs(system: CompiledSystem, { machine, state }: SharedState): Formula {
  return equal(variable(sharedName(system, machine)), constant(state));
}

/** A guard over the variables. */
export function guardFormula(
  guard: Guard,
  { system, quantities }: Pick<CountedSystem, "system" | "quantities">,
): Formula {
  const zero = constant(0);
  const left = minus(
    entryAt(quantities, guard.quantity),
    guard.minus < 0 ? zero : entryAt(quantities, guard.minus),
  );
  const right = boundOf(guard.bound, system);
  switch (guard.relation) {
    case "<":
      return below(left, right);
    case ">=":
      return atLeast(left, right);
    case "=":
      return equal(left, right);
  }
}

function uniqueNames(system: CompiledSystem): readonly string[] {
  const taken = new Set<string>();
  return system.places.map(({ id, name }) => {
    const unique = taken.has(name) ? `#${name} (${id})` : `#${name}`;
    taken.add(name);
    return unique;
  });
}

/** How many slots a move needs in each place. */
function slotsNeeded({ from, others }: SlotMove): ReadonlyMap<number, number> {
  const needed = new Map<number, number>();
  for (const place of [from, ...others.map((one) => one.from)]) {
    needed.set(place, (needed.get(place) ?? 0) + 1);
  }
  return needed;
}

/** What a move adds to the number of slots in each place. */
function placeChanges({ from, to, others }: SlotMove): ReadonlyMap<number, number> {
  const changes = new Map<number, number>();
  for (const part of [{ from, to }, ...others]) {
    changes.set(part.from, (changes.get(part.from) ?? 0) - 1);
    changes.set(part.to, (changes.get(part.to) ?? 0) + 1);
  }
  return changes;
}

/** Two variables of one name would be taken for one. */
function refuseDuplicates(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two things that are counted are called "${twice}"`);
}

/**
 * Counts the slots of a system. A limit that may be absent is 0 where it is; else any number from 1.
 *
 * @throws Error if two variables have the same name.
 */
export function count(system: CompiledSystem, parameters: Values): CountedSystem {
  const absent = absentLimits(system, parameters);
  const placeNames = uniqueNames(system);
  const place = (id: number): string => entryAt(placeNames, id);
  const counterName = (quantity: number): string => {
    const { name, output } = entryAt(system.quantities, quantity);
    return output === null ? name : `${name} ${output}`;
  };
  const quantities = system.quantities.map(({ kind, weights, plus }, index) =>
    kind === "counter"
      ? variable(counterName(index))
      : sum(
          ...weights.map((weight, id) => variable(place(id), weight)),
          ...(plus < 0 ? [] : [variable(counterName(plus))]),
        ),
  );

  const needed = (needs: readonly SharedState[]): Formula =>
    all(...needs.map((need) => sharedIs(system, need)));
  const setting = (sets: readonly SharedState[]): [string, Linear][] =>
    sets.map(({ machine, state }) => [sharedName(system, machine), constant(state)]);
  const everySlot = ({ to, counterChanges }: PlaceMap): [string, Linear][] => {
    const arriving = placeNames.map((): Linear[] => []);
    const added = new Map<string, Linear[]>();
    to.forEach((target, from) => {
      arriving[target]?.push(variable(place(from)));
      for (const { counter, adds } of entryAt(counterChanges, from)) {
        const name = counterName(counter);
        added.set(name, [...(added.get(name) ?? [variable(name)]), variable(place(from), adds)]);
      }
    });
    const moved = arriving.flatMap((parts, id): [string, Linear][] =>
      to[id] === id && parts.length === 1 ? [] : [[place(id), sum(...parts)]],
    );
    return [
      ...moved,
      ...[...added].map(([name, parts]): [string, Linear] => [name, sum(...parts)]),
    ];
  };
  const { gate } = system;
  const gateOpens =
    gate === null
      ? null
      : all(...gate.guard.map((one) => guardFormula(one, { system, quantities })));
  const gateMoves: Substitution = new Map(gate === null ? [] : everySlot(gate.everySlot));
  const ending = (
    base: Pick<CountedAction, "name" | "agent" | "move">,
    enabled: Formula,
    becomes: Substitution,
  ): readonly CountedAction[] => {
    if (gateOpens === null) return [{ ...base, enabled, becomes, opensGate: false }];
    const opens = substitute(gateOpens, becomes);
    return [
      { ...base, enabled: all(enabled, not(opens)), becomes, opensGate: false },
      {
        ...base,
        name: `${base.name}, and the gate opens`,
        enabled: all(enabled, opens),
        becomes: compose(becomes, gateMoves),
        opensGate: true,
      },
    ];
  };

  const slotActions = system.slotMoves.flatMap((move) => {
    const { from, to, needs, sets, counterChanges, guard, output, action, agent } = move;
    const becomes = new Map<string, Linear>(setting(sets));
    for (const [id, by] of placeChanges(move)) {
      if (by !== 0) becomes.set(place(id), sum(variable(place(id)), constant(by)));
    }
    for (const { counter, adds } of counterChanges) {
      const name = counterName(counter);
      becomes.set(name, sum(variable(name), constant(adds)));
    }
    for (const counter of move.resets) becomes.set(counterName(counter), constant(0));
    const enabled = all(
      ...[...slotsNeeded(move)].map(([id, slots]) => atLeast(variable(place(id)), constant(slots))),
      needed(needs),
      ...guard.map((one) => guardFormula(one, { system, quantities })),
    );
    const about = output === null ? action : `${action} ${output}`;
    const name = `${about}: ${place(from).slice(1)} -> ${place(to).slice(1)}`;
    return ending({ name, agent, move }, enabled, becomes);
  });
  const systemActions = system.systemMoves.flatMap((move) => {
    const { needs, sets, output, action, agent, guard } = move;
    const becomes = new Map<string, Linear>([
      ...setting(sets),
      ...(move.everySlot === null ? [] : everySlot(move.everySlot)),
    ]);
    for (const { counter, adds } of move.counterChanges) {
      const name = counterName(counter);
      becomes.set(name, sum(becomes.get(name) ?? variable(name), constant(adds)));
    }
    for (const { counter, from } of move.assigns) {
      becomes.set(counterName(counter), from < 0 ? constant(0) : entryAt(quantities, from));
    }
    const enabled = all(
      needed(needs),
      ...guard.map((one) => guardFormula(one, { system, quantities })),
    );
    const name = output === null ? action : `${action} ${output}`;
    return ending({ name, agent, move }, enabled, becomes);
  });

  const initially = new Map<string, Linear>();
  for (const name of placeNames) initially.set(name, constant(0));
  initially.set(place(0), chunks);
  for (const counter of system.counters) initially.set(counterName(counter), constant(0));
  system.shared.forEach((_, machine) => initially.set(sharedName(system, machine), constant(0)));
  refuseDuplicates([
    ...["N", "k", ...system.limits.map(({ symbol }) => symbol)],
    ...placeNames,
    ...system.counters.map(counterName),
    ...system.shared.map((_, machine) => sharedName(system, machine)),
  ]);
  const one = constant(1);
  return {
    system,
    placeNames,
    quantities,
    initially,
    actions: [...slotActions, ...systemActions].filter(({ enabled }) => enabled !== falsehood),
    absent,
    least: smallestSizes(system, parameters),
    sizes: all(
      atLeast(variable("N"), one),
      ...system.limits.map(({ symbol, least }) =>
        absent.has(symbol)
          ? equal(variable(symbol), constant(0))
          : atLeast(variable(symbol), constant(Math.max(1, least))),
      ),
    ),
  };
}
