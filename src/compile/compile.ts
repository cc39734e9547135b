import { entryAt } from "../errors/checked-access.ts";
import type { Dimensions, SystemDescription } from "../../models/description.ts";
import { knownProgress } from "../../models/progress.ts";
import type {
  CompiledQuantity,
  CompiledStateProperty,
  CompiledSystem,
  Guard,
  Place,
  SharedMachine,
  SharedState,
  SlotMove,
} from "./compiled-system.ts";
import { boundTerms, compileGuard } from "./guards.ts";
import { HeardMessages } from "./heard-messages.ts";
import { tabulate, type MachineTable } from "./machine-table.ts";
import { masksOf } from "./masks.ts";
import { compileProgress, saysTheSame } from "./progress-clauses.ts";
import { noDimensions } from "./no-dimensions.ts";
import { each, QuantityTable } from "./quantity-table.ts";
import type { MoveContext } from "./move-context.ts";
import { choosesSlots, movesOf } from "./slot-moves.ts";
import { SlotSpace } from "./slot-space.ts";
import { statedActions } from "./stated-actions.ts";
import { placeMap, systemMovesOf } from "./system-moves.ts";
import { LimitError } from "../errors/limit-error.ts";
import { DescriptionError } from "../errors/description-error.ts";

const mostPlaces = 50_000;

/** Two things of one name would be taken for one. */
function refuseDuplicates(kind: string, things: readonly { readonly name: string }[]): void {
  const names = things.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new DescriptionError(`two ${kind} are called ${twice}`);
}

/** What a known property of progress means is stated once, here or by the system: another one must have another name. */
function refuseOtherMeanings({ properties, system }: SystemDescription): void {
  for (const property of properties) {
    const known = [...(system.means ?? []), ...knownProgress].filter(
      ({ name }) => name === property.name,
    );
    if (known.length === 0) continue;
    if (property.kind === "progress" && known.some((one) => saysTheSame(property, one))) continue;
    throw new DescriptionError(
      `the ${property.kind} property ${property.name} has the name of a property of progress that says something else`,
    );
  }
}

/** Only the engine owes anything: fairness of others would be assumed by some and not by others. */
function refuseDutiesOfOthers({ slotRules }: SystemDescription): void {
  for (const { name, branches } of slotRules) {
    for (const { action, agent, fairness } of branches.flatMap(({ outcomes }) => outcomes)) {
      if (fairness === undefined || agent === "engine") continue;
      throw new DescriptionError(
        `rule ${name}: ${action} is owed (fairness "${fairness}"), but the ${agent} takes it, which owes nothing`,
      );
    }
  }
}

/** A bound in a limit that is not declared would be taken for a bound without it. */
function refuseUnknownLimits(
  { limits }: SystemDescription,
  quantities: readonly CompiledQuantity[],
  guards: readonly Guard[],
): void {
  const known = new Set(limits.map(({ name }) => name));
  for (const { quantity, bound } of guards) {
    const unknown = boundTerms(bound).find(([name]) => !known.has(name));
    if (unknown === undefined) continue;
    throw new DescriptionError(
      `the comparison of ${quantities[quantity]?.name} has a bound with "${unknown[0]}"; it may have ${["constant", ...known].join(", ")}`,
    );
  }
}

function nameOfPlace(machines: Place["machines"]): string {
  return machines
    .map(({ role, state }) => {
      const extras = Object.entries(state.context)
        .filter(([key, value]) => typeof value === "number" && key !== "retryLimit" && value >= 0)
        .map(([, value]) => String(value));
      const counted = role !== "delivery" || state.context["retryLimit"] !== "unlimited";
      return counted && extras.length > 0 ? `${state.value}(${extras.join(",")})` : state.value;
    })
    .join(" ");
}

/** The machines that must work outside, each in the state in which it does. */
function onlineStates(
  { vocabulary: { online } }: SystemDescription,
  shared: readonly SharedMachine[],
): readonly SharedState[] {
  if (online === null) return [];
  const machines = shared.flatMap(({ role, table }, machine): readonly SharedState[] => {
    const state = table.states.find(({ value }) => value === online.state)?.id;
    return role === online.role && state !== undefined ? [{ machine, state }] : [];
  });
  if (machines.length > 0) return machines;
  throw new DescriptionError(`machine ${online.role} never is ${online.state}`);
}

/** Every machine outside the slots, by its output or input. */
function sharedMachines(
  description: SystemDescription,
  { outputs, inputs }: Dimensions,
  tableOf: (role: string) => MachineTable,
): readonly SharedMachine[] {
  return description.shared.flatMap(({ name, perOutput, perInput }) =>
    each(outputs, perOutput).flatMap((output) =>
      each(inputs, perInput ?? false).map((input) => ({
        role: name,
        output,
        input,
        table: tableOf(name),
      })),
    ),
  );
}

/** Every move of a slot, by the place that it is made from; meets every place on the way. */
function allMoves(
  description: SystemDescription,
  context: MoveContext,
): readonly (readonly SlotMove[])[] {
  const { space } = context;
  const plainRules = description.slotRules.filter((rule) => !choosesSlots(rule));
  const choosingRules = description.slotRules.filter(choosesSlots);
  const broadcasts = [
    ...description.systemRules.map(({ action, broadcast }) => ({ sender: action, broadcast })),
    ...(description.gate === null
      ? []
      : [{ sender: description.gate.name, broadcast: description.gate.broadcast }]),
  ];
  const plain: Omit<SlotMove, "id">[][] = [];
  let choosing: (readonly Omit<SlotMove, "id">[])[] = [];
  let met = 0;
  // Places are met while moves are made; broadcasts and choices may meet more, so they take turns until nothing is new.
  while (met < space.places) {
    while (plain.length < space.places) {
      plain.push([...movesOf(plain.length, plainRules, context)]);
      if (space.places > mostPlaces) {
        throw new LimitError(`a slot has more than ${mostPlaces} local states`);
      }
    }
    met = space.places;
    for (const { sender, broadcast } of broadcasts) {
      if (broadcast !== undefined) placeMap(sender, broadcast, context);
    }
    choosing =
      choosingRules.length === 0
        ? []
        : plain.map((_, place) => movesOf(place, choosingRules, context));
  }
  let id = 0;
  return plain.map((moves, place) =>
    [...(choosing.at(place) ?? []), ...moves].map((move): SlotMove => ({ ...move, id: id++ })),
  );
}

/**
 * Turns a description into tables. Each machine is run through XState's `transition` once for each local state and
 * event; everything else is combination of those tables.
 *
 * @throws LimitError if a slot has more than 50,000 local states.
 * @throws DescriptionError if the description names a machine, state, total or counter that does not exist, or gives one name twice.
 */
export function compile(
  description: SystemDescription,
  masks?: readonly (readonly number[])[],
  masksOfInputs?: readonly (readonly (readonly number[])[])[],
): CompiledSystem {
  const shape = description.dimensions ?? noDimensions;
  const { outputs, inputs, routing } = shape;
  const roles = [...description.slot, ...description.shared];
  refuseDuplicates("machines", roles);
  refuseDuplicates("totals", description.totals);
  refuseDuplicates("counters", description.counters);
  refuseDuplicates("limits", description.limits);
  refuseDuplicates("properties", description.properties);
  refuseOtherMeanings(description);
  refuseDutiesOfOthers(description);
  const tables = new Map<string, MachineTable>();
  for (const role of roles) tables.set(role.name, tabulate(role));
  const tableOf = (role: string): MachineTable => {
    const table = tables.get(role);
    if (table === undefined) throw new DescriptionError(`no machine is called ${role}`);
    return table;
  };
  const shared = sharedMachines(description, shape, tableOf);
  const sharedState = (
    role: string,
    value: string,
    output: number | null,
    input: number | null,
  ): SharedState => {
    const machine = shared.findIndex(
      (one) =>
        one.role === role &&
        (one.output === null || one.output === output) &&
        (one.input === null || one.input === input),
    );
    const state = shared[machine]?.table.states.find((one) => one.value === value);
    if (state === undefined) throw new DescriptionError(`machine ${role} never is ${value}`);
    return { machine, state: state.id };
  };

  const space = new SlotSpace(description.slot, tables, outputs);
  const table = new QuantityTable(description, shape, space);
  const fairnessInstances: string[] = [];
  const context: MoveContext = {
    space,
    heard: new HeardMessages(roles, tables),
    shared,
    quantities: table,
    inputs,
    masksOf: (input) => masksOfInputs?.[input] ?? masks ?? masksOf(outputs, routing, input),
    reactions: description.reactions,
    followUps: description.followUps,
    counterEffects: description.counterEffects,
    transitionProperties: description.properties.filter((one) => one.kind === "transition"),
    fairnessOf: (name, output) => {
      const instance = output === null ? name : `${name} ${output}`;
      const known = fairnessInstances.indexOf(instance);
      return known >= 0 ? known : fairnessInstances.push(instance) - 1;
    },
  };
  const movesFrom = allMoves(description, context);
  const systemMoves = systemMovesOf(description.systemRules, context);
  const gate =
    description.gate === null
      ? null
      : {
          name: description.gate.name,
          guard: description.gate.guard.map((comparison) =>
            compileGuard(comparison, (quantity) => table.indexOf(quantity)),
          ),
          everySlot: placeMap(description.gate.name, description.gate.broadcast, context),
        };

  const places: Place[] = Array.from({ length: space.places }, (_, id) => {
    const states = space.states(id);
    const machines = space.machines.flatMap(({ role, output }, index) => {
      const state = states[index];
      return state === undefined ? [] : [{ role, output, state }];
    });
    return { id, name: nameOfPlace(machines), machines };
  });
  const quantities = table.entries.map((entry, index): CompiledQuantity => ({
    kind: entry.kind,
    name: entry.name,
    output: entry.output,
    input: entry.input,
    plus: entry.plus,
    weights:
      entry.kind === "counter"
        ? []
        : places.map(({ id }) => entryAt(table.weightsOf(space.configurationOf(id)), index)),
    bound:
      description.counters.find(({ name }) => entry.kind === "counter" && name === entry.name)
        ?.bound ?? null,
  }));
  refuseUnknownLimits(description, quantities, [
    ...movesFrom.flat().flatMap(({ guard }) => guard),
    ...systemMoves.flatMap(({ guard }) => guard),
    ...(gate?.guard ?? []),
  ]);
  const { vocabulary } = description;
  return {
    name: description.system.name,
    title: description.system.title,
    atFirst: description.system.atFirst,
    slots: description.system.slots,
    declared: description.system.parameters.map(({ name, label, default: usual }) => ({
      name,
      default: usual,
      ...(label === undefined ? {} : { label }),
    })),
    outputs,
    inputs,
    limits: description.limits,
    places,
    quantities,
    counters: quantities.flatMap(({ kind }, index) => (kind === "counter" ? [index] : [])),
    shared,
    actions: statedActions(description),
    slotMoves: movesFrom.flat(),
    movesFrom,
    systemMoves,
    gate,
    fairnessInstances,
    stateProperties: description.properties.flatMap((property): CompiledStateProperty[] =>
      property.kind !== "state"
        ? []
        : each(outputs, property.perOutput).flatMap((output) =>
            each(inputs, property.perInput ?? false).map((input) => ({
              name: property.name,
              output,
              input,
              while: (property.while ?? []).map(({ role, state }) =>
                sharedState(role, state, output, input),
              ),
              requires: property
                .requires(output ?? input ?? 0, outputs)
                .map((comparison) =>
                  compileGuard(comparison, (quantity) => table.indexOf(quantity)),
                ),
            })),
          ),
    ),
    progress: description.properties.flatMap((property) =>
      property.kind !== "progress"
        ? []
        : [compileProgress(property, { description, shared, quantities: table, outputs })],
    ),
    properties: description.properties,
    vocabulary: {
      running: sharedState(vocabulary.running.role, vocabulary.running.state, null, null),
      online: onlineStates(description, shared),
      live: table.indexOf({ total: vocabulary.live }),
      owed: Array.from({ length: outputs }, (_, output) =>
        table.indexOf({ total: vocabulary.owed ?? "", output }),
      ),
      gauges: vocabulary.gauges.map(({ total, ...gauge }) => ({
        ...gauge,
        quantity: table.indexOf({ total }),
      })),
    },
  };
}
