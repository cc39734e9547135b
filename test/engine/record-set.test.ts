import { expect, it } from "vitest";
import { RecordSet } from "../../src/engine/simulation/record-set.ts";

it("a set of records holds more of them than a Set can, and only those that were put in", () => {
  const limit = 2 ** 24 + 2;
  const records = new RecordSet(limit);
  for (let id = 0; id < limit; id += 1) if (id !== 7) records.add(id);
  expect([records.has(7), records.has(6), records.has(limit - 1)]).toEqual([false, true, true]);
  expect(records.has(limit)).toBe(false);
});
