import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { censusOf } from "../../src/explore/census.ts";
import { defaultLimits, explore } from "../../src/explore/explore.ts";
import { Layout } from "../../src/explore/layout.ts";
import { fromResidues, inverse, primesFor, times } from "../../src/explore/residues.ts";
import { Sites } from "../../src/explore/sites.ts";
import { scopeFor } from "./scope-for.ts";
import { seed } from "./seed.ts";

/** How many ways there are to give the places of slots to them, by Pascal's triangle. */
function arrangements(counts: readonly number[]): bigint {
  let ways = 1n;
  let placed = 0;
  for (const count of counts) {
    for (let slot = 1; slot <= count; slot++) ways = (ways * BigInt(++placed)) / BigInt(slot);
  }
  return ways;
}

describe("the number of labelled states that a canonical one stands for", () => {
  it.each([1, 5, 16, 17, 40, 400])(
    `is the number of ways to place %i slots, seed ${seed}`,
    (chunks) => {
      const scope = scopeFor({ chunks });
      const layout = new Layout(scope, true, "all", "counts");
      const places = scope.system.places.length;
      const place = fc.integer({ min: 0, max: places - 1 });
      const slots = fc.array(place, { minLength: chunks, maxLength: chunks });
      const state = fc.tuple(slots, fc.nat(3 * chunks), fc.nat(chunks));
      fc.assert(
        fc.property(fc.array(state, { minLength: 1, maxLength: 20 }), (states) => {
          const census = censusOf(scope, layout);
          const sums = [0n, 0n, 0n];
          for (const [of, outgoing, loops] of states) {
            const counts = Array.from(
              { length: places },
              (_, index) => of.filter((one) => one === index).length,
            );
            const words = new Uint32Array(layout.words);
            const fields = new Int32Array(layout.fields);
            fields.set(counts.slice(1));
            layout.pack(fields, words);
            const sites = new Sites(layout);
            sites.read(words, 0);
            census.add(sites.count, sites.length, outgoing, loops);
            const size = arrangements(counts);
            [1, outgoing, loops].forEach((factor, index) => {
              sums[index] = (sums[index] ?? 0n) + size * BigInt(factor);
            });
          }
          const { labelled, transitions, selfLoops } = census.counted;
          expect([labelled, transitions, selfLoops]).toEqual(sums);
        }),
        { seed, numRuns: 15 },
      );
    },
  );

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

describe("numbers by their residues", () => {
  it(`come back whole, seed ${seed}`, () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 300n - 1n }), (number) => {
        const primes = primesFor(300);
        const residues = primes.map((prime) => Number(number % BigInt(prime)));
        expect(fromResidues(residues, primes)).toBe(number);
      }),
      { seed },
    );
  });

  it(`are multiplied and inverted exactly, seed ${seed}`, () => {
    const primes = primesFor(60);
    const residue = fc.integer({ min: 1, max: (primes.at(-1) ?? 2) - 1 });
    fc.assert(
      fc.property(fc.constantFrom(...primes), residue, residue, (prime, left, right) => {
        expect(times(left, right, prime)).toBe(
          Number((BigInt(left) * BigInt(right)) % BigInt(prime)),
        );
        expect(times(left, inverse(left, prime), prime)).toBe(1);
      }),
      { seed },
    );
  });
});
