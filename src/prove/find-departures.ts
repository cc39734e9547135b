import {
  deadEndObligations,
  departureObligations,
  descentObligations,
  fairnessObligations,
  withoutDeadEnds,
  type Departure,
} from "./departure.ts";
import { edgesMeanwhile, edgesOfWatched, type Edge, type Setting } from "./place-edges.ts";
import type { Prover } from "./prover.ts";
import type { Obligation } from "./smt-lib.ts";
import { descendingRanks, strongPlaces } from "./strong-places.ts";

/** Of the edges in question, those that are possible after all; and all others. */
async function possibleEdges(
  edges: readonly Edge[],
  size: number,
  prover: Prover,
  inQuestion: "on cycles" | "all" = "on cycles",
): Promise<readonly Edge[]> {
  const everyPlace = Array.from({ length: size }, (_, place) => place);
  const groups = strongPlaces(everyPlace, size, edges);
  const kept: Edge[] = [];
  const asked = new Map<number, Edge[]>();
  for (const edge of edges) {
    const { from, to } = edge;
    const isOnCycle = from === to || groups.find((one) => one.includes(from))?.includes(to);
    if (isOnCycle !== true && inQuestion === "on cycles") kept.push(edge);
    else asked.set(from * size + to, [...(asked.get(from * size + to) ?? []), edge]);
  }
  // Between two places it does not matter which edge is possible.
  for (const parallel of asked.values()) {
    if (!(await prover.provesAll(parallel.map(({ impossible }) => impossible)))) {
      kept.push(...parallel);
    }
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
  let inQuestion: "on cycles" | "all" = "on cycles";
  while (left.length > 0) {
    const there = withoutDeadEnds(setting, departures);
    edges ??= await possibleEdges(edgesOfWatched(there, new Set(left)), size, prover, inQuestion);
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
    if (found === null) {
      if (inQuestion === "all") return null;
      // Perhaps an edge that is no part of a cycle, and so was taken for possible, is in the way.
      inQuestion = "all";
      edges = null;
      continue;
    }
    const { places, deadEnd } = found;
    inQuestion = "on cycles";
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
