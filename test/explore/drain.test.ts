import { describe, expect, it } from "vitest";
import type { Release } from "../../models/description.ts";
import type { Parameters } from "../../models/parameters.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { Stepper } from "../../src/compile/stepper.ts";
import { drain } from "../../src/explore/drain.ts";
import { scopeFor } from "./scope-for.ts";

/** A stepper after these actions, each taken by the first slot that can. */
function after(
  actions: string,
  parameters: Partial<Parameters> = {},
  release: Release = v304,
): Stepper {
  const stepper = new Stepper(scopeFor(parameters, release));
  for (const action of actions.split(" ")) {
    const enabled = stepper.enabled().find(({ move }) => move.action === action);
    if (enabled === undefined) throw new Error(`${action} is not enabled`);
    stepper.take(enabled);
  }
  return stepper;
}

function live(stepper: Stepper): number {
  return stepper.amount(stepper.scope.system.vocabulary.live);
}

describe("draining", () => {
  it("closes every chunk of a healthy engine", () => {
    const stepper = after("ingest ingest ingest", { chunks: 3 });
    expect(live(stepper)).toBe(3);
    expect(drain(stepper)).toBe(true);
    expect(live(stepper)).toBe(0);
  });

  it("has nothing to do where there is no chunk", () => {
    const stepper = after("outputDown outputUp");
    const before = stepper.state();
    expect(drain(stepper)).toBe(true);
    expect(stepper.state()).toEqual(before);
  });

  it("fails on a stuck engine, and takes no chunk from it", () => {
    const stepper = after("ingest dispatch outputDown flushRetry ingest outputUp");
    expect(drain(stepper)).toBe(false);
    expect(live(stepper)).toBe(2);
  });

  it("frees a stuck engine after a restart", () => {
    const stepper = after("ingest dispatch outputDown flushRetry ingest outputUp crash", {
      crash: true,
    });
    expect(drain(stepper)).toBe(true);
  });

  it("ends, and fails, while an output is offline", () => {
    expect(drain(after("ingest dispatch outputDown"))).toBe(false);
    expect(drain(after("ingest dispatch outputDown", {}, park))).toBe(false);
  });

  it("serves several outputs", () => {
    const stepper = after("ingest ingest dispatch", { outputs: 3 });
    expect(drain(stepper)).toBe(true);
  });

  it("closes hundreds of chunks with few places", () => {
    const stepper = new Stepper(scopeFor({ chunks: 300, taskMapSize: 3, maxChunksUp: 2 }));
    for (let chunk = 0; chunk < 300; chunk++) {
      const ingest = stepper.enabled().find(({ move }) => move.action === "ingest");
      if (ingest !== undefined) stepper.take(ingest);
    }
    expect(live(stepper)).toBe(300);
    expect(drain(stepper)).toBe(true);
  });
});
