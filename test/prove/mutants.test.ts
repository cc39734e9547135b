import { describe, expect, it } from "vitest";
import { ablations } from "../explore/mutants/park-mutants.ts";
import { withSolver } from "./with-solver.ts";
import { expectNoProof, isSlow, wrongRules } from "./wrong-rules.ts";

describe("wrong rules", () => {
  withSolver();

  it("are at least 20", () => {
    expect(wrongRules.length).toBeGreaterThanOrEqual(20);
  });

  it("are, among others, those that leave out what park cannot do without", () => {
    const names = wrongRules.map(({ mutant }) => mutant.name);
    expect(names).toEqual(expect.arrayContaining(Object.values(ablations)));
  });

  it("are, among others, those that leave out what park-breaker cannot do without", () => {
    const names = wrongRules.map(({ mutant }) => mutant.name);
    expect(names).toEqual(
      expect.arrayContaining([
        "a chunk that is held back keeps its place in the queue",
        "nothing is recalled",
        "there are no probes",
        "the gate of the breaker's queue never opens",
      ]),
    );
  });

  it.each(wrongRules.filter((rule) => !isSlow(rule)))(
    "are not proved right: $mutant.name",
    expectNoProof,
  );
});
