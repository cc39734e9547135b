import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lightestCycle } from "../../src/prove/progress/lightest-cycle.ts";
import { seed } from "../explore/seed.ts";

interface Weighed {
  readonly from: number;
  readonly to: number;
  readonly heavy: boolean;
}

const size = 5;

/** The weight of the lightest cycle, by trying every way of at most as many edges as there are places. */
function leastWeight(edges: readonly Weighed[]): number {
  let least = Infinity;
  for (let start = 0; start < size; start++) {
    let weights = new Map([[start, 0]]);
    for (let step = 0; step < size; step++) {
      const next = new Map<number, number>();
      for (const { from, to, heavy } of edges) {
        const before = weights.get(from);
        if (before === undefined) continue;
        next.set(to, Math.min(next.get(to) ?? Infinity, before + (heavy ? 1 : 0)));
      }
      least = Math.min(least, next.get(start) ?? Infinity);
      weights = next;
    }
  }
  return least;
}

describe("the lightest cycle", () => {
  it("is a cycle, and no cycle has fewer heavy edges", () => {
    const place = fc.nat({ max: size - 1 });
    const edge = fc.record({ from: place, to: place, heavy: fc.boolean() });
    let found = 0;
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 9 }), (edges) => {
        const cycle = lightestCycle(size, edges, ({ heavy }) => heavy);
        const least = leastWeight(edges);
        if (cycle === null) {
          expect(least).toBe(Infinity);
          return;
        }
        found++;
        cycle.forEach(({ to }, index) => {
          expect(cycle[(index + 1) % cycle.length]?.from).toBe(to);
        });
        expect(cycle.filter(({ heavy }) => heavy)).toHaveLength(least);
      }),
      { seed, numRuns: 1000 },
    );
    expect(found).toBeGreaterThan(300);
  });
});
