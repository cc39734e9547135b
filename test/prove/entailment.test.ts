import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Entailment, withoutPlainConsequences } from "../../src/prove/logic/entailment.ts";
import {
  all,
  atLeast,
  atMost,
  equal,
  holds,
  some,
  type Formula,
} from "../../src/prove/logic/formula.ts";
import { constant, sum, variable } from "../../src/prove/logic/linear.ts";
import { seed } from "../explore/seed.ts";

const a = variable("a");
const b = variable("b");
const counts = [atLeast(a, constant(0)), atLeast(b, constant(0))];

describe("plain consequences", () => {
  it("are seen where something that is never negative is added", () => {
    const known = new Entailment([...counts, atMost(sum(a, b), constant(3))]);
    expect(known.shows(atMost(sum(a, b), constant(4)))).toBe(true);
    expect(known.shows(atMost(a, constant(3)))).toBe(true);
    expect(known.shows(atMost(a, constant(2)))).toBe(false);
    expect(known.shows(some(atMost(a, constant(2)), atMost(b, constant(3))))).toBe(true);
    expect(known.shows(equal(a, constant(0)))).toBe(false);
  });

  it("are never wrong", () => {
    const atom = fc
      .tuple(
        fc.integer({ min: -2, max: 2 }),
        fc.integer({ min: -2, max: 2 }),
        fc.integer({ min: -3, max: 3 }),
      )
      .map(([x, y, z]): Formula =>
        atLeast(sum(variable("a", x), variable("b", y), constant(z)), constant(0)),
      );
    let shown = 0;
    fc.assert(
      fc.property(fc.array(atom, { minLength: 1, maxLength: 4 }), atom, (hypotheses, goal) => {
        if (!new Entailment(hypotheses).shows(goal)) return;
        shown++;
        for (let x = -5; x <= 5; x++) {
          for (let y = -5; y <= 5; y++) {
            const values = new Map([
              ["a", x],
              ["b", y],
            ]);
            if (holds(all(...hypotheses), values)) expect(holds(goal, values)).toBe(true);
          }
        }
      }),
      { seed, numRuns: 2000 },
    );
    expect(shown).toBeGreaterThan(50);
  });

  it("are dropped, and what is left says the same", () => {
    const strong = { formula: atMost(sum(a, b), constant(3)) };
    const weak = { formula: atMost(a, constant(5)) };
    expect(withoutPlainConsequences(counts, [weak, strong])).toEqual([strong]);
  });
});
