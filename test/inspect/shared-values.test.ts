import fc from "fast-check";
import { expect, test } from "vitest";
import { shareValues, unshareValues } from "../../src/inspect/shared-values.ts";

test("values come back as they were, whatever they are", () => {
  const value = fc.jsonValue().map((one): unknown => JSON.parse(JSON.stringify(one)));
  fc.assert(
    fc.property(value, (one) => {
      fc.pre(!JSON.stringify(one).includes("__proto__"));
      expect(unshareValues(JSON.stringify(shareValues(one)))).toEqual(one);
    }),
    { numRuns: 200 },
  );
});

test("equal parts are written once", () => {
  const rule = { action: "dispatch", guard: [{ quantity: 1, relation: "<" }] };
  const one = JSON.stringify(shareValues([rule])).length;
  const many = JSON.stringify(shareValues(Array.from({ length: 100 }, () => ({ ...rule })))).length;
  expect(many - one).toBeLessThan(300);
});

test("what is no page's data is refused", () => {
  expect(() => unshareValues('{"mode":"file"}')).toThrow("the data of the page cannot be read");
});
