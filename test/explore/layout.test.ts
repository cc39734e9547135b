import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Layout } from "../../src/explore/layout.ts";
import { scopeFor } from "./scope-for.ts";
import { seed } from "./seed.ts";

const scopes = [
  { chunks: 1 },
  { chunks: 3, outputs: 2, routing: "any", overLimitQuota: 3, shutdown: true } as const,
  // So many slots that a state takes several words.
  { chunks: 40, retryLimit: 2, overLimitQuota: 1 },
];

describe.each(scopes)("the layout of $chunks chunks", (parameters) => {
  const scope = scopeFor(parameters);
  const { system } = scope;
  const layout = new Layout(scope);
  // Without shutdown the engine is always in its first state, and the layout keeps no room for others.
  const sharedStates = system.shared.map(({ role, table }) =>
    role === "engine" && !scope.parameters.shutdown ? 0 : table.states.length - 1,
  );
  const largest = [
    ...Array.from({ length: scope.parameters.chunks }, () => system.places.length - 1),
    ...sharedStates,
    ...system.counters.map(() => scope.parameters.overLimitQuota),
  ];

  it(`gives back every state that it packs, seed ${seed}`, () => {
    const state = fc.tuple(...largest.map((max) => fc.integer({ min: 0, max })));
    fc.assert(
      fc.property(state, fc.nat(5), (fields, before) => {
        const words = new Uint32Array(layout.words);
        layout.pack(Int32Array.from(fields), words);
        // Somewhere in a long list of states.
        const list = new Uint32Array(layout.words * 7).fill(2 ** 32 - 1);
        list.set(words, layout.words * before);
        const unpacked = new Int32Array(layout.fields);
        layout.unpack(list, layout.words * before, unpacked);
        expect([...unpacked]).toEqual(fields);
      }),
      { seed },
    );
  });

  it("refuses a field outside its range", () => {
    const words = new Uint32Array(layout.words);
    const fields = Int32Array.from(largest);
    fields[fields.length - 1] = (largest.at(-1) ?? 0) + 1;
    expect(() => {
      layout.pack(fields, words);
    }).toThrow(RangeError);
    fields[fields.length - 1] = -1;
    expect(() => {
      layout.pack(fields, words);
    }).toThrow("outside 0..");
  });
});
