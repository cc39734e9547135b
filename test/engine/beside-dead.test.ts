import { describe, expect, it } from "vitest";
import type { Release } from "../../src/engine/core/engine.ts";
import { findRelease } from "../../src/engine/releases/catalogue.ts";
import { besideDead, besideDeadFigures } from "../../src/engine/simulation/beside-dead.ts";
import { crashBesideDead } from "../../src/engine/simulation/crash-beside-dead.ts";
import { scenarioOf } from "../../src/engine/simulation/default-story.ts";
import { longOutage, longOutageFigures } from "../../src/engine/simulation/long-outage.ts";
import { simulate } from "../../src/engine/simulation/simulate.ts";

function release(name: string): Release {
  const found = findRelease(name);
  if (found === undefined) throw new Error(`no release ${name}`);
  return found;
}

describe("what moves", () => {
  it("is counted phase by phase, from chunks that a former process left as well", () => {
    const { traffic, outputs, remainingChunks } = simulate(
      scenarioOf(
        release("v3.0.4"),
        [
          { name: "down", seconds: 3.5, down: [0], feeding: false },
          { name: "up", seconds: 60, down: [], feeding: false },
        ],
        1,
        { inherited: [{ tag: "old", count: 5 }] },
      ),
    );
    const [down, up] = traffic.map((phase) => phase.outputs[0]);
    expect(down).toEqual({ attempts: 5, deliveries: 0, records: 0, delay: null });
    expect(up).toMatchObject({ attempts: 5, deliveries: 5, records: 5 });
    // The first retry waits for a second more than it is told, which is 5 to 10.
    expect(up?.delay?.median).toBeGreaterThan(6);
    expect(up?.delay?.longest).toBeLessThan(15);
    // At the start each file is read once, and again when it is queued; then for the flush.
    expect(traffic.map(({ loads }) => loads)).toEqual([15, 5]);
    expect(outputs[0]).toEqual({ delivered: 5, duplicated: 0 });
    expect(remainingChunks).toBe(0);
  });
});

describe("a healthy output beside a dead one", () => {
  it("gets nothing from v3.0.4 if chunks go to both", () => {
    const figures = besideDeadFigures(simulate(besideDead(release("v3.0.4"), "both", 1)));
    expect(figures).toMatchObject({
      recordsPerSecond: 0,
      delay: null,
      wastedPerDelivery: null,
      loadsPerDelivery: null,
      // The backlog, what waits in memory for a retry, and a chunk of each tag that takes all further records.
      filesLeft: 4096 + 128 + 70,
    });
    expect(figures.attemptsPerSecond).toBeLessThan(1);
  });

  it("gets everything late from park, at dozens of wasted attempts a delivery", () => {
    const scenario = besideDead(release("park"), "healthy only", 1);
    const phases = scenario.phases.map((phase) => ({ ...phase, seconds: 165 }));
    const figures = besideDeadFigures(simulate({ ...scenario, phases }));
    expect(figures.recordsPerSecond).toBeCloseTo(70, -1);
    expect(figures.wastedPerDelivery).toBeGreaterThan(50);
    // 4,096 attempts for the 70 chunks of a turn.
    expect(figures.wastedPerDelivery).toBeLessThan(4096 / 70 + 1);
    expect(figures.delay?.median).toBeGreaterThan(10);
  });
});

describe("a process that is killed beside a dead output", () => {
  it.each([
    ["v3.0.4", 128],
    ["park", 0],
  ])("%s sends %i records twice", (name, records) => {
    const result = simulate(crashBesideDead(release(name), 1));
    expect(result.duplicated).toBe(records);
    expect(result.lost + result.remainingChunks).toBe(0);
  });
});

describe("a backlog", () => {
  const short = { tags: 140, sampleEvery: 60 };
  function backlogOf(name: string) {
    const scenario = longOutage(release(name), false, 1);
    const phases = scenario.phases.map((phase) => ({ ...phase, seconds: phase.seconds / 10 }));
    return longOutageFigures(simulate({ ...scenario, ...short, phases }));
  }

  it("is never gone from an engine that is stuck", () => {
    const { backlog, stuckSince } = backlogOf("v3.0.4");
    expect(backlog).toMatchObject({ goneAfter: null, mostlyGoneAfter: null });
    expect(backlog.left).toBeGreaterThan(0);
    expect(stuckSince).not.toBeNull();
  });

  it("is gone within seconds from park", () => {
    const { backlog, stuckSince, mostUp } = backlogOf("park");
    expect(backlog.left).toBe(0);
    expect(backlog.goneAfter).toBeLessThan(10);
    expect(backlog.mostlyGoneAfter).toBeLessThanOrEqual(backlog.goneAfter ?? 0);
    expect(stuckSince).toBeNull();
    expect(mostUp).toBe(128);
  });
});
