import type { Scope } from "../compile/scope.ts";
import { Stepper, type SystemState } from "../compile/stepper.ts";

/** Which state a machine of a slot is to be in; undefined leaves it as it is. */
type Wanted = (role: string, output: number | null) => string | undefined;

/**
 * The place that is like another but for the machines that are wanted elsewhere. A machine that is moved has not
 * counted any failure.
 *
 * @throws Error if no action leads to such a place.
 */
export function placeLike({ system }: Scope, place: number, wanted: Wanted): number {
  const like = system.places[place]?.machines ?? [];
  const found = system.places.find(({ machines }) =>
    machines.every(({ role, output, state }, index) => {
      const value = wanted(role, output);
      if (value === undefined) return state.id === like[index]?.state.id;
      return state.value === value && (state.context["failures"] ?? 0) === 0;
    }),
  );
  if (found === undefined) throw new Error(`no slot can be as "${system.places[place]?.name}" is`);
  return found.id;
}

/** The state with one slot in another place, as no action of the model puts it there. */
export function withSlotAt(
  { system }: Scope,
  { places, shared, amounts }: SystemState,
  slot: number,
  place: number,
): SystemState {
  const from = places[slot] ?? 0;
  return {
    places: places.with(slot, place),
    shared,
    amounts: amounts.map((amount, index) => {
      const weights = system.quantities[index]?.weights ?? [];
      return amount + (weights[place] ?? 0) - (weights[from] ?? 0);
    }),
  };
}

/** The state with the gate opened, if nothing keeps it shut. */
export function withOpenGate(scope: Scope, state: SystemState): SystemState {
  const stepper = new Stepper(scope, state);
  stepper.openGate();
  return stepper.state();
}
