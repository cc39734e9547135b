import { entryAt } from "../errors/checked-access.ts";
import type { Place } from "./compiled-system.ts";
import type { ContextValue } from "./machine-table.ts";
import type { Scope } from "./scope.ts";
import type { SystemState } from "./stepper.ts";

/** A machine's state, with what its context adds to it. */
export interface MachineView {
  readonly state: string;
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** One slot of a system state: a machine for each role; a list of them where there is one for each output. */
export type SlotStateView = Readonly<Record<string, MachineView | readonly MachineView[]>>;

/** A system state in the words of the machines. */
export interface SystemStateView {
  readonly slots: readonly SlotStateView[];
  /** Shared machines, such as `engine` and, for each output, `output`. */
  readonly shared: Readonly<Record<string, string | readonly string[]>>;
  /** Each gauge, by its name. */
  readonly gauges: Readonly<Record<string, number>>;
  /** Each counter, by output. */
  readonly counters: Readonly<Record<string, readonly number[]>>;
}

/** A place in the words of its machines. */
export function viewPlace(place: Place): SlotStateView {
  const view: Record<string, MachineView | MachineView[]> = {};
  for (const { role, output, state } of place.machines) {
    const machine: MachineView = { state: state.value, context: state.context };
    const known = view[role];
    if (output === null) view[role] = machine;
    else if (Array.isArray(known)) known.push(machine);
    else view[role] = [machine];
  }
  return view;
}

/** A system state in the words of its machines. */
export function viewState(scope: Scope, state: SystemState): SystemStateView {
  const { system } = scope;
  const shared: Record<string, string | string[]> = {};
  system.shared.forEach(({ role, output, table }, index) => {
    const value = table.states[entryAt(state.shared, index)]?.value ?? "";
    const known = shared[role];
    if (output === null) shared[role] = value;
    else if (Array.isArray(known)) known.push(value);
    else shared[role] = [value];
  });
  const counters: Record<string, number[]> = {};
  for (const index of system.counters) {
    const name = system.quantities[index]?.name ?? "";
    (counters[name] ??= []).push(entryAt(state.amounts, index));
  }
  return {
    slots: state.places.flatMap((id) => {
      const place = system.places[id];
      return place === undefined ? [] : [viewPlace(place)];
    }),
    shared,
    gauges: Object.fromEntries(
      system.vocabulary.gauges.map(({ name, quantity }) => [
        name,
        entryAt(state.amounts, quantity),
      ]),
    ),
    counters,
  };
}
