import { expect } from "vitest";
import { GrowableUint32 } from "../../src/explore/growable.ts";
import type { OneWordTable } from "../../src/explore/one-word-table.ts";

/** What is asked of a table. */
type Table = Pick<OneWordTable, "addAll" | "size">;

/** Adds states in batches, and expects that each is told as new the first time, in order. */
export function expectEachOnce(
  table: Table,
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

/** States of two words that are all mixed into the same: the second word, multiplied, is taken from the first one again. */
export const statesOfOneHome: readonly number[] = Array.from({ length: 600 }, (_, two) => [
  (Math.imul(two, 0x9e3779b1) ^ 5) >>> 0,
  two,
]).flat();

/** Batches of states of one word, so many that a table grows. */
export const manyStates: readonly (readonly number[])[] = Array.from({ length: 60 }, (_, round) =>
  Array.from({ length: 1000 }, (_, index) => (round * 700 + index) * 77_777),
);
