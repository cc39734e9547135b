/** An edge between places. */
export interface PlaceEdge {
  readonly from: number;
  readonly to: number;
}

/** Which places can be reached from each, itself included only by a cycle; few places, so Warshall will do. */
function reachability(size: number, edges: readonly PlaceEdge[]): readonly Uint8Array[] {
  const reach = Array.from({ length: size }, () => new Uint8Array(size));
  for (const { from, to } of edges) {
    const row = reach[from];
    if (row !== undefined) row[to] = 1;
  }
  for (const [through, onward] of reach.entries()) {
    for (const row of reach) {
      if (row[through] !== 1) continue;
      onward.forEach((reached, to) => {
        if (reached === 1) row[to] = 1;
      });
    }
  }
  return reach;
}

/** The sets of places that can all reach each other, single places included. */
export function strongPlaces(
  places: readonly number[],
  size: number,
  edges: readonly PlaceEdge[],
): readonly (readonly number[])[] {
  const reach = reachability(size, edges);
  const groups: number[][] = [];
  for (const place of places) {
    const group = groups.find(
      ([first = -1]) => reach[first]?.[place] === 1 && reach[place]?.[first] === 1,
    );
    if (group === undefined) groups.push([place]);
    else group.push(place);
  }
  return groups;
}

/** How far down each place is: every edge leads to a lower one. `null` if some places form a cycle. */
export function descendingRanks(
  size: number,
  edges: readonly PlaceEdge[],
): readonly number[] | null {
  const ranks = Array.from({ length: size }, () => 0);
  for (let round = 0; round <= size; round++) {
    let settled = true;
    for (const { from, to } of edges) {
      if (entryAt(ranks, from) > entryAt(ranks, to)) continue;
      ranks[from] = entryAt(ranks, to) + 1;
      settled = false;
    }
    if (settled) return ranks;
  }
  return null;
}
import { entryAt } from "../../errors/checked-access.ts";
