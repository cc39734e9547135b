import type { Limit } from "../../models/description.ts";
import type {
  CompiledProperty,
  CompiledSystem,
  SharedMachine,
} from "../compile/compiled-system.ts";
import type { MachineTable } from "../compile/machine-table.ts";
import type { Scope } from "../compile/scope.ts";

/** A scope as plain data that can travel with a page. */
export interface PackedScope extends Omit<Scope, "system"> {
  readonly system: Omit<CompiledSystem, "movesFrom" | "shared" | "limits" | "properties"> & {
    readonly limits: readonly (Omit<Limit, "value"> & { readonly value: number })[];
    readonly properties: readonly Pick<CompiledProperty, "kind" | "name" | "meaning">[];
    readonly shared: readonly (Omit<SharedMachine, "table"> & {
      readonly table: Pick<MachineTable, "name" | "states">;
    })[];
  };
}

/** A scope without what can be made again from the rest. */
export function packScope({ release, parameters, system }: Scope): PackedScope {
  const { shared, properties } = system;
  return {
    release,
    parameters,
    system: {
      name: system.name,
      title: system.title,
      atFirst: system.atFirst,
      slots: system.slots,
      declared: system.declared,
      outputs: system.outputs,
      inputs: system.inputs,
      limits: system.limits.map((limit) => ({ ...limit, value: limit.value(parameters) })),
      progress: system.progress,
      places: system.places,
      quantities: system.quantities,
      counters: system.counters,
      actions: system.actions,
      slotMoves: system.slotMoves,
      systemMoves: system.systemMoves,
      gate: system.gate,
      fairnessInstances: system.fairnessInstances,
      stateProperties: system.stateProperties,
      vocabulary: system.vocabulary,
      properties: properties.map(({ kind, name, meaning }) => ({ kind, name, meaning })),
      shared: shared.map(({ role, output, input, table: { name, states } }) => ({
        role,
        output,
        input,
        table: { name, states },
      })),
    },
  };
}

/** The scope again: everything but the machines' own tables, which nobody needs once actions are tabulated. */
export function unpackScope({ release, parameters, system }: PackedScope): Scope {
  const { places, slotMoves, shared } = system;
  return {
    release,
    parameters,
    system: {
      ...system,
      limits: system.limits.map((limit) => ({ ...limit, value: () => limit.value })),
      movesFrom: places.map(({ id }) => slotMoves.filter(({ from }) => from === id)),
      shared: shared.map(({ role, output, input, table }) => ({
        role,
        output,
        input,
        table: {
          ...table,
          step: () => undefined,
          hasState: (value) => table.states.some((state) => state.value === value),
        },
      })),
    },
  };
}
