import { describe, expect, it } from "vitest";
import { endingEvents, engineEvents, engineMachine, segregateEvent } from "../../models/engine.ts";
import { inputEvents, inputMachine } from "../../models/input.ts";
import { hangEvents, outputEvents, outputMachine } from "../../models/output.ts";
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
    events: [...outputEvents, ...hangEvents],
  });

  it("answers OK exactly while it is online", () => {
    expect(acceptedIn(steps, "online")).toEqual(new Set(["accept", "fail", "goDown", "hang"]));
    expect(acceptedIn(steps, "offline")).toEqual(new Set(["refuse", "fail", "comeBack"]));
  });

  it("answers nothing while it hangs", () => {
    expect(acceptedIn(steps, "hung")).toEqual(new Set(["unhang"]));
  });
});

describe("the input", () => {
  const steps = stepsOf({
    name: "input",
    machine: inputMachine,
    perOutput: false,
    perInput: true,
    events: inputEvents,
  });

  it("refuses records while it is paused, and goes on only if it is asked to", () => {
    expect(acceptedIn(steps, "running")).toEqual(new Set(["append", "protect", "restart"]));
    expect(acceptedIn(steps, "paused")).toEqual(new Set(["setLimits", "restart"]));
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

  it("serves no input any more once it is ending", () => {
    const ending = stepsOf({
      name: "engine",
      machine: engineMachine,
      perOutput: false,
      events: [...engineEvents, ...endingEvents, segregateEvent],
    });
    expect(acceptedIn(ending, "ending")).toEqual(new Set(["work", "segregate", "stop"]));
    expect(acceptedIn(ending, "segregated")).toEqual(new Set(["work", "stop"]));
  });

  it("runs again after a restart", () => {
    const restart = steps.find(({ event }) => event === "restart");
    expect(restart?.to.value).toBe("running");
  });
});
