import { describe, expect, it } from "vitest";
import { mutants, occurrences } from "./mutants.ts";

describe("the mutants of the engine, which `npm run mutants` tries", () => {
  it("are at least 100, each another change", () => {
    expect(mutants.length).toBeGreaterThanOrEqual(100);
    const changes = mutants.map(({ file, from, to }) => JSON.stringify([file, from, to]));
    expect(new Set(changes).size).toBe(mutants.length);
  });

  it.each(mutants)("$file: $what", (mutant) => {
    expect(occurrences(mutant)).toBe(1);
    expect(mutant.to).not.toBe(mutant.from);
  });
});
