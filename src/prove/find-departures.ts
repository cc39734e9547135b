import {
  departureObligations,
  descentObligations,
  edgesMeanwhile,
  edgesOfWatched,
  fairnessObligations,
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

async function byFairness(
  setting: Setting,
  places: readonly number[],
  prover: Prover,
): Promise<Departure | null> {
  const instances = new Set(
    setting.region.actions.flatMap(({ move }) =>
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
): Promise<Departure | null> {
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

/** The groups of places in an order in which every edge leads from an earlier group to a later one. */
function inOrder(
  groups: readonly (readonly number[])[],
  edges: readonly Edge[],
): readonly (readonly number[])[] {
  const groupOf = (place: number): number => groups.findIndex((group) => group.includes(place));
  const between = edges
    .map(({ from, to }) => ({ from: groupOf(from), to: groupOf(to) }))
    .filter(({ from, to }) => from !== to);
  const ranks = descendingRanks(groups.length, between) ?? [];
  return groups
    .map((group, index) => ({ group, rank: ranks[index] ?? 0 }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ group }) => group);
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
  const departures: Departure[] = [];
  const whole = await byDescent(setting, target, prover, false);
  if (whole !== null) departures.push(whole);
  else {
    const size = setting.counted.placeNames.length;
    const watched = edgesOfWatched(setting, new Set(target));
    const edges = await possibleEdges(watched, size, prover);
    for (const group of inOrder(strongPlaces(target, size, edges), edges)) {
      const departure =
        (await byFairness(setting, group, prover)) ??
        (await byDescent(setting, group, prover, true));
      if (departure === null) return null;
      departures.push(departure);
    }
  }
  const obligations = departureObligations(setting, target, departures);
  return obligations === null ? null : { departures, obligations };
}
