import { describe, expect, it } from "vitest";
import { chunkEvents, chunkMachine, type ChunkInput } from "../../models/chunk.ts";
import { acceptedIn, stepsOf, type LocalStep } from "./walk.ts";

function walk(input: ChunkInput): readonly LocalStep[] {
  return stepsOf({
    name: "chunk",
    machine: chunkMachine,
    input: { ...input },
    perOutput: false,
    events: chunkEvents(2),
  });
}

/** What a step does to the counter of its output. */
function quotaOf({ actions }: LocalStep): readonly string[] {
  return actions
    .filter(({ type }) => type === "takeQuota" || type === "releaseQuota")
    .map(({ type, output }) => `${type} ${String(output)}`);
}

const published = { releaseOnClose: false, detachOnOutputExit: false };
const hardened = { releaseOnClose: true, detachOnOutputExit: true };

describe.each([published, hardened])("the chunk, %o", (input) => {
  const steps = walk(input);

  it("is charged to an output exactly while it is up for it", () => {
    for (const { to } of steps) {
      expect(to.context["chargedTo"] !== null).toBe(to.value === "upForOutput");
    }
    expect(steps.filter(({ to }) => to.value === "upForOutput")).toHaveLength(2);
  });

  it("takes a unit of the output that it is charged to, and gives none but that back", () => {
    for (const step of steps) {
      const { from, to } = step;
      for (const effect of quotaOf(step)) {
        const [what, output] = effect.split(" ");
        const owner = what === "takeQuota" ? to.context["chargedTo"] : from.context["chargedTo"];
        expect(output).toBe(String(owner));
      }
    }
  });

  it("is created once, and closed only when it lives", () => {
    expect(acceptedIn(steps, "absent")).toEqual(new Set(["create", "createOverLimit"]));
    for (const state of ["down", "up", "upForOutput"]) {
      expect(acceptedIn(steps, state)).toContain("close");
      expect(acceptedIn(steps, state)).not.toContain("create");
    }
  });

  it("loses nothing but memory in a crash", () => {
    for (const { from, event, to } of steps) {
      if (event === "crash") expect([from.value, to.value]).not.toContain("absent");
    }
  });
});

describe("an over-limit unit", () => {
  function effectOf(input: ChunkInput, event: string): readonly string[][] {
    return walk(input)
      .filter(({ from, event: taken }) => from.value === "upForOutput" && taken === event)
      .map((step) => [...quotaOf(step)]);
  }

  it("is given back whenever the chunk is put down", () => {
    expect(effectOf(published, "down")).toEqual([["releaseQuota 0"], ["releaseQuota 1"]]);
  });

  it("leaks on close in the proposed fix, and does not in the corrected one", () => {
    expect(effectOf(published, "close")).toEqual([[], []]);
    expect(effectOf(hardened, "close")).toEqual([["releaseQuota 0"], ["releaseQuota 1"]]);
  });

  it("is given back by an exiting output in the hardened fix alone", () => {
    expect(effectOf(published, "detach")).toEqual([]);
    expect(effectOf(hardened, "detach")).toEqual([["releaseQuota 0"], ["releaseQuota 1"]]);
  });

  it("is not counted in a crash: the counters died with the process", () => {
    expect(effectOf(hardened, "crash")).toEqual([[], []]);
  });
});
