import { describe, expect, it } from "vitest";
import type { Role } from "../../models/description.ts";
import { defaultParameters } from "../../models/parameters.ts";
import { release as park } from "../../models/releases/park.ts";
import { acceptedIn, stepsOf, type LocalStep } from "./walk.ts";

function walk(name: string, retryLimit: number | "unlimited"): readonly LocalStep[] {
  const roles = park.describe({ ...defaultParameters, retryLimit }).slot;
  return roles.filter((role: Role) => role.name === name).flatMap(stepsOf);
}

function failures({ context }: LocalStep["from"]): number {
  return Number(context["failures"]);
}

describe("a parked delivery", () => {
  it("holds nothing while it waits: it is owed, flushing or settled", () => {
    const states = walk("delivery", "unlimited").flatMap(({ from, to }) => [from.value, to.value]);
    expect(new Set(states)).toEqual(new Set(["settled", "owed", "flushing"]));
  });

  it("counts failures up to Retry_Limit, is dropped there, and forgets them in a crash", () => {
    const steps = walk("delivery", 2);
    expect(Math.max(...steps.map(({ to }) => failures(to)))).toBe(2);
    const dropped = steps.filter(({ event }) => event === "drop");
    expect(dropped.map(({ from }) => failures(from))).toEqual([2]);
    for (const { event, to } of steps) {
      if (event === "crash" || to.value === "settled") expect(failures(to)).toBe(0);
    }
  });

  it("counts no failure without Retry_Limit", () => {
    expect(walk("delivery", "unlimited").every(({ to }) => failures(to) === 0)).toBe(true);
  });
});

describe("the age of an idle chunk", () => {
  const steps = walk("age", "unlimited");

  it("passes the gate once, and becomes new again only in a crash or by leaving the queue", () => {
    expect(acceptedIn(steps, "none")).toEqual(new Set(["enqueue"]));
    expect(acceptedIn(steps, "new")).toEqual(new Set(["promote", "leave"]));
    expect(acceptedIn(steps, "old")).toEqual(new Set(["leave", "crash"]));
    expect(steps.find(({ event }) => event === "crash")?.to.value).toBe("new");
  });
});
