import { afterAll, describe, expect, it } from "vitest";
import { suitesFor, scopesFor } from "../../src/cli/options/suite-options.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { EngineSubject, type EngineParts } from "../../src/conform/engine-subject.ts";
import { runSteps } from "../../src/conform/run-steps.ts";
import { columns } from "../../src/report/columns.ts";
import { mutants } from "./mutants.ts";
import { closeWorkshop, mutatedEngine } from "./mutated-engine.ts";

const releases = await loadReleases();
const suites = [...suitesFor(scopesFor(releases, []), { random: 2, length: 200, seed: 1 })];
const kinds = ["transition-coverage", "action-pairs", "refusals", "counterexamples", "random"];

/** Mutants found out, by suite; and by any. */
const killed = new Map<string, number>(kinds.map((kind) => [kind, 0]));
const survivors: string[] = [];
let tried = 0;

/** Whether one kind of suite finds the mutant out, at any scope. */
async function kills(kind: string, parts: EngineParts): Promise<boolean> {
  const subject = new EngineSubject(parts);
  for (const { scope, model, suites: own } of suites) {
    for (const { name, tests } of own) {
      if (name !== kind) continue;
      for (const { steps } of tests) {
        if ((await runSteps({ scope, model, subject }, steps)) !== undefined) return true;
      }
    }
  }
  return false;
}

function percent(count: number): string {
  return `${((100 * count) / tried).toFixed(1)} %`;
}

afterAll(() => {
  closeWorkshop();
  const all = tried - survivors.length;
  const table = [
    ["suite", "found out", "of", "rate"],
    ...[...killed].map(([kind, count]) => [kind, String(count), String(tried), percent(count)]),
    ["any of them", String(all), String(tried), percent(all)],
  ];
  const left = survivors.length === 0 ? "" : `\nsurvivors:\n  ${survivors.join("\n  ")}\n`;
  process.stdout.write(`\n${columns(table, [1, 2, 3])}\n${left}`);
});

describe("mutants of the engine", () => {
  it.each(mutants)("$file: $what", async (mutant) => {
    const parts = await mutatedEngine(mutant);
    tried++;
    let found = false;
    for (const kind of kinds) {
      if (!(await kills(kind, parts))) continue;
      killed.set(kind, (killed.get(kind) ?? 0) + 1);
      found = true;
    }
    if (!found)
      survivors.push(`${mutant.file}: ${mutant.what}: ${mutant.survives ?? "NOT EXPECTED"}`);
    expect(found).toBe(mutant.survives === undefined);
  });

  it("are found out, 95 in 100 and more", () => {
    expect((tried - survivors.length) / tried).toBeGreaterThanOrEqual(0.95);
  });
});
