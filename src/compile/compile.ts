import type { Quantity, SystemDescription } from "../../models/description.ts";
import type { Routing } from "../../models/parameters.ts";
import type {
  CompiledQuantity,
  CompiledStateProperty,
  CompiledSystem,
  Place,
  SharedMachine,
  SharedState,
  SlotMove,
} from "./compiled-system.ts";
import { compileGuard } from "./guards.ts";
import { tabulate, type MachineTable } from "./machine-table.ts";
import { masksOf, movesOf, type MoveContext } from "./slot-moves.ts";
import { SlotSpace } from "./slot-space.ts";
import { placeMap, systemMovesOf } from "./system-moves.ts";

const mostPlaces = 50_000;

/** What of the parameters gives a system its shape; N, T, X and Q stay symbols. */
export interface Shape {
  readonly outputs: number;
  readonly routing: Routing;
  /** The masks that `ingest` may choose, where they are known exactly; `routing` says it otherwise. */
  readonly masks?: readonly (readonly number[])[];
}

function each(outputs: number, perOutput: boolean): readonly (number | null)[] {
  return perOutput ? Array.from({ length: outputs }, (_, output) => output) : [null];
}

/** Two things of one name would be taken for one. */
function refuseDuplicates(kind: string, things: readonly { readonly name: string }[]): void {
  const names = things.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two ${kind} are called ${twice}`);
}

const progressNames = ["stalled", "recovery", "isolation", "isolationFair", "starvation"];

/** What a property of progress means is stated once, by its name. */
function refuseReservedNames({ properties }: SystemDescription): void {
  for (const { kind, name } of properties) {
    if ((kind === "progress") === progressNames.includes(name)) continue;
    throw new Error(
      kind === "progress"
        ? `there is no property of progress called ${name}; known are ${progressNames.join(", ")}`
        : `the ${kind} property ${name} has the name of a property of progress`,
    );
  }
}

/** Only the engine owes anything: fairness of others would be assumed by some and not by others. */
function refuseDutiesOfOthers({ slotRules }: SystemDescription): void {
  for (const { name, branches } of slotRules) {
    for (const { action, agent, fairness } of branches.flatMap(({ outcomes }) => outcomes)) {
      if (fairness === undefined || agent === "engine") continue;
      throw new Error(
        `rule ${name}: ${action} is owed (fairness "${fairness}"), but the ${agent} takes it, which owes nothing`,
      );
    }
  }
}

function nameOfPlace(machines: Place["machines"]): string {
  return machines
    .map(({ role, state }) => {
      const extras = Object.entries(state.context)
        .filter(([key, value]) => typeof value === "number" && key !== "retryLimit" && value >= 0)
        .map(([, value]) => String(value));
      const counted = role === "chunk" || state.context["retryLimit"] !== "unlimited";
      return counted && extras.length > 0 ? `${state.value}(${extras.join(",")})` : state.value;
    })
    .join(" ");
}

/**
 * Turns a description into tables. Each machine is run through XState's `transition` once for each local state and
 * event; everything else is combination of those tables.
 *
 * @throws RangeError if a slot has more than 50,000 local states.
 * @throws Error if the description names a machine, state, total or counter that does not exist, or gives one name twice.
 */
export function compile(description: SystemDescription, shape: Shape): CompiledSystem {
  const { outputs, routing } = shape;
  const roles = [...description.slot, ...description.shared, ...description.following];
  refuseDuplicates("machines", roles);
  refuseDuplicates("totals", description.totals);
  refuseDuplicates("counters", description.counters);
  refuseDuplicates("properties", description.properties);
  refuseReservedNames(description);
  refuseDutiesOfOthers(description);
  const tables = new Map<string, MachineTable>();
  for (const role of roles) tables.set(role.name, tabulate(role));
  const tableOf = (role: string): MachineTable => {
    const table = tables.get(role);
    if (table === undefined) throw new Error(`no machine is called ${role}`);
    return table;
  };
  const shared: readonly SharedMachine[] = description.shared.flatMap(({ name, perOutput }) =>
    each(outputs, perOutput).map((output) => ({ role: name, output, table: tableOf(name) })),
  );
  const sharedState = (role: string, output: number | null, value: string): SharedState => {
    const machine = shared.findIndex((one) => one.role === role && one.output === output);
    const state = shared[machine]?.table.states.find((one) => one.value === value);
    if (state === undefined) throw new Error(`machine ${role} never is ${value}`);
    return { machine, state: state.id };
  };

  const names: { kind: "total" | "counter"; name: string; output: number | null }[] = [
    ...description.totals.flatMap(({ name, perOutput }) =>
      each(outputs, perOutput).map((output) => ({ kind: "total" as const, name, output })),
    ),
    ...description.counters.flatMap(({ name }) =>
      each(outputs, true).map((output) => ({ kind: "counter" as const, name, output })),
    ),
  ];
  const indexOf = (quantity: Quantity): number => {
    const [kind, name] =
      "total" in quantity
        ? (["total", quantity.total] as const)
        : (["counter", quantity.counter] as const);
    const output = quantity.output ?? null;
    const index = names.findIndex(
      (one) => one.kind === kind && one.name === name && one.output === output,
    );
    if (index < 0) throw new Error(`no ${kind} is called ${name}`);
    return index;
  };

  const space = new SlotSpace(description.slot, tables, outputs);
  const fairnessInstances: string[] = [];
  const context: MoveContext = {
    space,
    shared,
    following: description.following.map((role) => ({ role, table: tableOf(role.name) })),
    indexOf,
    masks: shape.masks ?? masksOf(outputs, routing),
    reactions: description.reactions,
    counterEffects: description.counterEffects,
    counterOf: (counter, output) => indexOf({ counter, output }),
    transitionProperties: description.properties.filter((one) => one.kind === "transition"),
    fairnessOf: (name, output) => {
      const instance = output === null ? name : `${name} ${output}`;
      const known = fairnessInstances.indexOf(instance);
      return known >= 0 ? known : fairnessInstances.push(instance) - 1;
    },
  };

  const slotMoves: SlotMove[] = [];
  const movesFrom: SlotMove[][] = [];
  const broadcasts = [
    ...description.systemRules.flatMap(({ broadcast }) => broadcast ?? []),
    ...(description.gate === null ? [] : [description.gate.broadcast]),
  ];
  // Places are met while moves are made; broadcasts may meet more, so the two take turns until nothing is new.
  while (movesFrom.length < space.places) {
    while (movesFrom.length < space.places) {
      const row = movesOf(movesFrom.length, description.slotRules, context).map((move, index) => ({
        ...move,
        id: slotMoves.length + index,
      }));
      slotMoves.push(...row);
      movesFrom.push(row);
      if (space.places > mostPlaces) {
        throw new RangeError(`a slot has more than ${mostPlaces} local states`);
      }
    }
    for (const broadcast of broadcasts) placeMap(broadcast, context);
  }

  const places: Place[] = Array.from({ length: space.places }, (_, id) => {
    const states = space.states(id);
    const machines = space.machines.flatMap(({ role, output }, index) => {
      const state = states[index];
      return state === undefined ? [] : [{ role, output, state }];
    });
    return { id, name: nameOfPlace(machines), machines };
  });
  const quantities: CompiledQuantity[] = names.map(({ kind, name, output }) => {
    const total = description.totals.find((one) => kind === "total" && one.name === name);
    const counter = description.counters.find((one) => kind === "counter" && one.name === name);
    return {
      kind,
      name,
      output,
      weights:
        total === undefined
          ? []
          : places.map(({ id }) =>
              total.counts(space.view(space.configurationOf(id)), output ?? -1) ? 1 : 0,
            ),
      bound: counter === undefined ? null : { constant: 0, [counter.bound]: 1 },
    };
  });
  const { vocabulary } = description;
  return {
    outputs,
    places,
    quantities,
    counters: quantities.flatMap(({ kind }, index) => (kind === "counter" ? [index] : [])),
    shared,
    slotMoves,
    movesFrom,
    systemMoves: systemMovesOf(description.systemRules, context),
    gate:
      description.gate === null
        ? null
        : {
            name: description.gate.name,
            guard: description.gate.guard.map((comparison) => compileGuard(comparison, indexOf)),
            everySlot: placeMap(description.gate.broadcast, context),
          },
    fairnessInstances,
    stateProperties: description.properties.flatMap((property): CompiledStateProperty[] =>
      property.kind !== "state"
        ? []
        : each(outputs, property.perOutput).map((output) => ({
            name: property.name,
            output,
            while:
              property.while === undefined
                ? []
                : [sharedState(property.while.role, null, property.while.state)],
            requires: property
              .requires(output ?? 0, outputs)
              .map((comparison) => compileGuard(comparison, indexOf)),
          })),
    ),
    properties: description.properties,
    vocabulary: {
      running: sharedState(vocabulary.running.role, null, vocabulary.running.state),
      online: Array.from({ length: outputs }, (_, output) =>
        sharedState(vocabulary.online.role, output, vocabulary.online.state),
      ),
      live: indexOf({ total: vocabulary.live }),
      owed: Array.from({ length: outputs }, (_, output) =>
        indexOf({ total: vocabulary.owed, output }),
      ),
      up: indexOf({ total: vocabulary.up }),
      tasks: indexOf({ total: vocabulary.tasks }),
    },
  };
}
