import { describe, expect, it } from "vitest";
import {
  conditionHolds,
  fittingConditions,
  type LeastViolation,
} from "../../src/prove/violation/condition.ts";

function table(least: (t: number, x: number) => number): readonly LeastViolation[] {
  return [1, 2].flatMap((t) =>
    [1, 2].map((x) => ({
      sizes: { T: t, X: x, Q: 0 },
      chunks: least(t, x),
    })),
  );
}

describe("conditions that fit what was found in small scopes", () => {
  it.each([
    ["N >= T + X", (t: number, x: number) => t + x],
    ["N >= X + 1", (_: number, x: number) => x + 1],
    ["N >= X + 1 or N >= T + 1", (t: number, x: number) => Math.min(t, x) + 1],
    ["N >= 2", () => 2],
  ])("%s", (text, least) => {
    const [simplest] = fittingConditions(table(least));
    expect(simplest?.text).toBe(text);
    if (simplest === undefined) return;
    for (const { sizes, chunks } of table(least)) {
      expect(conditionHolds(simplest, chunks, sizes)).toBe(true);
      expect(conditionHolds(simplest, chunks - 1, sizes)).toBe(false);
    }
  });

  it("are none where nothing simple fits", () => {
    expect(fittingConditions(table((t, x) => (t === x ? 9 : 1)))).toEqual([]);
  });
});
