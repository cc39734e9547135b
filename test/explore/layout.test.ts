import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkScope } from "../../src/explore/check-scope.ts";
import { Layout } from "../../src/explore/layout.ts";
import { scopeFor } from "./scope-for.ts";
import { seed } from "./seed.ts";
import { fluentBitParameters } from "../../models/fluent-bit-system.ts";

const parameters = [
  { chunks: 1 },
  { chunks: 3, outputs: 2, routing: "any", overLimitQuota: 3, shutdown: true } as const,
  // So many slots that a state takes several words.
  { chunks: 40, retryLimit: 2, overLimitQuota: 1 },
];

const populations = ["counts", "list", "slots"] as const;
const cases = parameters.flatMap((one) =>
  populations.map((population) => ({ ...one, population })),
);

describe.each(cases)("the layout of $chunks chunks by $population", ({ population, ...one }) => {
  const scope = scopeFor(one);
  const { system } = scope;
  const layout =
    population === "slots"
      ? new Layout(scope, false, "all")
      : new Layout(scope, true, "all", population);
  // Without shutdown the engine is always in its first state, and the layout keeps no room for others.
  const sharedStates = system.shared.map(({ role, table }) =>
    role === "engine" && scope.parameters["shutdown"] !== true ? 0 : table.states.length - 1,
  );
  const { chunks, overLimitQuota } = fluentBitParameters(scope.parameters);
  const where =
    population === "counts"
      ? system.places.slice(1).map(() => chunks)
      : Array.from({ length: chunks }, () => system.places.length - 1);
  const largest = [...where, ...sharedStates, ...system.counters.map(() => overLimitQuota)];

  it(`gives back every state that it packs, seed ${seed}`, () => {
    expect(layout.population).toBe(population);
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

describe("room for as many slots as the state properties allow", () => {
  const large = scopeFor({ chunks: 100, taskMapSize: 64, maxChunksUp: 16, overLimitQuota: 1 });

  it("takes fewer words than room for all", () => {
    expect(new Layout(large, true, "all").words).toBe(2);
    expect(new Layout(large, true, "likely").words).toBe(1);
  });

  it("is given up where a property is violated, and the violation is found", () => {
    const { system } = scopeFor({ chunks: 4, maxChunksUp: 2 });
    const tight = system.stateProperties.map((property) =>
      property.name === "memoryBound"
        ? {
            ...property,
            requires: property.requires.map((guard) => ({ ...guard, bound: { constant: 1 } })),
          }
        : property,
    );
    const scope = { ...scopeFor({ chunks: 4, maxChunksUp: 2 }) };
    const result = checkScope({ ...scope, system: { ...system, stateProperties: tight } });
    const found = result.properties.find(({ property }) => property === "memoryBound");
    expect([found?.verdict, found?.length]).toEqual(["violated", 1]);
    expect(result.counts).toEqual(checkScope(scope).counts);
  });
});

it("counts slots by place unless that takes several words more than a list of them", () => {
  const few = { chunks: 2, outputs: 3, routing: "any", retryLimit: 3 } as const;
  expect(new Layout(scopeFor(few), true, "all").population).toBe("list");
  expect(new Layout(scopeFor({ chunks: 100 }), true, "all").population).toBe("counts");
  expect(new Layout(scopeFor({ chunks: 100 }), true, "all").words).toBe(2);
});
