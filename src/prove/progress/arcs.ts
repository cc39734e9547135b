import type { Edge } from "../counted/place-edges.ts";
import type { Obligation } from "../logic/smt-lib.ts";
import { strongPlaces, type PlaceEdge } from "./strong-places.ts";

/** All edges from one place to another: it does not matter which of them is possible. */
export interface Arc extends PlaceEdge {
  /** What would have to be shown for none of them to exist. */
  readonly claims: readonly Obligation[];
}

/** Edges as arcs. */
export function arcsOf(edges: readonly Edge[], size: number): readonly Arc[] {
  const parallel = new Map<number, Arc>();
  for (const { from, to, impossible } of edges) {
    const key = from * size + to;
    const claims = [...(parallel.get(key)?.claims ?? []), impossible];
    parallel.set(key, { from, to, claims });
  }
  return [...parallel.values()];
}

/** The arcs that are part of some cycle. */
export function arcsOnCycles(arcs: readonly Arc[], size: number): readonly Arc[] {
  const everyPlace = Array.from({ length: size }, (_, place) => place);
  const groups = strongPlaces(everyPlace, size, arcs);
  return arcs.filter(
    ({ from, to }) => from === to || groups.find((one) => one.includes(from))?.includes(to),
  );
}
