import type { Release } from "../../../src/engine/core/engine.ts";
import type { RetryLimit } from "../../../src/engine/core/structures.ts";
import { type Random, randomUniform, seededRandom } from "../../../src/engine/platform/random.ts";
import { releases } from "../../../src/engine/releases/catalogue.ts";
import { manners } from "./faulty-output.ts";
import { World } from "./world.ts";

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random.next() * values.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}

/** The release that a seed is about: they take turns. */
export function releaseOf(seed: number): Release {
  const release = releases[seed % releases.length];
  if (release === undefined) throw new Error("no release");
  return release;
}

/** Runs the scenario that follows from a seed. Throws if anything is not as it must be. */
export function runScenario(seed: number): World {
  const random = seededRandom(seed);
  const chance = (probability: number): boolean => random.next() < probability;
  const checksum = chance(0.5);
  const retryLimits: readonly RetryLimit[] = ["no_limits", "no_limits", 1, 2, "no_retries"];
  const world = new World(
    {
      release: releaseOf(seed),
      outputs: randomUniform(random, 1, 2),
      tags: ["a", "b", "c", "d"].slice(0, randomUniform(random, 1, 4)),
      period: randomUniform(random, 300, 900),
      taskMapSize: randomUniform(random, 1, 4),
      maxChunksUp: randomUniform(random, 1, 4),
      overLimitQuota: randomUniform(random, 1, 2),
      retryLimit: pick(random, retryLimits),
      timerLimit: chance(0.5) ? randomUniform(random, 0, 3) : Number.POSITIVE_INFINITY,
      checksum,
      pauseOnChunksOverlimit: chance(0.2),
    },
    random,
  );
  world.start(true);
  for (let phase = randomUniform(random, 2, 4); phase > 0; phase -= 1) {
    for (const output of world.outputs) {
      output.manner = chance(0.4) ? "takes" : pick(random, manners);
    }
    world.files.full = chance(0.15);
    world.files.failing = chance(0.8) ? "none" : pick(random, ["all", "headers"]);
    if (chance(0.1))
      somebody(world, random, (path) => {
        world.unreadable(path);
      });
    world.pass(randomUniform(random, 500, 4000) / 1000);
    if (!chance(0.4)) continue;
    world.kill();
    if (chance(0.3))
      somebody(world, random, (path) => {
        world.spoil(path, "truncated");
      });
    if (checksum && chance(0.3)) {
      somebody(world, random, (path) => {
        world.spoil(path, "wrong checksum");
      });
    }
    world.start(true);
  }
  world.kill();
  world.drain();
  return world;
}

function somebody(world: World, random: Random, action: (path: string) => void): void {
  const readable = [...world.files.files].filter((path) => !world.strays.has(path));
  if (readable.length > 0) action(pick(random, readable));
}
