import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GrowableUint32 } from "../../src/explore/growable.ts";
import { Layout } from "../../src/explore/layout.ts";
import { OneWordTable } from "../../src/explore/one-word-table.ts";
import { scopeFor } from "./scope-for.ts";
import { seed } from "./seed.ts";

/** A layout of labelled states with that many chunks, three bits each. */
function layoutOf(chunks: number): Layout {
  return new Layout(scopeFor({ chunks }), false, "all");
}

function tableFor(chunks: number): OneWordTable {
  const table = OneWordTable.for(layoutOf(chunks));
  if (table === null) throw new Error("there is a table for so few chunks");
  return table;
}

/** Adds states in batches, and expects that each is told as new the first time, in order. */
function compare(
  table: OneWordTable,
  width: number,
  batches: readonly (readonly number[])[],
): void {
  const known = new Set<string>();
  for (const batch of batches) {
    const expected: number[] = [];
    for (let at = 0; at < batch.length; at += width) {
      const state = batch.slice(at, at + width);
      const key = state.join(" ");
      if (!known.has(key)) expected.push(...state);
      known.add(key);
    }
    const fresh = new GrowableUint32(1);
    table.addAll(Uint32Array.from(batch), batch.length / width, fresh);
    expect([...fresh.copy()]).toEqual(expected);
    expect(table.size).toBe(known.size);
  }
}

describe("a table of one word a state", () => {
  const first = fc.oneof(fc.nat(40), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
  const second = fc.oneof(fc.nat(2), fc.nat(2 ** 6 - 1));

  it.each([
    [1, 5, fc.array(first, { maxLength: 300 })],
    [2, 12, fc.array(fc.tuple(first, second), { maxLength: 300 }).map((states) => states.flat())],
  ] as const)(`knows every state of %i words, seed ${seed}`, (width, chunks, batch) => {
    expect(layoutOf(chunks).words).toBe(width);
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 5 }), (batches) => {
        compare(tableFor(chunks), width, batches);
      }),
      { seed, numRuns: 50 },
    );
  });

  it("keeps every state while it grows", () => {
    const batches = Array.from({ length: 60 }, (_, round) =>
      Array.from({ length: 1000 }, (_, index) => (round * 700 + index) * 77_777),
    );
    compare(tableFor(5), 1, batches);
  });

  it("grows where so many states have one home that their distances have no room", () => {
    // The second word, multiplied, is taken from the first one again: all are mixed into the same.
    const states = Array.from({ length: 600 }, (_, two) => [
      (Math.imul(two, 0x9e3779b1) ^ 5) >>> 0,
      two,
    ]);
    const table = tableFor(13);
    const before = table.bytes;
    compare(table, 2, [states.flat(), states.flat()]);
    expect(table.bytes).toBeGreaterThan(before);
  });

  it("is not there for states of more bits", () => {
    expect(OneWordTable.for(layoutOf(16))).toBeNull();
    expect(OneWordTable.for(layoutOf(40))).toBeNull();
  });
});
