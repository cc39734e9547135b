import type { CompiledSystem } from "../compile/compiled-system.ts";
import type { StateReader } from "./state-reader.ts";
import type { Region } from "./tracked-graph.ts";

/** What an endless run keeps waiting, and who acts in it; the environment is frozen. */
export interface EndlessClaim {
  /** `live`: some chunk is never closed; an output's number: some chunk owes it a delivery for ever. */
  readonly stays: "live" | number;
  readonly agents: readonly ("engine" | "input")[];
  /** The outputs that are online all along, as a bit set. */
  readonly onlineOutputs: number;
}

/** Whether a chunk in a place still waits for what the claim is about. */
export function waitsIn(
  { vocabulary, quantities }: CompiledSystem,
  claim: EndlessClaim,
  place: number,
): boolean {
  const total = claim.stays === "live" ? vocabulary.live : vocabulary.owed[claim.stays];
  return quantities[total ?? -1]?.weights[place] === 1;
}

/** The part of the state space in which a run of the claim stays. */
export function regionOf(system: CompiledSystem, claim: EndlessClaim): Region {
  return {
    states: (reader: StateReader) => reader.running && reader.onlineOutputs === claim.onlineOutputs,
    places: (place) => waitsIn(system, claim, place),
    agents: claim.agents,
  };
}
