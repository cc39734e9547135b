import fc from "fast-check";
import { expect, it } from "vitest";
import { StateSet } from "../../src/explore/state-set.ts";
import { seed } from "./seed.ts";

it(`numbers states in the order in which they are met, seed ${seed}`, () => {
  const word = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word), { maxLength: 200 }), (states) => {
      const set = new StateSet(2);
      const known = new Map<string, number>();
      for (const state of states) {
        const key = state.join(" ");
        const index = known.get(key) ?? known.size;
        known.set(key, index);
        expect(set.add(Uint32Array.from(state))).toBe(index);
        expect(set.size).toBe(known.size);
        expect([...set.words.subarray(index * 2, index * 2 + 2)]).toEqual(state);
      }
    }),
    { seed },
  );
});

it("keeps every state while it grows", () => {
  const set = new StateSet(1);
  const count = 100_000;
  for (let state = 0; state < count; state++) set.add(Uint32Array.of(state * 7));
  expect(set.size).toBe(count);
  for (let state = 0; state < count; state += 999) {
    expect(set.add(Uint32Array.of(state * 7))).toBe(state);
  }
  expect(set.size).toBe(count);
  expect(set.bytes).toBeGreaterThanOrEqual(count * 4);
});
