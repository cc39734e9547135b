import { describe, expect, it } from "vitest";
import { engineEvents, engineMachine } from "../../models/engine.ts";
import { inputEvents, inputMachine } from "../../models/input.ts";
import { outputEvents, outputMachine } from "../../models/output.ts";
import { taskEvents, taskMachine } from "../../models/task.ts";
import { acceptedIn, stepsOf } from "./walk.ts";

describe("the task", () => {
  const steps = stepsOf({
    name: "task",
    machine: taskMachine,
    perOutput: false,
    events: taskEvents,
  });

  it("takes one place of the map and gives it back", () => {
    expect(acceptedIn(steps, "vacant")).toEqual(new Set(["create"]));
    expect(acceptedIn(steps, "running")).toEqual(new Set(["destroy", "crash"]));
    for (const { from, to } of steps) expect(from.value).not.toBe(to.value);
  });
});

describe("the output", () => {
  const steps = stepsOf({
    name: "output",
    machine: outputMachine,
    perOutput: true,
    events: outputEvents,
  });

  it("answers OK exactly while it is online", () => {
    expect(acceptedIn(steps, "online")).toEqual(new Set(["accept", "goDown"]));
    expect(acceptedIn(steps, "offline")).toEqual(new Set(["refuse", "comeBack"]));
  });
});

describe.each([true, false])("the input, pause_on_chunks_overlimit %s", (pauses) => {
  const steps = stepsOf({
    name: "input",
    machine: inputMachine,
    input: { pauseOnChunksOverlimit: pauses },
    perOutput: false,
    events: inputEvents,
  });

  it("refuses records while it is paused, and pauses only if it is told to", () => {
    expect(steps.some(({ to }) => to.value === "paused")).toBe(pauses);
    expect(acceptedIn(steps, "running")).toContain("append");
    expect(acceptedIn(steps, "paused")).toEqual(new Set(pauses ? ["underLimit"] : []));
  });
});

describe("the engine", () => {
  const steps = stepsOf({
    name: "engine",
    machine: engineMachine,
    perOutput: false,
    events: engineEvents,
  });

  it("does nothing any more once it has stopped", () => {
    expect(steps.some(({ to }) => to.value === "stopped")).toBe(true);
    expect(acceptedIn(steps, "stopped")).toEqual(new Set());
  });

  it("runs again after a restart", () => {
    const restart = steps.find(({ event }) => event === "restart");
    expect(restart?.to.value).toBe("running");
  });
});
