import { describe, expect, it } from "vitest";
import { all, atLeast, atMost, equal, holds, type Formula } from "../../src/prove/logic/formula.ts";
import { constant, variable } from "../../src/prove/logic/linear.ts";
import { Prover } from "../../src/prove/logic/prover.ts";
import type { Obligation } from "../../src/prove/logic/smt-lib.ts";
import type { Solver } from "../../src/prove/logic/solver.ts";

const x = variable("x");

/** Looks for x from 0 to 99; gives up on more formulas than it can bear. */
function smallSolver(bears = Infinity): Solver {
  let asked = 0;
  return {
    solve: (formulas) => {
      asked++;
      const parts = formulas.flatMap((one) => (one.kind === "some" ? one.of : [one]));
      if (parts.length > bears) return Promise.resolve({ answer: "unknown", reason: "too much" });
      for (let value = 0; value < 100; value++) {
        const values = new Map([["x", value]]);
        if (holds(all(...formulas), values)) return Promise.resolve({ answer: "sat", values });
      }
      return Promise.resolve({ answer: "unsat" });
    },
    questions: () => asked,
    close: () => Promise.resolve(),
  };
}

function proverWith(solver: Solver): Prover {
  return new Prover(solver, () => 0, Infinity);
}

/** That x is never what the formula says. */
function never(formula: Formula): Obligation {
  return { claim: "never", hypotheses: [formula] };
}

const isNegative = never(atMost(x, constant(-1)));
const isLarge = never(atLeast(x, constant(100)));
function is(value: number): Obligation {
  return never(equal(x, constant(value)));
}

interface Thing {
  readonly claims: readonly Obligation[];
  readonly isTrue: boolean;
}

const things: readonly Thing[] = Array.from({ length: 100 }, (_, index) =>
  index % 3 === 0
    ? { claims: [isNegative, is(index)], isTrue: false }
    : { claims: [isNegative, isLarge], isTrue: true },
);

async function sifted(prover: Prover): Promise<readonly Thing[]> {
  let left = things;
  const proved: Thing[] = [];
  while (left.length > 0) {
    const found = await prover.sift(left);
    expect(found.proved.length + found.refuted.length).toBeGreaterThan(0);
    proved.push(...found.proved);
    left = left.filter((one) => !found.proved.includes(one) && !found.refuted.includes(one));
  }
  return proved;
}

describe("many claims at once", () => {
  it("are told apart: of which things all are true", async () => {
    const proved = await sifted(proverWith(smallSolver()));
    expect(new Set(proved)).toEqual(new Set(things.filter(({ isTrue }) => isTrue)));
  });

  it("take far fewer questions than there are claims, where they are true", async () => {
    const solver = smallSolver();
    const claims = Array.from({ length: 320 }, () => never(atMost(x, constant(-1))));
    expect(await proverWith(solver).provesAll(claims)).toBe(true);
    expect(solver.questions()).toBe(10);
  });

  it("are asked about one by one by a solver that gives up on many", async () => {
    const proved = await sifted(proverWith(smallSolver(2)));
    expect(new Set(proved)).toEqual(new Set(things.filter(({ isTrue }) => isTrue)));
  });

  it("are refuted by a counterexample of an earlier one, without a question", async () => {
    const solver = smallSolver();
    const prover = proverWith(solver);
    expect(await prover.proves(is(7))).toEqual({
      proved: false,
      counterexample: new Map([["x", 7]]),
    });
    expect(await prover.provesAll([isLarge, never(atLeast(x, constant(5)))])).toBe(false);
    expect(solver.questions()).toBe(1);
  });

  it("that were tried in vain are tried on later counterexamples, too", async () => {
    const solver = smallSolver();
    const prover = proverWith(solver);
    const claim = never(atLeast(x, constant(50)));
    expect(prover.isRefuted([claim])).toBe(false);
    await prover.proves(is(7));
    expect(prover.isRefuted([claim])).toBe(false);
    await prover.proves(is(60));
    expect(prover.isRefuted([claim])).toBe(true);
    expect(solver.questions()).toBe(2);
  });
});
