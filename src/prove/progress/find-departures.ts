import { arcsOf, arcsOnCycles, type Arc } from "./arcs.ts";
import {
  deadEndObligations,
  fairnessObligations,
  somethingMoves,
  withoutDeadEnds,
  type Departure,
} from "./departure.ts";
import { findRanks } from "./find-ranks.ts";
import { edgesMeanwhile, edgesOfWatched, type Setting } from "../counted/place-edges.ts";
import type { Prover } from "../logic/prover.ts";
import { descendingRanks, strongPlaces } from "./strong-places.ts";

/** The arcs without those that are impossible; in question are those on cycles, or all. */
async function possibleArcs(
  arcs: readonly Arc[],
  size: number,
  prover: Prover,
  inQuestion: "on cycles" | "all",
): Promise<readonly Arc[]> {
  const impossible = new Set<Arc>();
  let doubtful = inQuestion === "all" ? arcs : arcsOnCycles(arcs, size);
  while (doubtful.length > 0) {
    const { proved, refuted } = await prover.sift(doubtful);
    for (const arc of proved) impossible.add(arc);
    doubtful = doubtful.filter((arc) => !impossible.has(arc) && !refuted.includes(arc));
  }
  return arcs.filter((arc) => !impossible.has(arc));
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
  const arcs = arcsOf(edgesMeanwhile(setting, places), size);
  const unpruned = descendingRanks(size, arcs);
  if (unpruned === null && !mayPrune) return null;
  if (!(await prover.provesAll([somethingMoves(setting, places)]))) return null;
  const ranks = unpruned ?? (await findRanks(arcs, size, prover));
  return ranks === null ? null : { kind: "descent", places, ranks };
}

/** The groups of places that can reach each other, without those from which an arc leads to another group. */
function lastGroups(
  places: readonly number[],
  size: number,
  arcs: readonly Arc[],
): readonly (readonly number[])[] {
  return strongPlaces(places, size, arcs).filter(
    (group) =>
      !arcs.some(
        ({ from, to }) => group.includes(from) && !group.includes(to) && places.includes(to),
      ),
  );
}

/**
 * Finds a departure from each place of the target, those first to whose successors there is one already. What is known to be
 * a dead end is empty for the others, so that fewer arcs are possible.
 */
async function fromTheEnd(
  setting: Setting,
  target: readonly number[],
  prover: Prover,
): Promise<readonly Departure[] | null> {
  const size = setting.counted.placeNames.length;
  let departures: readonly Departure[] = [];
  let left = target;
  let arcs: readonly Arc[] = [];
  let inQuestion: "on cycles" | "all" | "none" = "on cycles";
  const impossible = new Set<number>();
  while (left.length > 0) {
    const there = withoutDeadEnds(setting, departures);
    if (inQuestion !== "none") {
      // What is impossible stays so while more and more is known to be empty.
      const still = arcsOf(edgesOfWatched(there, new Set(left)), size).filter(
        ({ from, to }) => !impossible.has(from * size + to),
      );
      arcs = await possibleArcs(still, size, prover, inQuestion);
      for (const arc of still) if (!arcs.includes(arc)) impossible.add(arc.from * size + arc.to);
    }
    const found: Departure[] = [];
    for (const group of lastGroups(left, size, arcs)) {
      const departure =
        (await byFairness(there, group, prover)) ?? (await byDescent(there, group, prover, true));
      if (departure === null) continue;
      const ends = new Set(
        [...found, ...departures].flatMap((one) => (one.deadEnd ? one.places : [])),
      );
      const deadEnd = await prover.provesAll(deadEndObligations(there, group, ends));
      found.unshift({ ...departure, deadEnd });
    }
    if (found.length === 0) {
      if (inQuestion === "all") return null;
      // Perhaps an arc that is no part of a cycle, and so was taken for possible, is in the way.
      inQuestion = "all";
      continue;
    }
    departures = [...found, ...departures];
    left = left.filter((place) => !found.some(({ places }) => places.includes(place)));
    inQuestion = found.some(({ deadEnd }) => deadEnd) ? "on cycles" : "none";
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
): Promise<readonly Departure[] | null> {
  const whole = await byDescent(setting, target, prover, false);
  return whole === null ? fromTheEnd(setting, target, prover) : [{ ...whole, deadEnd: false }];
}
