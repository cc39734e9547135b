import type { Scope } from "../../compile/scope.ts";
import type { SystemState } from "../../compile/stepper.ts";
import { SpecNames } from "./spec-names.ts";

/** A run to be written: its states, what was done before each, and where it goes on for ever. */
export interface SpecTrace {
  readonly states: readonly { readonly state: SystemState; readonly action: string }[];
  /** The index of the state to which the last one leads back; null where the run ends. */
  readonly loop: number | null;
}

/** A number as the Informal Trace Format has it. */
function big(value: number): { readonly "#bigint": string } {
  return { "#bigint": String(value) };
}

/**
 * A run in the Informal Trace Format (ITF, of Apalache and Quint): a state has the place of each slot, the states of the
 * machines outside them, and every total and counter.
 */
export function itfOf(scope: Scope, { states, loop }: SpecTrace): unknown {
  const { system, release } = scope;
  const names = new SpecNames(scope);
  return {
    "#meta": {
      format: "ITF",
      "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
      description: `a run of ${release}, written by unstuck export --itf`,
    },
    params: [],
    vars: ["action", "place", ...names.machines, ...names.quantities],
    ...(loop === null ? {} : { loop }),
    states: states.map(({ state, action }, index) => ({
      "#meta": { index },
      action,
      place: state.places.map((place) => system.places[place]?.name ?? ""),
      ...Object.fromEntries(
        names.machines.map((name, machine) => [
          name,
          system.shared[machine]?.table.states[state.shared[machine] ?? 0]?.value ?? "",
        ]),
      ),
      ...Object.fromEntries(
        names.quantities.map((name, quantity) => [name, big(state.amounts[quantity] ?? 0)]),
      ),
    })),
  };
}
