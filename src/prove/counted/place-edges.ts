import { entryAt } from "../../errors/checked-access.ts";
import type { CountedSystem } from "./counting.ts";
import { atLeast, falsehood, some, truth, type Formula } from "../logic/formula.ts";
import { gateFormula, gateTarget } from "./gate.ts";
import { constant, sum, variable, type Linear } from "../logic/linear.ts";
import type { Region } from "./regions.ts";
import type { Obligation } from "../logic/smt-lib.ts";
import type { PlaceEdge } from "../progress/strong-places.ts";

/** A system while its environment is frozen in one way, and what may be assumed there. */
export interface Setting {
  readonly counted: CountedSystem;
  readonly region: Region;
  /** The invariant, what is assumed of the sizes, and the region. */
  readonly assumed: readonly Formula[];
}

/** That there are at least so many chunks in some places. */
export function inhabited(
  { placeNames }: CountedSystem,
  places: readonly number[],
  atLeastSo = 1,
): Formula {
  const total: Linear = sum(...places.map((place) => variable(entryAt(placeNames, place))));
  return atLeast(total, constant(atLeastSo));
}

/**
 * That an action cannot be taken without the watched chunk leaving the places: neither by another chunk, nor by itself.
 * `null` if the action always takes it away.
 */
function impossibility(
  setting: Setting,
  action: Region["actions"][number],
  places: readonly number[],
): Obligation | null {
  const { counted, region, assumed } = setting;
  const { from, to } = action.move;
  const staying = places.filter((place) => places.includes(gateTarget(counted, action, place)));
  const actsAndStays =
    places.includes(from) && places.includes(gateTarget(counted, action, to)) ? truth : falsehood;
  // One of the chunks in the acting chunk's place is the acting one, which is not the watched one.
  const others = inhabited(counted, staying, staying.includes(from) ? 2 : 1);
  const where = some(actsAndStays, staying.length === 0 ? falsehood : others);
  if (where === falsehood) return null;
  return {
    claim: `with ${region.words}: while a chunk stays in ${namesOf(counted, places)}, never ${action.name}`,
    hypotheses: [...assumed, where, action.enabled],
  };
}

/** That the watched chunk cannot take an action itself. */
export function neverActs(setting: Setting, action: Region["actions"][number]): Obligation {
  const { region, assumed } = setting;
  return {
    claim: `with ${region.words}: never ${action.name}`,
    hypotheses: [...assumed, action.enabled],
  };
}

/** That the watched chunk is not taken from a place by the gate, after an action of another chunk. */
export function gateSpares(
  setting: Setting,
  action: Region["actions"][number],
  place: number,
): Obligation {
  const { counted, region, assumed } = setting;
  return {
    claim: `with ${region.words}: while a chunk is in ${namesOf(counted, [place])}, no other takes ${action.name}`,
    hypotheses: [
      ...assumed,
      inhabited(counted, [place], action.move.from === place ? 2 : 1),
      action.enabled,
    ],
  };
}

/** Places by their names. */
export function namesOf({ placeNames }: CountedSystem, places: readonly number[]): string {
  return places.map((place) => entryAt(placeNames, place).slice(1)).join(" | ");
}

/** Where a chunk may go. */
export interface Edge extends PlaceEdge {
  /** What would have to be shown for the edge not to exist. */
  readonly impossible: Obligation;
}

/** Where the watched chunk may go from a place: by its own moves, and by the gate. */
export function edgesOfWatched(setting: Setting, target: ReadonlySet<number>): readonly Edge[] {
  const { counted, region } = setting;
  return region.actions.flatMap((action): Edge[] => {
    const { from, to } = action.move;
    const edges: Edge[] = [];
    const arrives = gateTarget(counted, action, to);
    if (target.has(from) && target.has(arrives) && from !== arrives) {
      edges.push({ from, to: arrives, impossible: neverActs(setting, action) });
    }
    for (const place of target) {
      const moved = gateTarget(counted, action, place);
      if (moved === place || !target.has(moved)) continue;
      edges.push({ from: place, to: moved, impossible: gateSpares(setting, action, place) });
    }
    return edges;
  });
}

/** Where any chunk may go while the watched one stays in the places. */
export function edgesMeanwhile(setting: Setting, places: readonly number[]): readonly Edge[] {
  const { counted, region } = setting;
  const edges = region.actions.flatMap((action): Edge[] => {
    const impossible = impossibility(setting, action, places);
    if (impossible === null) return [];
    const { from, to, counterChanges } = action.move;
    const arrives = gateTarget(counted, action, to);
    if (from !== arrives) return [{ from, to: arrives, impossible }];
    // A move of a chunk that stays where it is must change nothing at all.
    return counterChanges.length > 0 ? [{ from, to: from, impossible }] : [];
  });
  return [...edges, ...gateEdges(setting, places)];
}

/** Where the gate takes bystanders, if it can open while the watched chunk stays in the places. */
function gateEdges(setting: Setting, places: readonly number[]): readonly Edge[] {
  const { counted, region } = setting;
  const { gate } = counted.system;
  const opens = gateFormula(counted);
  if (gate === null || opens === null) return [];
  // Where the watched chunk may be when the gate is asked: where it was, or where it has just gone.
  const arriving = region.actions.flatMap(({ move }) =>
    places.includes(move.from) ? [move.to] : [],
  );
  const staying = [...new Set([...places, ...arriving])].filter((place) =>
    places.includes(entryAt(gate.everySlot.to, place)),
  );
  if (staying.length === 0) return [];
  const counts = counted.placeNames.map((name) => atLeast(variable(name), constant(0)));
  // The gate is asked in the middle of an action, where only the counts are known to be counts.
  const impossible: Obligation = {
    claim: `with ${region.words}: while a chunk is in ${namesOf(counted, staying)}, the gate stays shut`,
    hypotheses: [counted.sizes, ...counts, inhabited(counted, staying), opens],
  };
  return gate.everySlot.to.flatMap((to, from) => {
    const changes = to !== from || entryAt(gate.everySlot.counterChanges, from).length > 0;
    return changes ? [{ from, to, impossible }] : [];
  });
}
