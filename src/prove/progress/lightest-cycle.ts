import { entryAt } from "../../errors/checked-access.ts";
import type { PlaceEdge } from "./strong-places.ts";

/** The edges that start in each place. */
function byStart<Edge extends PlaceEdge>(
  size: number,
  edges: readonly Edge[],
): readonly (readonly Edge[])[] {
  const leaving = Array.from({ length: size }, (): Edge[] => []);
  for (const edge of edges) leaving[edge.from]?.push(edge);
  return leaving;
}

/** The lightest way between two places, and how heavy it is; weights are 0 and 1. `null` if it weighs `limit` or more. */
function lightestWay<Edge extends PlaceEdge>(
  leaving: readonly (readonly Edge[])[],
  from: number,
  to: number,
  isHeavy: (edge: Edge) => boolean,
  limit: number,
): { readonly way: readonly Edge[]; readonly weight: number } | null {
  const arrivedBy = new Map<number, Edge | null>([[from, null]]);
  let reached = [from];
  for (let weight = 0; weight < limit && reached.length > 0; weight++) {
    // The list grows while it is walked: places that a light edge leads to weigh the same.
    for (const place of reached) {
      if (place === to) {
        const way: Edge[] = [];
        for (let edge = arrivedBy.get(to); edge; edge = arrivedBy.get(edge.from)) way.push(edge);
        return { way: way.reverse(), weight };
      }
      for (const edge of entryAt(leaving, place)) {
        if (isHeavy(edge) || arrivedBy.has(edge.to)) continue;
        arrivedBy.set(edge.to, edge);
        reached.push(edge.to);
      }
    }
    const next: number[] = [];
    for (const place of reached) {
      for (const edge of entryAt(leaving, place)) {
        if (arrivedBy.has(edge.to)) continue;
        arrivedBy.set(edge.to, edge);
        next.push(edge.to);
      }
    }
    reached = next;
  }
  return null;
}

/** A cycle with as few heavy edges as possible; `null` if there is no cycle. */
export function lightestCycle<Edge extends PlaceEdge>(
  size: number,
  edges: readonly Edge[],
  isHeavy: (edge: Edge) => boolean,
): readonly Edge[] | null {
  const leaving = byStart(size, edges);
  let lightest: readonly Edge[] | null = null;
  let least = Infinity;
  for (const edge of edges) {
    const own = isHeavy(edge) ? 1 : 0;
    const found = lightestWay(leaving, edge.to, edge.from, isHeavy, least - own);
    if (found === null) continue;
    lightest = [edge, ...found.way];
    least = found.weight + own;
    if (least === 0) break;
  }
  return lightest;
}
