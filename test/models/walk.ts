import type { Role } from "../../models/description.ts";
import { tabulate, type MachineState, type MachineTable } from "../../src/compile/machine-table.ts";

/** One step of a machine between two of its local states. */
export interface LocalStep {
  readonly from: MachineState;
  readonly event: string;
  readonly output: number | null;
  readonly to: MachineState;
  /** The named actions, with the output in their params where they have one. */
  readonly actions: readonly { readonly type: string; readonly output: number | null }[];
}

/** Every step that a machine can take from any local state that it can be in. */
export function stepsOf(role: Role): readonly LocalStep[] {
  const table: MachineTable = tabulate(role);
  return table.states.flatMap((from) =>
    role.events.flatMap((event) => {
      const step = table.step(from.id, event);
      const to = step === undefined ? undefined : table.states[step.to];
      if (step === undefined || to === undefined) return [];
      return [{ from, event: event.type, output: event.output ?? null, to, actions: step.actions }];
    }),
  );
}

/** The events that a machine accepts in a state, whatever its context. */
export function acceptedIn(steps: readonly LocalStep[], state: string): ReadonlySet<string> {
  return new Set(steps.filter(({ from }) => from.value === state).map(({ event }) => event));
}
