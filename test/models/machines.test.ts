import { describe, expect, it } from "vitest";
import type { Role } from "../../models/description.ts";
import { defaultParameters } from "../../models/parameters.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as parkBreaker } from "../../models/releases/park-breaker.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { transcriptOf, transitionsOf } from "./transcript.ts";

/** Everything on that gives a machine more events. */
const fluentBit = v304.describe({
  ...defaultParameters,
  inputs: 2,
  pauseOnChunksOverlimit: [true, false],
  storageType: ["filesystem", "memory"],
  memBufLimit: ["none", 1],
  totalLimit: 1,
  limitRule: "v3.0.4",
  outputHangs: true,
  crash: true,
  backlog: true,
  shutdownPhase: "chunks",
  flushOnShutdown: true,
});
const parked = park.describe(defaultParameters);
const broken = parkBreaker.describe(defaultParameters);
const machines: readonly Role[] = [
  ...fluentBit.slot,
  ...fluentBit.shared,
  ...parked.slot.filter(({ name }) => name === "delivery" || name === "age"),
  ...[...broken.slot, ...broken.shared].filter(({ name }) => name === "age" || name === "breaker"),
];

/** What the world does to a machine is no function of Fluent Bit. */
const worldly = [
  ...["crash", "leaveOnDisk", "reset", "restart"],
  ...["goDown", "comeBack", "hang", "unhang"],
];

describe.each(machines)("machine $machine.id", ({ machine, events }) => {
  it("is as it was read and agreed on", async () => {
    await expect(transcriptOf(machine)).toMatchFileSnapshot(`__snapshots__/${machine.id}.txt`);
  });

  it("says of each state what it means", () => {
    const silent = Object.values(machine.states).filter((state) => state.description === undefined);
    expect(silent.map(({ key }) => key)).toEqual([]);
  });

  it("names the C function that each transition stands for", () => {
    const stated = transitionsOf(machine);
    expect(stated.length).toBeGreaterThan(0);
    const ofFluentBit = stated.filter(({ event }) => !worldly.includes(event));
    for (const { description } of ofFluentBit) {
      expect(description).toMatch(/\b[a-z_]+\.[ch]::[a-z_0-9]+\b|^park(-breaker)?: /);
    }
    for (const { description } of stated) expect(description).not.toBe("");
  });

  it("names every guard and action: an inspector cannot show an inline one", () => {
    const names = transitionsOf(machine).flatMap(({ guard, actions }) => [guard ?? "", ...actions]);
    expect(names).not.toContain("(inline)");
  });

  it("lists every event that it takes, and no other", () => {
    const taken = new Set(transitionsOf(machine).map(({ event }) => event));
    expect(new Set(events.map(({ type }) => type))).toEqual(taken);
  });
});
