import { describe, expect, it } from "vitest";
import { releaseOf, runScenario } from "../engine/faults/random-scenario.ts";
import { bundledEngine } from "./bundled-engine.ts";
import { faultMutants, type FaultMutant } from "./fault-mutants.ts";
import { occurrences } from "./mutants.ts";

/** As many as the tests of the engine itself run. */
const scenarios = 2700;

/** The scenarios that may find a mutant out: those of its release, if it is one of a single release. */
function* seedsFor({ file, seed }: FaultMutant): Generator<number> {
  if (seed !== undefined) yield seed;
  for (let next = 0; next < scenarios; next += 1) {
    const isOfOne = file.startsWith("releases/");
    if (!isOfOne || file === `releases/${releaseOf(next).name}.ts`) yield next;
  }
}

/** What the first scenario says that finds the mutant out; undefined if none does. */
async function complaint(mutant: FaultMutant): Promise<string | undefined> {
  const engine = await bundledEngine(mutant);
  for (const seed of seedsFor(mutant)) {
    try {
      runScenario(seed, engine);
    } catch (error) {
      return `seed ${seed}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return undefined;
}

describe("the fault scenarios find out", () => {
  it("at least 50 mutants, each another change", () => {
    expect(faultMutants.length).toBeGreaterThanOrEqual(50);
    const changes = faultMutants.map(({ file, from, to }) => JSON.stringify([file, from, to]));
    expect(new Set(changes).size).toBe(changes.length);
  });

  it.each(faultMutants)(
    "$file: $what",
    async (mutant) => {
      expect(occurrences(mutant)).toBe(1);
      expect(await complaint(mutant)).toMatch(/^seed \d+: ./u);
    },
    120_000,
  );

  it("and nothing in the engine itself, loaded in the same way", async () => {
    const none = { file: "core/engine.ts", what: "nothing", from: "interface", to: "interface" };
    const engine = await bundledEngine(none);
    for (let seed = 0; seed < 27; seed += 1) runScenario(seed, engine);
  });
});
