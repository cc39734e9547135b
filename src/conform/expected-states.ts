import type { CompiledSystem, Place } from "../compile/compiled-system.ts";
import { type Scope, slotsOf } from "../compile/scope.ts";
import { viewPlace } from "../compile/state-view.ts";
import type { Stepper } from "../compile/stepper.ts";
import type { Json, JsonObject } from "./json.ts";

/** The context keys of each role that differ between the places of live chunks: the others are settings, not state. */
function varyingKeys({ places }: CompiledSystem): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, Map<string, Set<unknown>>>();
  for (const { machines } of places.slice(1)) {
    for (const { role, state } of machines) {
      const keys = values.get(role) ?? new Map<string, Set<unknown>>();
      values.set(role, keys);
      for (const [key, value] of Object.entries(state.context)) {
        keys.set(key, (keys.get(key) ?? new Set()).add(value));
      }
    }
  }
  return new Map(
    [...values].map(([role, keys]) => [
      role,
      [...keys].flatMap(([key, { size }]) => (size > 1 ? [key] : [])),
    ]),
  );
}

/**
 * The states of a scope in the words of the port protocol: what a port must report. A slot is null where it is free;
 * else it has the state of each of its machines under the name of the machine, and what else varies of them.
 */
export class ExpectedStates {
  readonly #scope: Scope;
  readonly #slots: readonly (JsonObject | null)[];

  constructor(scope: Scope) {
    this.#scope = scope;
    const varying = varyingKeys(scope.system);
    this.#slots = scope.system.places.map((place) =>
      place.id === 0 ? null : this.#slot(place, varying),
    );
  }

  /** The state in which a stepper is. */
  of(stepper: Stepper): JsonObject {
    const { system } = this.#scope;
    const state: Record<string, Json> = {
      slots: Array.from(
        { length: slotsOf(this.#scope) },
        (_, slot) => this.#slots[stepper.place(slot)] ?? null,
      ),
    };
    const lists = new Map<string, Json[]>();
    const add = (name: string, output: number | null, value: Json): void => {
      if (output === null) {
        state[name] = value;
        return;
      }
      const list = lists.get(name) ?? [];
      list.push(value);
      lists.set(name, list);
    };
    system.shared.forEach(({ role, output, input, table }, machine) => {
      add(
        role,
        output ?? (system.inputs > 1 ? input : null),
        table.states[stepper.shared(machine)]?.value ?? "",
      );
    });
    for (const index of system.counters) {
      const { name, output } = system.quantities[index] ?? { name: "", output: null };
      add(name, output, stepper.amount(index));
    }
    for (const [name, list] of lists) state[name] = list;
    for (const { name, quantity } of system.vocabulary.gauges) {
      state[name] = stepper.amount(quantity);
    }
    return state;
  }

  #slot(place: Place, varying: ReadonlyMap<string, readonly string[]>): JsonObject {
    const slot: Record<string, Json> = {};
    for (const [role, view] of Object.entries(viewPlace(place))) {
      const keys = varying.get(role) ?? [];
      if ("state" in view) {
        slot[role] = view.state;
        for (const key of keys) slot[key] = view.context[key] ?? null;
      } else {
        slot[role] = view.map(({ state }) => state);
        for (const key of keys) slot[key] = view.map(({ context }) => context[key] ?? null);
      }
    }
    return slot;
  }
}
