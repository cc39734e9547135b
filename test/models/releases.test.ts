import { describe, expect, it } from "vitest";
import type { Release } from "../../models/description.ts";
import { defaultParameters, parameterNames, type Parameters } from "../../models/parameters.ts";
import { release as correctedFix } from "../../models/releases/corrected-fix.ts";
import { release as evictIdle } from "../../models/releases/evict-idle.ts";
import { release as hardenedFix } from "../../models/releases/hardened-fix.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as parkBreaker } from "../../models/releases/park-breaker.ts";
import { release as publishedFix } from "../../models/releases/published-fix.ts";
import { release as reserveSlot } from "../../models/releases/reserve-slot.ts";
import { release as v301 } from "../../models/releases/v3.0.1.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { release as v51 } from "../../models/releases/v5.1.ts";
import { compile } from "../../src/compile/compile.ts";
import type { CompiledSystem } from "../../src/compile/compiled-system.ts";

const releases = [
  v301,
  v304,
  v51,
  publishedFix,
  correctedFix,
  hardenedFix,
  evictIdle,
  reserveSlot,
  park,
  parkBreaker,
] as const;

/** The table of releases in the semantics, and what was added to it: flags, the least quota, the real task map. */
const table: readonly string[] = [
  "v3.0.1          checkMapFirst=false quota>=0 releaseOnClose=true  detach=false evict=false T=2048",
  "v3.0.4          checkMapFirst=true  quota>=0 releaseOnClose=true  detach=false evict=false T=2048",
  "v5.1            checkMapFirst=true  quota>=0 releaseOnClose=true  detach=false evict=false T=16384",
  "published-fix   checkMapFirst=true  quota>=1 releaseOnClose=false detach=false evict=false T=2048",
  "corrected-fix   checkMapFirst=true  quota>=1 releaseOnClose=true  detach=false evict=false T=2048",
  "hardened-fix    checkMapFirst=true  quota>=1 releaseOnClose=true  detach=true  evict=false T=2048",
  "evict-idle      checkMapFirst=true  quota>=0 releaseOnClose=true  detach=false evict=true  T=2048",
  "reserve-slot    checkMapFirst=true  quota>=0 releaseOnClose=true  detach=false evict=false T=2048",
  "park            checkMapFirst=true  quota>=0 releaseOnClose=true  detach=false evict=false T=2048",
  "park-breaker    checkMapFirst=true  quota>=0 releaseOnClose=true  detach=false evict=false T=2048",
];

function row({ name, defaults, least, realLimits }: Release): string {
  const all = { ...defaultParameters, ...defaults };
  const flag = (value: boolean): string => String(value).padEnd(5);
  return [
    name.padEnd(15),
    `checkMapFirst=${flag(all.checkMapFirst)}`,
    `quota>=${least["overLimitQuota"] ?? 0}`,
    `releaseOnClose=${flag(all.releaseOnClose)}`,
    `detach=${flag(all.detachOnOutputExit)}`,
    `evict=${flag(all.evictIdleWhenMapFull)}`,
    `T=${realLimits?.["taskMapSize"] ?? 0}`,
  ].join(" ");
}

/** What of a compiled system may not depend on N, T, X and Q: everything but the functions in it. */
function shapeOf(system: CompiledSystem): unknown {
  const { places, slotMoves, systemMoves, quantities, gate, stateProperties } = system;
  return { places, slotMoves, systemMoves, quantities, gate, stateProperties };
}

it("the releases are those of the semantics, in its order, reserve-slot and park-breaker", () => {
  expect(releases.map(row)).toEqual(table);
  expect(releases.map(({ order }) => order)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

describe.each(releases)("release $name", (release) => {
  const parameters: Parameters = { ...defaultParameters, ...release.defaults };
  const system = compile(release.describe(parameters));

  it("compiles, and can act in its first place", () => {
    expect(system.places.length).toBeGreaterThan(4);
    expect(system.movesFrom[0]?.map(({ action }) => action)).toContain("ingest");
    expect(system.properties).toHaveLength(11);
  });

  it("has the same shape for every N, T, X and Q", () => {
    const larger = {
      ...parameters,
      chunks: 2176,
      taskMapSize: 2048,
      maxChunksUp: 128,
      overLimitQuota: parameters.overLimitQuota * 7,
    };
    expect(shapeOf(compile(release.describe(larger)))).toEqual(shapeOf(system));
  });

  it("tells every action in words and names who does it", () => {
    for (const { tells, cFunction, agent } of [...system.slotMoves, ...system.systemMoves]) {
      expect(tells).not.toBe("");
      if (agent !== "environment") expect(cFunction).toMatch(/^[a-z_]+\.[ch]::[a-z_0-9]+/);
    }
  });

  it("fixes no parameter that does not apply to it", () => {
    const fixed = parameterNames.filter((name) => name in release.defaults);
    expect(fixed.filter((name) => !release.applies.includes(name))).toEqual([]);
  });
});
