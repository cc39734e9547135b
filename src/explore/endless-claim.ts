import type { CompiledPending, CompiledSystem, SharedState } from "../compile/compiled-system.ts";
import type { StateReader } from "./state-reader.ts";
import type { Region } from "./tracked-graph.ts";

/** What an endless run keeps waiting, and who acts in it; the environment is frozen. */
export interface EndlessClaim {
  /** What waits for ever: a slot that a total counts, a delivery that is owed to an output, or a shared machine. */
  readonly pending: CompiledPending;
  readonly agents: readonly ("engine" | "input")[];
  /** The states in which the machine is that says whether the engine runs. */
  readonly phases: readonly SharedState[];
  /** The states in which the outputs stay. */
  readonly outputs: readonly SharedState[];
}

/** Whether a chunk in a place still waits for what the claim is about; where that is a shared machine, any chunk does. */
export function waitsIn(
  { quantities }: CompiledSystem,
  { pending }: EndlessClaim,
  place: number,
): boolean {
  return (
    pending.kind === "machine" ||
    pending.kind === "guard" ||
    quantities[pending.quantity]?.weights[place] === 1
  );
}

/** Whether the shared machines are as the claim says. */
export function isFrozenAsClaimed(
  { pending, phases, outputs }: EndlessClaim,
  is: (state: SharedState) => boolean,
): boolean {
  return (
    phases.some(is) &&
    outputs.every(is) &&
    (pending.kind !== "machine" || !is({ machine: pending.machine, state: pending.until }))
  );
}

/** The part of the state space in which a run of the claim stays. */
export function regionOf(system: CompiledSystem, claim: EndlessClaim): Region {
  return {
    states: (reader: StateReader) => isFrozenAsClaimed(claim, (state) => reader.is(state)),
    places: (place) => waitsIn(system, claim, place),
    agents: claim.agents,
  };
}
