import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { scopeOf, type Scope } from "../../src/compile/scope.ts";
import { Stepper, type EnabledAction } from "../../src/compile/stepper.ts";
import { enabledAction } from "../../src/inspect/action-key.ts";
import { checkScope, type PropertyResult } from "../../src/explore/check-scope.ts";
import type { EndlessClaim } from "../../src/explore/endless-claim.ts";
import { lassoFault } from "../../src/explore/lasso-fault.ts";
import type { Lasso } from "../../src/explore/lasso.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { release as park } from "../../models/releases/park.ts";
import { parkMutants } from "./mutants/park-mutants.ts";
import { scopeFor } from "./scope-for.ts";
import { seed } from "./seed.ts";
import { claimOf } from "./claims.ts";
import type { Values } from "../../models/system.ts";

const endless = new Set([
  ...["neverStuck", "recovery", "isolation", "isolationFair", "noStarvation"],
  ...["inputResumes", "inputResumesFair"],
]);
const mostStates = 2_000;

/** Takes the path, the approach and the loop with real slots, from the initial state, and has the loop verified. */
function verified(scope: Scope, { path, property }: PropertyResult, lasso: Lasso): Stepper {
  const stepper = new Stepper(scope);
  for (const { taken, after } of [...(path?.steps ?? []), ...lasso.approach]) {
    stepper.take(taken);
    expect(stepper.state(), property).toEqual(after);
  }
  expect(lasso.waits.length, property).toBeGreaterThan(0);
  const loop = lasso.loop.map(({ taken }) => taken);
  for (const slot of lasso.waits) {
    expect(lassoFault(scope, stepper.state(), loop, slot, lasso.claim), property).toBeNull();
  }
  return stepper;
}

/** Verifies the loop after every violation of progress in a scope, and that no step of it can be left out. */
function verifyLassos(scope: Scope, found: Map<string, number>): void {
  const { properties, complete } = checkScope(scope, { maxStates: mostStates });
  fc.pre(complete);
  for (const property of properties) {
    const lasso = property.lasso();
    const expected = property.verdict === "violated" && endless.has(property.property);
    expect(lasso !== null, property.property).toBe(expected);
    if (lasso === null) continue;
    const start = verified(scope, property, lasso).state();
    const loop = lasso.loop.map(({ taken }) => taken);
    const [slot = -1] = lasso.waits;
    loop.forEach((_, left) => {
      const shorter = loop.filter((_one, index) => index !== left);
      expect(lassoFault(scope, start, shorter, slot, lasso.claim)).not.toBeNull();
    });
    found.set(property.property, Math.max(found.get(property.property) ?? 0, loop.length));
  }
}

const releases = await loadReleases();
const sizes = fc.record({
  release: fc.nat(releases.length - 1),
  chunks: fc.integer({ min: 1, max: 4 }),
  taskMapSize: fc.integer({ min: 1, max: 3 }),
  maxChunksUp: fc.integer({ min: 1, max: 2 }),
  outputs: fc.integer({ min: 1, max: 2 }),
  routing: fc.constantFrom("all" as const, "any" as const),
  retryLimit: fc.constantFrom("unlimited" as const, 1, 2),
  crash: fc.boolean(),
  pauseOnChunksOverlimit: fc.boolean(),
  schedulerFails: fc.boolean(),
  shutdown: fc.boolean(),
});

function scopeAt(index: number, asked: Partial<Parameters>): Scope {
  const release = releases[index] ?? park;
  const known = Object.entries(asked).filter(([name]) =>
    release.applies.some((one) => one === name),
  );
  return scopeOf(release, {
    ...defaultParameters,
    ...release.defaults,
    ...Object.fromEntries(known),
  });
}

describe(`random scopes, seed ${seed}`, { timeout: 240_000 }, () => {
  it("every violation of progress ends in a fair loop of real slots that has no step too many", () => {
    const found = new Map<string, number>();
    fc.assert(
      fc.property(sizes, ({ release, ...asked }) => {
        verifyLassos(scopeAt(release, asked), found);
      }),
      { seed, numRuns: 120, maxSkipsPerRun: 40 },
    );
    expect([...found.keys()].sort()).toEqual([...endless].sort());
  });
});

it("a candidate that starves chunks is shown doing so", () => {
  const starving = parkMutants.find(({ caughtBy }) => caughtBy === "noStarvation");
  if (starving === undefined) throw new Error("no mutant starves");
  const changed = { ...park, describe: (to: Values) => starving.change(park.describe(to)) };
  const found = new Map<string, number>();
  verifyLassos(scopeOf(changed, { ...defaultParameters, ...starving.scope }), found);
  expect(found.get("noStarvation")).toBeGreaterThan(0);
});

describe("a lasso that is none is refused", () => {
  const scope = scopeFor({ chunks: 3, taskMapSize: 2, maxChunksUp: 3 });
  const all = claimOf(scope.system, "noStarvation");

  /** What is wrong with taking `loop` for ever after `path`, while chunk 1 waits. */
  function fault(path: string, loop: string, claim: EndlessClaim = all): string | null {
    const stepper = new Stepper(scope);
    const take = (keys: string): readonly EnabledAction[] =>
      keys
        .split(" ")
        .filter((key) => key !== "")
        .map((key) => {
          const action = enabledAction(stepper, key);
          if (action === undefined) throw new Error(`${key} is not enabled`);
          stepper.take(action);
          return action;
        });
    take(path);
    const start = stepper.state();
    return lassoFault(scope, start, take(loop), 1, claim);
  }
  const two = "ingest.c0.m0 ingest.c1.m0";
  const round = "dispatch.c0 flushOk.c0.o0 ingest.c0.m0";

  it("because it is not fair", () => {
    expect(fault(two, round)).toBe("dispatch of chunk 1 is always enabled and never taken");
    expect(fault(`${two} dispatch.c1`, round)).toBe(
      "flush 0 of chunk 1 is always enabled and never taken",
    );
    expect(fault("ingest.c1.m0", "")).toBe("dispatch of chunk 1 is always enabled and never taken");
  });

  it("because it does not lead back, or not to the same chunks", () => {
    const elsewhere = "the loop does not lead back to where it began";
    expect(fault(`${two} dispatch.c1`, "dispatch.c0 flushOk.c0.o0")).toBe(elsewhere);
    expect(fault(`ingest.c0.m0 ingest.c1.m0`, "dispatch.c0 flushOk.c0.o0 ingest.c2.m0")).toBe(
      elsewhere,
    );
  });

  it("because the chunk does not wait", () => {
    expect(fault(two, "dispatch.c1 flushOk.c1.o0 ingest.c1.m0")).toBe(
      "before step 2 chunk 1 no longer waits",
    );
  });

  it("because someone acts who may not, or an output is not as claimed", () => {
    const world = "outputDown.o0 outputUp.o0";
    expect(fault(two, world)).toContain("outputDown, which is not for the engine to take");
    expect(fault(two, round, { ...all, agents: ["engine"] })).toContain("step 2 is ingest");
    expect(fault(`${two} outputDown.o0`, "")).toBe(
      "before step 0 the shared machines are not as claimed",
    );
  });

  it("because a step cannot be taken", () => {
    const stepper = new Stepper(scope);
    const ingest = enabledAction(stepper, "ingest.c1.m0");
    if (ingest === undefined) throw new Error("the input is paused");
    stepper.take(ingest);
    expect(lassoFault(scope, stepper.state(), [ingest], 1, all)).toBe(
      "step 0, ingest, is not enabled",
    );
  });
});
