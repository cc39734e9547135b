import {
  deadEndObligations,
  departureObligations,
  descentObligations,
  edgesMeanwhile,
  edgesOfWatched,
  fairnessObligations,
  withoutDeadEnds,
  type Departure,
  type Edge,
  type Setting,
} from "./departure.ts";
import type { Prover } from "./prover.ts";
import type { Obligation } from "./smt-lib.ts";
import { descendingRanks, strongPlaces } from "./strong-places.ts";

/** Of the edges that lie on cycles, those that are possible after all; and all others. */
async function possibleEdges(
  edges: readonly Edge[],
  size: number,
  prover: Prover,
): Promise<readonly Edge[]> {
  const decided = new Map<string, boolean>();
  const kept: Edge[] = [];
  const everyPlace = Array.from({ length: size }, (_, place) => place);
  const groups = strongPlaces(everyPlace, size, edges);
  for (const edge of edges) {
    const group = groups.find((one) => one.includes(edge.from));
    if (edge.from !== edge.to && group?.includes(edge.to) !== true) {
      kept.push(edge);
      continue;
    }
    const { claim } = edge.impossible;
    const impossible = decided.get(claim) ?? (await prover.proves(edge.impossible)).proved;
    decided.set(claim, impossible);
    if (!impossible) kept.push(edge);
  }
  return kept;
}

type Found<Kind extends Departure["kind"]> = Omit<Extract<Departure, { kind: Kind }>, "deadEnd">;

async function byFairness(
  setting: Setting,
  places: readonly number[],
  prover: Prover,
): Promise<Found<"fairness"> | null> {
  const { actions, leaving } = setting.region;
  const instances = new Set(
    [...actions, ...leaving].flatMap(({ move }) =>
      places.includes(move.from) && move.fairness >= 0 ? [move.fairness] : [],
    ),
  );
  for (const instance of instances) {
    if (await prover.provesAll(fairnessObligations(setting, places, instance))) {
      return { kind: "fairness", places, instance };
    }
  }
  return null;
}

async function byDescent(
  setting: Setting,
  places: readonly number[],
  prover: Prover,
  mayPrune: boolean,
): Promise<Found<"descent"> | null> {
  const size = setting.counted.placeNames.length;
  const edges = edgesMeanwhile(setting, places);
  let ranks = descendingRanks(size, edges);
  if (ranks === null && mayPrune) {
    ranks = descendingRanks(size, await possibleEdges(edges, size, prover));
  }
  if (ranks === null) return null;
  return (await prover.provesAll(descentObligations(setting, places, ranks)))
    ? { kind: "descent", places, ranks }
    : null;
}

/** The groups of places that can reach each other, without those from which an edge leads to another group. */
function lastGroups(
  places: readonly number[],
  size: number,
  edges: readonly Edge[],
): readonly (readonly number[])[] {
  return strongPlaces(places, size, edges).filter(
    (group) =>
      !edges.some(
        ({ from, to }) => group.includes(from) && !group.includes(to) && places.includes(to),
      ),
  );
}

/**
 * Finds a departure from each place of the target, those first to whose successors there is one already. What is known to be
 * a dead end is empty for the others, so that fewer edges are possible.
 */
async function fromTheEnd(
  setting: Setting,
  target: readonly number[],
  prover: Prover,
): Promise<readonly Departure[] | null> {
  const size = setting.counted.placeNames.length;
  let departures: readonly Departure[] = [];
  let left = target;
  let edges: readonly Edge[] | null = null;
  while (left.length > 0) {
    const there = withoutDeadEnds(setting, departures);
    edges ??= await possibleEdges(edgesOfWatched(there, new Set(left)), size, prover);
    let found: Departure | null = null;
    for (const group of lastGroups(left, size, edges)) {
      const departure =
        (await byFairness(there, group, prover)) ?? (await byDescent(there, group, prover, true));
      if (departure === null) continue;
      const ends = new Set(departures.flatMap((one) => (one.deadEnd ? one.places : [])));
      const deadEnd = await prover.provesAll(deadEndObligations(there, group, ends));
      found = { ...departure, deadEnd };
      break;
    }
    if (found === null) return null;
    const { places, deadEnd } = found;
    departures = [found, ...departures];
    left = left.filter((place) => !places.includes(place));
    if (deadEnd) edges = null;
  }
  return departures;
}

/**
 * Looks for a proof that every chunk in one of the target places leaves them all in the end, under weak fairness, whatever
 * the others do: it passes through them without returning, and stays in none for ever. `null` if none is found.
 */
export async function findDepartures(
  setting: Setting,
  target: readonly number[],
  prover: Prover,
): Promise<{
  readonly departures: readonly Departure[];
  readonly obligations: readonly Obligation[];
} | null> {
  const whole = await byDescent(setting, target, prover, false);
  let departures: readonly Departure[] | null = whole && [{ ...whole, deadEnd: false }];
  departures ??= await fromTheEnd(setting, target, prover);
  if (departures === null) return null;
  const obligations = departureObligations(setting, target, departures);
  return obligations === null ? null : { departures, obligations };
}
