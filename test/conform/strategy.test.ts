import { describe, expect, it } from "vitest";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { conform } from "../../src/conform/conform.ts";
import { plannedScopes, smallScopes } from "../../src/conform/conform-scopes.ts";
import { EngineSubject } from "../../src/conform/engine-subject.ts";
import { scopeSuites } from "../../src/conform/scope-suites.ts";
import type { Release } from "../../src/engine/core/engine.ts";
import { EngineCore } from "../../src/engine/lockstep/engine-core.ts";
import { correctedFix } from "../../src/engine/releases/corrected-fix.ts";
import { evictIdle } from "../../src/engine/releases/evict-idle.ts";
import { findRelease } from "../../src/engine/releases/catalogue.ts";
import { hardenedFix } from "../../src/engine/releases/hardened-fix.ts";
import { park } from "../../src/engine/releases/park.ts";
import { parkBreaker } from "../../src/engine/releases/park-breaker.ts";
import { publishedFix } from "../../src/engine/releases/published-fix.ts";
import { reserveSlot } from "../../src/engine/releases/reserve-slot.ts";
import { v301 } from "../../src/engine/releases/v3-0-1.ts";
import { v304 } from "../../src/engine/releases/v3-0-4.ts";
import { v51 } from "../../src/engine/releases/v5-1.ts";

interface Change {
  readonly what: string;
  readonly release: Release;
  readonly to: Partial<Release>;
}

/** One member of a strategy object. */
function only(release: Release, member: keyof Release): Partial<Release> {
  const members: readonly (readonly [string, unknown])[] = Object.entries(release);
  return Object.fromEntries(members.filter(([name]) => name === member));
}

/** For each line of each strategy object that says what happens to chunks, what it could say instead. */
const changes: readonly Change[] = [
  { what: "the map is looked at first", release: v301, to: only(v304, "taskMapFull") },
  { what: "an idle chunk is evicted", release: v301, to: only(evictIdle, "taskMapFull") },
  { what: "every chunk opens up", release: v304, to: { opensUp: () => true } },
  { what: "no chunk opens up", release: v304, to: { opensUp: () => false } },
  { what: "nothing may be dispatched", release: v304, to: { mayDispatch: () => false } },
  { what: "the map is looked at last", release: v304, to: only(v301, "taskMapFull") },
  { what: "an idle chunk is evicted", release: v304, to: only(evictIdle, "taskMapFull") },
  { what: "a retry never comes up", release: v304, to: { setUpForRetry: () => "error" } },
  { what: "a retry's chunk is corrupted", release: v304, to: { setUpForRetry: () => "corrupted" } },
  { what: "a failed flush is parked", release: v304, to: only(park, "flushFailed") },
  { what: "a failed flush is forgotten", release: v304, to: { flushFailed: () => undefined } },
  { what: "no retry is ever used", release: v304, to: { retriesUsed: () => 0 } },
  { what: "a task is never settled", release: v304, to: { settle: () => undefined } },
  { what: "a task is parked", release: v304, to: only(park, "settle") },
  { what: "the map is looked at last", release: v51, to: only(v301, "taskMapFull") },
  { what: "there is no quota", release: publishedFix, to: { overLimitQuota: 0 } },
  { what: "no retry is charged", release: publishedFix, to: only(v304, "setUpForRetry") },
  {
    what: "close gives back",
    release: publishedFix,
    to: only(correctedFix, "chunkClosing"),
  },
  { what: "close keeps", release: correctedFix, to: only(publishedFix, "chunkClosing") },
  { what: "exit detaches", release: correctedFix, to: only(hardenedFix, "outputExit") },
  { what: "exit does not detach", release: hardenedFix, to: only(v304, "outputExit") },
  { what: "close keeps", release: hardenedFix, to: only(publishedFix, "chunkClosing") },
  { what: "nothing is evicted", release: evictIdle, to: only(v304, "taskMapFull") },
  { what: "a new chunk opens in the last place", release: reserveSlot, to: only(v304, "opensUp") },
  { what: "dispatch takes the last place", release: reserveSlot, to: only(v304, "mayDispatch") },
  { what: "a chunk opens up before others", release: park, to: only(v304, "opensUp") },
  { what: "idle chunks have no age", release: park, to: { chunkIdle: () => undefined } },
  { what: "a busy chunk stays in line", release: park, to: { chunkBusy: () => undefined } },
  { what: "new chunks are dispatched", release: park, to: { mayDispatch: () => true } },
  { what: "a failed flush waits", release: park, to: only(v304, "flushFailed") },
  { what: "failures are not counted", release: park, to: { retriesUsed: () => 0 } },
  { what: "what ended is still owed", release: park, to: { routeEnded: () => undefined } },
  { what: "what is owed is closed", release: park, to: only(v304, "settle") },
  { what: "the gate stays shut", release: park, to: { endOfStep: () => undefined } },
  { what: "who is held back goes", release: parkBreaker, to: only(park, "mayDispatch") },
  { what: "every breaker is closed", release: parkBreaker, to: only(park, "attempted") },
  { what: "a probe stays one", release: parkBreaker, to: only(park, "chunkBusy") },
  { what: "no breaker opens", release: parkBreaker, to: only(park, "flushFailed") },
  { what: "no breaker closes", release: parkBreaker, to: only(park, "routeEnded") },
  { what: "a parked chunk queues up", release: parkBreaker, to: only(park, "settle") },
  { what: "nobody is set aside", release: parkBreaker, to: { ownSteps: {} } },
];

const models = await loadReleases();
const plan = { trapsOf: () => [], supports: () => true, walks: 0, walkLength: 0, seed: 1 };

async function findsDivergence({ release, to }: Change): Promise<boolean> {
  const changed: Release = { ...release, ...to, name: release.name };
  const subject = new EngineSubject({
    createCore: (parameters) => new EngineCore(parameters),
    findRelease: (name) => (name === release.name ? changed : findRelease(name)),
  });
  const model = models.find(({ name }) => name === release.name);
  if (model === undefined) throw new Error(`there is no model of ${release.name}`);
  for (const scope of plannedScopes(model, smallScopes)) {
    const { divergence } = await conform(subject, [scopeSuites(scope, plan)]);
    if (divergence !== null) return true;
  }
  return false;
}

describe("a line of a strategy object that is changed is found out", () => {
  it.each(changes)("$release.name: $what", async (change) => {
    expect(await findsDivergence(change)).toBe(true);
  });

  it("and the unchanged object is not", async () => {
    expect(await findsDivergence({ what: "nothing", release: v304, to: {} })).toBe(false);
  });
});
