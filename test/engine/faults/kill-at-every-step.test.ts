import { describe, expect, it } from "vitest";

import { attacked } from "../../attack/attacked.ts";
import type { Release } from "../../../src/engine/core/engine.ts";
import { seededRandom } from "../../../src/engine/platform/random.ts";
import { releases } from "../../../src/engine/releases/catalogue.ts";
import type { Books } from "./books.ts";
import type { FaultyFileSystem } from "./faulty-file-system.ts";
import { theEngine } from "./engine-under-test.ts";
import { roomy, type Sizes } from "./sizes.ts";
import { World } from "./world.ts";

const seed = Number(process.env["SEED"] ?? process.env["FIRST"] ?? 1);

function sizes(release: Release, outputs: number): Sizes {
  return {
    ...roomy,
    engine: theEngine,
    release,
    outputs: Array.from({ length: outputs }, () => ({ match: "*", retryLimit: "no_limits" })),
    tags: ["a", "b", "c"],
    period: 700,
    taskMapSize: 3,
    maxChunksUp: 2,
    overLimitQuota: 1,
    grace: 2,
    checksum: false,
    pauseOnChunksOverlimit: false,
  };
}

/** Disk and books as a kill at one step leaves them. */
interface Moment {
  readonly books: Books;
  readonly files: FaultyFileSystem;
}

/** A healthy stretch, an outage and a recovery; with what a kill after each change of the disk and each turn leaves. */
function everyMoment(release: Release, outputs: number): readonly Moment[] {
  const world = new World(sizes(release, outputs), seededRandom(seed));
  const moments: Moment[] = [];
  const note = (): void => {
    moments.push({ books: world.books.copy(), files: world.files.copy() });
  };
  world.start(true);
  world.files.onChange = note;
  const check = world.clock.afterTurn;
  world.clock.afterTurn = () => {
    check();
    note();
  };
  for (const manner of ["takes", "refuses", "takes late", "takes"] as const) {
    for (const output of world.outputs) output.manner = manner;
    world.pass(2);
  }
  world.kill();
  return moments;
}

describe("a kill at every step of a run, and a restart", () => {
  it.each(releases.flatMap((release) => [1, 2].map((outputs) => ({ release, outputs }))))(
    "$release.name, outputs: $outputs",
    ({ release, outputs }) => {
      const moments = everyMoment(release, outputs);
      expect(moments.length).toBeGreaterThan(100);
      let withDeliveriesUnderWay = 0;
      for (const [step, { books, files }] of moments.entries()) {
        books.kill(files);
        const before = books.duplicates();
        const world = new World(sizes(release, outputs), seededRandom(seed), { books, files });
        try {
          world.drain();
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error);
          throw new Error(`seed ${seed}, step ${step} of ${moments.length}: ${why}`, {
            cause: error,
          });
        }
        if (books.duplicates() > before) withDeliveriesUnderWay += 1;
      }
      attacked("kills, each at another step of a run, and restarts", moments.length);
      expect(withDeliveriesUnderWay).toBeGreaterThan(0);
      expect(withDeliveriesUnderWay).toBeLessThan(moments.length);
    },
  );
});
