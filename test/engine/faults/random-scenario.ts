import type { Release } from "../../../src/engine/core/engine.ts";
import type { RetryLimit } from "../../../src/engine/core/structures.ts";
import { type Random, randomUniform, seededRandom } from "../../../src/engine/platform/random.ts";
import { type EngineUnderTest, theEngine } from "./engine-under-test.ts";
import { manners } from "./faulty-output.ts";
import type { Sizes } from "./sizes.ts";
import { World } from "./world.ts";

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random.next() * values.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}

/** The release that a seed is about: they take turns. */
export function releaseOf(seed: number, { releases }: EngineUnderTest = theEngine): Release {
  const release = releases[seed % releases.length];
  if (release === undefined) throw new Error("no release");
  return release;
}

const faults = ["all", "headers", "metadata", "contents"] as const;

const retryLimits: readonly RetryLimit[] = ["no_limits", "no_limits", 1, 2, "no_retries"];

/** Retries that get a timer at once, and retries that wait for their time frame without one. */
const backoffs = [
  { schedulerBase: 1, schedulerCap: 2 },
  { schedulerBase: 1, schedulerCap: 2 },
  { schedulerBase: 4, schedulerCap: 14 },
] as const;

function sizesOf(seed: number, engine: EngineUnderTest, random: Random): Sizes {
  const chance = (probability: number): boolean => random.next() < probability;
  const outputs = Array.from({ length: randomUniform(random, 1, 2) }, (_, output) => ({
    match: output > 0 && chance(0.3) ? pick(random, ["a", "b*"]) : "*",
    retryLimit: pick(random, retryLimits),
  }));
  return {
    engine,
    release: releaseOf(seed, engine),
    outputs,
    tags: ["a", "b", "c", "d"].slice(0, randomUniform(random, 1, 4)),
    period: randomUniform(random, 300, 900),
    taskMapSize: randomUniform(random, 1, 4),
    maxChunksUp: randomUniform(random, 1, 4),
    overLimitQuota: randomUniform(random, 1, 2),
    timerLimit: chance(0.4) ? randomUniform(random, 0, 3) : Number.POSITIVE_INFINITY,
    ...pick(random, backoffs),
    grace: pick(random, [-1, 0, 1, 2, 4]),
    backlogMemoryLimit: pick(random, [1, 60, 5_000_000]),
    checksum: chance(0.5),
    pauseOnChunksOverlimit: chance(0.3),
  };
}

/** Runs the scenario that follows from a seed. Throws if anything is not as it must be. */
export function runScenario(seed: number, engine: EngineUnderTest = theEngine): World {
  const random = seededRandom(seed);
  const chance = (probability: number): boolean => random.next() < probability;
  const sizes = sizesOf(seed, engine, random);
  const most = sizes.schedulerBase > 1 ? 30_000 : 4000;
  const world = new World(sizes, random);
  world.start(true);
  for (let phase = randomUniform(random, 2, 4); phase > 0; phase -= 1) {
    change(world, random);
    world.files.full = chance(0.15);
    world.files.failing = chance(0.7) ? "none" : pick(random, faults);
    if (chance(0.1))
      somebody(world, random, (path) => {
        world.unreadable(path);
      });
    if (chance(0.2))
      somebody(world, random, (path) => {
        if (world.isDown(path)) world.spoil(path, "truncated");
      });
    world.pass(randomUniform(random, 500, most) / 1000);
    if (!chance(0.4)) continue;
    if (chance(0.5)) change(world, random);
    if (chance(0.5)) world.stop();
    else world.kill();
    if (chance(0.3))
      somebody(world, random, (path) => {
        world.spoil(path, "truncated");
      });
    if (chance(0.2))
      somebody(world, random, (path) => {
        world.spoil(path, "half a record");
      });
    if (sizes.checksum && chance(0.3)) {
      somebody(world, random, (path) => {
        world.spoil(path, "wrong checksum");
      });
    }
    world.start(true);
  }
  change(world, random);
  if (chance(0.5)) world.stop();
  else world.kill();
  world.drain();
  return world;
}

/** The endpoints have other manners from now on. */
function change(world: World, random: Random): void {
  for (const output of world.outputs) {
    output.manner = random.next() < 0.4 ? "takes" : pick(random, manners);
  }
}

function somebody(world: World, random: Random, action: (path: string) => void): void {
  const readable = [...world.files.files].filter((path) => !world.strays.has(path));
  if (readable.length > 0) action(pick(random, readable));
}
