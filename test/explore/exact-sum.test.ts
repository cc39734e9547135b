import fc from "fast-check";
import { expect, it } from "vitest";
import { ExactSum } from "../../src/explore/exact-sum.ts";
import { seed } from "./seed.ts";

it(`adds what does not fit a double, seed ${seed}`, () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 2 ** 52 - 1 }), { maxLength: 60 });
  fc.assert(
    fc.property(amounts, fc.bigInt({ min: 0n, max: 2n ** 90n }), (small, large) => {
      const sum = new ExactSum();
      sum.addExact(large);
      for (const amount of small) sum.add(amount);
      expect(sum.value).toBe(small.reduce((total, one) => total + BigInt(one), large));
    }),
    { seed },
  );
});
