import { expect, test } from "vitest";
import type { Release } from "../../models/description.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { scopeOf } from "../../src/compile/scope.ts";
import { Stepper } from "../../src/compile/stepper.ts";
import { checkScope } from "../../src/explore/check-scope.ts";
import { StateSpace, wholeGraph } from "../../src/cli/explore/state-space.ts";
import { actionKey } from "../../src/inspect/action-key.ts";
import { randomWalk } from "../../src/inspect/live/driver.ts";
import { LiveSystem } from "../../src/inspect/live/live-system.ts";
import { readScenario } from "../../src/inspect/live/scenario-file.ts";
import { packScope, unpackScope } from "../../src/inspect/packed-scope.ts";
import { replayRun } from "../../src/inspect/run.ts";
import { violatedAt } from "../../src/inspect/tell/judge-state.ts";
import { optionsOf } from "../../src/inspect/tell/options.ts";
import { sourceLink } from "../../src/inspect/tell/source-link.ts";

const releases = await loadReleases();
const wide: Partial<Parameters> = {
  chunks: 3,
  outputs: 2,
  routing: "any",
  crash: true,
  schedulerFails: true,
  pauseOnChunksOverlimit: true,
};
const each = releases.map((release) => [release.name, release] as const);

function wideParameters(release: Release): Parameters {
  const known = Object.entries(wide).filter(([name]) =>
    release.applies.some((one) => one === name),
  );
  return { ...defaultParameters, ...release.defaults, ...Object.fromEntries(known) };
}

test.each(each)("%s: a scope that travelled with a page behaves as before", (_, release) => {
  const scope = scopeOf(release, wideParameters(release));
  const packed = packScope(scope);
  expect(JSON.parse(JSON.stringify(packed))).toEqual(packed);
  const travelled = unpackScope(packed);
  const there = new Stepper(travelled);
  const here = new Stepper(scope);
  const drive = randomWalk(11);
  for (let step = 0; step < 300; step++) {
    expect(there.enabled().map(actionKey)).toEqual(here.enabled().map(actionKey));
    const action = drive(there);
    if (action === null) break;
    const key = actionKey(action);
    const same = here.enabled().find((one) => actionKey(one) === key);
    there.take(action);
    if (same !== undefined) here.take(same);
    expect(there.state()).toEqual(here.state());
  }
});

test.each(each)(
  "%s: what is told of an action is whether it is enabled, and else why not",
  (_, release) => {
    const stepper = new Stepper(scopeOf(release, wideParameters(release)));
    const drive = randomWalk(5);
    let refused = 0;
    for (let step = 0; step < 300; step++) {
      const options = optionsOf(stepper);
      const enabled = options.filter((option) => option.enabled).map(({ key }) => key);
      expect(enabled.sort()).toEqual(stepper.enabled().map(actionKey).sort());
      expect(new Set(enabled).size).toBe(enabled.length);
      for (const option of options.filter((one) => !one.enabled)) {
        expect(option.reasons.length, option.key).toBeGreaterThan(0);
        refused++;
      }
      const action = drive(stepper);
      if (action === null) break;
      stepper.take(action);
    }
    expect(refused).toBeGreaterThan(100);
  },
);

test.each(each)("%s: live actors are where the tables are, event by event", (_, release) => {
  const scope = scopeOf(release, wideParameters(release));
  let events = 0;
  const system = new LiveSystem(release.describe(scope.parameters), scope, () => events++);
  const drive = randomWalk(23);
  for (let step = 0; step < 400; step++) {
    const action = drive(system.stepper);
    if (action === null) throw new Error("nothing is enabled");
    system.take(action);
  }
  system.stop();
  expect(events).toBeGreaterThan(1000);
});

test.each(each)("%s: the state space knows the shortest way that check finds", (_, release) => {
  const scope = scopeOf(release, { ...defaultParameters, ...release.defaults });
  const space = new StateSpace(wholeGraph(scope), []);
  const { here, states } = space.factsOf(new Stepper(scope).state());
  const { properties, counts } = checkScope(scope);
  const lengths = properties.flatMap(({ length }) => length ?? []);
  expect(here.nearest?.keys.length).toBe(lengths.length === 0 ? undefined : Math.min(...lengths));
  expect(states).toBe(counts.canonical);
  expect(here.behind).toBe(states);
  expect(here.canRecover).toBe(true);
  const { moments, refused } = replayRun(scope, here.nearest?.keys ?? []);
  expect(refused).toBeNull();
  const last = moments.at(-1);
  if (here.nearest !== null && last !== undefined) {
    expect(violatedAt(scope, last)).toContain(here.nearest.property);
  }
});

test("recovery becomes impossible exactly at the point of no return", () => {
  for (const name of ["v3.0.4", "published-fix", "v3.0.1"]) {
    const release = releases.find((one) => one.name === name);
    if (release === undefined) throw new Error(`no ${name}`);
    const scope = scopeOf(release, { ...defaultParameters, ...release.defaults });
    const space = new StateSpace(wholeGraph(scope), []);
    const neverStuck = checkScope(scope).properties.find(
      ({ property }) => property === "neverStuck",
    );
    const steps = neverStuck?.path?.steps ?? [];
    const recoverable = steps.map(({ after }) => space.factsOf(after).here.canRecover);
    expect(recoverable.indexOf(false), name).toBe(neverStuck?.pointOfNoReturn);
    expect(recoverable.lastIndexOf(true), name).toBe((neverStuck?.pointOfNoReturn ?? 0) - 1);
  }
});

test("every C function that the models name is in a file that v3.0.4 has", () => {
  const files = new Set(
    releases
      .map((release) => scopeOf(release, wideParameters(release)).system)
      .flatMap(({ slotMoves, systemMoves }) => [...slotMoves, ...systemMoves])
      .flatMap(({ cFunction }) => sourceLink(cFunction) ?? [])
      .map((link) => link.replace("https://github.com/fluent/fluent-bit/blob/v3.0.4/", "")),
  );
  expect([...files].sort()).toEqual([
    "lib/chunkio/src/cio_file.c",
    "lib/chunkio/src/cio_scan.c",
    "src/flb_engine.c",
    "src/flb_engine_dispatch.c",
    "src/flb_input_chunk.c",
    "src/flb_task.c",
  ]);
  expect(sourceLink("the network")).toBeNull();
});

test("a scenario is one action a line; another line is refused with its place", () => {
  const text = "# an outage\ningest c0 m0\ndispatch.c0\n\noutputDown o0 # the network goes\n";
  expect(readScenario("outage.txt", text)).toEqual([
    "ingest.c0.m0",
    "dispatch.c0",
    "outputDown.o0",
  ]);
  expect(() => readScenario("outage.txt", "ingest c0 m0\nflush it\n")).toThrow(
    'outage.txt:2: "flush it" is no action such as flushOk c0 o0',
  );
});
