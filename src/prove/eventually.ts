import type { CountedSystem } from "./counting.ts";
import { all, atLeast, falsehood, not, some, truth, type Formula } from "./formula.ts";
import { constant, sum, variable, type Linear } from "./linear.ts";
import type { Prover } from "./prover.ts";
import type { Region } from "./regions.ts";
import type { Obligation } from "./smt-lib.ts";
import { descendingRanks, strongPlaces, type PlaceEdge } from "./strong-places.ts";
import { gateFormula, gateTarget } from "./gate.ts";

/** Why a chunk does not stay in some places for ever. */
export type Departure =
  | {
      /** Something is owed to the chunk all the time, and takes it away. */
      readonly kind: "fairness";
      readonly places: readonly number[];
      readonly instance: number;
    }
  | {
      /** Meanwhile everything that moves descends; when nothing moves, something that would move is owed. */
      readonly kind: "descent";
      readonly places: readonly number[];
      readonly ranks: readonly number[];
    };

/** A proof that every chunk leaves the target places, and what it consists of. */
export interface EventuallyProof {
  readonly region: string;
  readonly target: readonly number[];
  readonly departures: readonly Departure[];
  readonly obligations: readonly Obligation[];
}

/** What a proof about a region may use. */
export interface Setting {
  readonly counted: CountedSystem;
  readonly region: Region;
  /** The invariant, what is assumed of the sizes, and the region. */
  readonly assumed: readonly Formula[];
  readonly prover: Prover;
}

function inhabited(
  { placeNames }: CountedSystem,
  places: readonly number[],
  atLeastSo = 1,
): Formula {
  const total: Linear = sum(...places.map((place) => variable(placeNames[place] ?? "?")));
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
function neverActs(setting: Setting, action: Region["actions"][number]): Obligation {
  const { region, assumed } = setting;
  return {
    claim: `with ${region.words}: never ${action.name}`,
    hypotheses: [...assumed, action.enabled],
  };
}

/** That the watched chunk is not taken from a place by the gate, after an action of another chunk. */
function gateSpares(
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

function namesOf({ placeNames }: CountedSystem, places: readonly number[]): string {
  return places.map((place) => (placeNames[place] ?? "?").slice(1)).join(" | ");
}

interface Edge extends PlaceEdge {
  /** What would have to be shown for the edge not to exist. */
  readonly impossible: Obligation;
}

/** Where the watched chunk may go from a place: by its own moves, and by the gate. */
function edgesOfWatched(setting: Setting, target: ReadonlySet<number>): readonly Edge[] {
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
function edgesMeanwhile(setting: Setting, places: readonly number[]): readonly Edge[] {
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
    places.includes(gate.everySlot.to[place] ?? place),
  );
  if (staying.length === 0) return [];
  const counts = counted.placeNames.map((name) => atLeast(variable(name), constant(0)));
  // The gate is asked in the middle of an action, where only the counts are known to be counts.
  const impossible: Obligation = {
    claim: `with ${region.words}: while a chunk is in ${namesOf(counted, staying)}, the gate stays shut`,
    hypotheses: [counted.sizes, ...counts, inhabited(counted, staying), opens],
  };
  return gate.everySlot.to.flatMap((to, from) => {
    const changes = to !== from || (gate.everySlot.counterChanges[from] ?? []).length > 0;
    return changes ? [{ from, to, impossible }] : [];
  });
}

/** Drops edges of cycles that are impossible, and returns what was shown for it. */
async function pruned<Kept extends Edge>(
  edges: readonly Kept[],
  size: number,
  prover: Prover,
): Promise<{ readonly edges: readonly Kept[]; readonly shown: readonly Obligation[] }> {
  const shown: Obligation[] = [];
  const decided = new Map<string, boolean>();
  const kept: Kept[] = [];
  const groups = strongPlaces(
    Array.from({ length: size }, (_, place) => place),
    size,
    edges,
  );
  for (const edge of edges) {
    const group = groups.find((one) => one.includes(edge.from));
    if (edge.from !== edge.to && group?.includes(edge.to) !== true) {
      kept.push(edge);
      continue;
    }
    const { claim } = edge.impossible;
    let proved = decided.get(claim);
    if (proved === undefined) {
      ({ proved } = await prover.proves(edge.impossible));
      decided.set(claim, proved);
      if (proved) shown.push(edge.impossible);
    }
    if (!proved) kept.push(edge);
  }
  return { edges: kept, shown };
}

/** The moves of chunks in one place that one fairness instance is about. */
function instanceFormulas(
  setting: Setting,
  place: number,
  instance: number,
): { readonly changing: Formula; readonly idle: Formula } {
  const moves = setting.region.actions.filter(
    ({ move }) => move.from === place && move.fairness === instance,
  );
  const changes = (action: (typeof moves)[number]): boolean =>
    gateTarget(setting.counted, action, action.move.to) !== place;
  return {
    changing: some(...moves.filter(changes).map(({ enabled }) => enabled)),
    idle: some(...moves.filter((action) => !changes(action)).map(({ enabled }) => enabled)),
  };
}

async function departureByFairness(
  setting: Setting,
  places: readonly number[],
): Promise<{ readonly departure: Departure; readonly obligations: readonly Obligation[] } | null> {
  const { counted, region, assumed, prover } = setting;
  const instances = new Set(
    region.actions.flatMap(({ move }) =>
      places.includes(move.from) && move.fairness >= 0 ? [move.fairness] : [],
    ),
  );
  for (const instance of instances) {
    const obligations: Obligation[] = [];
    let proved = true;
    for (const place of places) {
      for (const action of region.actions) {
        const { from, to, fairness } = action.move;
        if (from !== place || fairness !== instance || !proved) continue;
        if (!places.includes(gateTarget(counted, action, to))) continue;
        const obligation = neverActs(setting, action);
        ({ proved } = await prover.proves(obligation));
        obligations.push(obligation);
      }
      if (!proved) break;
      const { changing } = instanceFormulas(setting, place, instance);
      const obligation: Obligation = {
        claim: `with ${region.words}: a chunk in ${namesOf(counted, [place])} is always owed ${
          counted.system.fairnessInstances[instance] ?? "?"
        }`,
        hypotheses: [...assumed, inhabited(counted, [place]), not(changing)],
      };
      ({ proved } = await prover.proves(obligation));
      obligations.push(obligation);
      if (!proved) break;
    }
    if (proved) return { departure: { kind: "fairness", places, instance }, obligations };
  }
  return null;
}

/** That while a chunk is in the places, some fairness instance can only be served by a change. */
function somethingMoves(setting: Setting, places: readonly number[]): Obligation {
  const { counted, region, assumed } = setting;
  const useful: Formula[] = [];
  for (const { id } of counted.system.places) {
    counted.system.fairnessInstances.forEach((_, instance) => {
      const { changing, idle } = instanceFormulas(setting, id, instance);
      useful.push(all(changing, not(idle)));
    });
  }
  return {
    claim: `with ${region.words}: while a chunk is in ${namesOf(counted, places)}, something that changes the state is owed`,
    hypotheses: [...assumed, inhabited(counted, places), not(some(...useful))],
  };
}

async function departureByDescent(
  setting: Setting,
  places: readonly number[],
  mayPrune: boolean,
): Promise<{ readonly departure: Departure; readonly obligations: readonly Obligation[] } | null> {
  const size = setting.counted.placeNames.length;
  const obligation = somethingMoves(setting, places);
  const all = edgesMeanwhile(setting, places);
  let ranks = descendingRanks(size, all);
  let shown: readonly Obligation[] = [];
  if (ranks === null && mayPrune) {
    const rest = await pruned(all, size, setting.prover);
    ranks = descendingRanks(size, rest.edges);
    ({ shown } = rest);
  }
  if (ranks === null) return null;
  const { proved } = await setting.prover.proves(obligation);
  if (!proved) return null;
  return { departure: { kind: "descent", places, ranks }, obligations: [...shown, obligation] };
}

/**
 * Proves that every chunk that is in one of the target places leaves them all in the end, under weak fairness, whatever
 * the others do: it passes through them without returning, and stays in none for ever. `null` if that cannot be shown.
 */
export async function provesDeparture(
  setting: Setting,
  target: readonly number[],
): Promise<EventuallyProof | null> {
  const { counted, region, prover } = setting;
  const whole = await departureByDescent(setting, target, false);
  if (whole !== null) {
    const { departure, obligations } = whole;
    return { region: region.words, target, departures: [departure], obligations };
  }
  const size = counted.placeNames.length;
  const watched = await pruned(edgesOfWatched(setting, new Set(target)), size, prover);
  const departures: Departure[] = [];
  const obligations: Obligation[] = [...watched.shown];
  for (const group of strongPlaces(target, size, watched.edges)) {
    const found =
      (await departureByFairness(setting, group)) ??
      (await departureByDescent(setting, group, true));
    if (found === null) return null;
    departures.push(found.departure);
    obligations.push(...found.obligations);
  }
  return { region: region.words, target, departures, obligations };
}
