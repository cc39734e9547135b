import { arcsOnCycles, type Arc } from "./arcs.ts";
import { lightestCycle } from "./lightest-cycle.ts";
import type { Prover } from "../logic/prover.ts";
import { descendingRanks } from "./strong-places.ts";

/**
 * Finds a ranking of the places that every possible arc descends; `null` if possible arcs form a cycle. Those on a cycle that is known to
 * be possible but for them are asked about first.
 */
export async function findRanks(
  arcs: readonly Arc[],
  size: number,
  prover: Prover,
): Promise<readonly number[] | null> {
  let left = arcs;
  const possible = new Set<Arc>();
  for (;;) {
    const cycle = lightestCycle(size, left, (arc) => !possible.has(arc));
    if (cycle === null) return descendingRanks(size, left);
    const first = cycle.filter((arc) => !possible.has(arc));
    if (first.length === 0) return null;
    const others = arcsOnCycles(left, size).filter(
      (arc) => !possible.has(arc) && !first.includes(arc),
    );
    const { proved, refuted } = await prover.sift([...first, ...others]);
    for (const arc of refuted) possible.add(arc);
    left = left.filter((arc) => !proved.includes(arc));
  }
}
