import { describe, expect, it } from "vitest";

import { releases } from "../../../src/engine/releases/catalogue.ts";
import { v304 } from "../../../src/engine/releases/v3-0-4.ts";
import { attacked } from "../../attack/attacked.ts";
import { releaseOf, runScenario } from "./random-scenario.ts";
import type { World } from "./world.ts";

/** Over all releases. */
const scenarios = Number(process.env["SCENARIOS"] ?? 2700);
const begin = Number(process.env["FIRST"] ?? 0) * releases.length;
const only = process.env["SEED"];

/** A failure names its seed, and how to have it again. */
function run(seed: number): World {
  try {
    return runScenario(seed);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const again = `SEED=${seed} npx vitest run test/engine/faults`;
    throw new Error(`seed ${seed} (${releaseOf(seed).name}): ${why}; again: ${again}`, {
      cause: error,
    });
  }
}

describe.runIf(only !== undefined)("one scenario", () => {
  it(`of seed ${only ?? ""}`, () => {
    const world = run(Number(only));
    process.stdout.write(`${world.lines.join("\n")}\n`);
    expect(world.books.missing()).toEqual([]);
  });
});

describe.runIf(only === undefined)("random faults", () => {
  it.each(releases.map((release, index) => [release.name, index, release] as const))(
    "of disk, endpoint and process: %s, seeds from %i in steps of " + String(releases.length),
    (_, first, release) => {
      let turns = 0;
      let accepted = 0;
      let duplicates = 0;
      let losses = 0;
      for (let seed = first; seed < scenarios; seed += releases.length) {
        const world = run(begin + seed);
        turns += world.clock.turns;
        accepted += world.books.accepted.size;
        duplicates += world.books.duplicates();
        losses += world.lossesTold;
      }
      attacked(
        "random scenarios of faults of disk, endpoint and process",
        Math.ceil((scenarios - first) / releases.length),
      );
      attacked("records accepted in them, and all accounted for", accepted);
      // A release that parks chunks asks for no timer.
      const keeps = release.flushFailed !== v304.flushFailed;
      expect(turns, "steps that were checked").toBeGreaterThan(50_000);
      expect(accepted).toBeGreaterThan(10_000);
      expect(duplicates).toBeGreaterThan(100);
      if (keeps) expect(losses, "chunks lost for want of a timer").toBe(0);
      else expect(losses, "chunks lost for want of a timer").toBeGreaterThan(100);
    },
    180_000,
  );
});
