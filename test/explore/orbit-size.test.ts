import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultLimits, explore } from "../../src/explore/explore.ts";
import { OrbitSize } from "../../src/explore/orbit-size.ts";
import { scopeFor } from "./scope-for.ts";
import { seed } from "./seed.ts";

/** How many different orders these places have, by writing them all down. */
function arrangements(places: readonly number[]): number {
  if (places.length === 0) return 1;
  return [...new Set(places)]
    .map((first) => arrangements(places.toSpliced(places.indexOf(first), 1)))
    .reduce((sum, orders) => sum + orders, 0);
}

describe("the number of labelled states that a canonical one stands for", () => {
  it(`is the number of orders of its places, seed ${seed}`, () => {
    const slots = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(slots, (places) => {
        const fields = Int32Array.from(places.toSorted());
        const orbit = new OrbitSize(places.length);
        expect(orbit.isExact).toBe(true);
        expect(orbit.of(fields)).toBe(arrangements(places));
        expect(orbit.exactly(fields)).toBe(BigInt(arrangements(places)));
      }),
      { seed, numRuns: 60 },
    );
  });

  it("is exact for more slots than a double can count", () => {
    const orbit = new OrbitSize(30);
    expect(orbit.isExact).toBe(false);
    const different = Int32Array.from({ length: 30 }, (_, place) => place);
    // 30 factorial.
    expect(orbit.exactly(different)).toBe(265252859812191058636308480000000n);
    expect(orbit.exactly(new Int32Array(30))).toBe(1n);
  });

  it.each([2, 8, 16, 17, 20, 60])("counts %i chunks without visiting each state", (chunks) => {
    const graph = explore(scopeFor({ chunks }), { ...defaultLimits, symmetry: true });
    const n = BigInt(chunks);
    // Each chunk is free or idle on disk, but one may be idle in memory, one flushing, one waiting for its retry, or
    // one idle in memory while another waits; only all of them idle on disk cannot be. The output is online or not.
    const perOutputState = 2n ** n + 3n * n * 2n ** (n - 1n) + (n * (n - 1n) * 2n ** n) / 4n - 1n;
    expect(graph.counts.labelled).toBe(2n * perOutputState);
    expect(graph.counts.canonical).toBe(graph.states);
  });
});
