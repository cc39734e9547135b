import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Layout } from "../../src/explore/layout.ts";
import { OneWordTable } from "../../src/explore/one-word-table.ts";
import { expectEachOnce, manyStates, statesOfOneHome } from "./each-once.ts";
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
        expectEachOnce(tableFor(chunks), width, batches);
      }),
      { seed, numRuns: 50 },
    );
  });

  it("keeps every state while it grows", () => {
    expectEachOnce(tableFor(5), 1, manyStates);
  });

  it("grows where so many states have one home that their distances have no room", () => {
    const table = tableFor(13);
    const before = table.bytes;
    expectEachOnce(table, 2, [statesOfOneHome, statesOfOneHome]);
    expect(table.bytes).toBeGreaterThan(before);
  });

  it("is not there for states of more bits", () => {
    expect(OneWordTable.for(layoutOf(16))).toBeNull();
    expect(OneWordTable.for(layoutOf(40))).toBeNull();
  });
});
