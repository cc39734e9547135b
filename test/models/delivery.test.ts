import { describe, expect, it } from "vitest";
import { deliveryEvents, deliveryMachine } from "../../models/delivery.ts";
import { acceptedIn, stepsOf, type LocalStep } from "./walk.ts";

function walk(retryLimit: number | "unlimited"): readonly LocalStep[] {
  return stepsOf({
    name: "delivery",
    machine: deliveryMachine,
    input: { retryLimit },
    perOutput: true,
    events: deliveryEvents,
  });
}

function used({ context }: LocalStep["from"]): number {
  return Number(context["retriesUsed"]);
}

describe.each([1, 2, 5])("the delivery with Retry_Limit %i", (limit) => {
  const steps = walk(limit);

  it("uses as many retries as it may, and no more", () => {
    expect(Math.max(...steps.map(({ to }) => used(to)))).toBe(limit);
  });

  it("is given up exactly when they are used", () => {
    const dropped = steps.filter(
      ({ event, from }) => event === "drop" && from.value === "flushing",
    );
    expect(dropped.map(({ from }) => used(from))).toEqual([limit]);
    for (const { from } of steps.filter(({ event }) => event === "retry")) {
      expect(used(from)).toBeLessThan(limit);
    }
  });

  it("uses one for each scheduled retry, and none for a reschedule", () => {
    for (const { from, event, to } of steps) {
      if (event === "retry") expect(used(to)).toBe(used(from) + 1);
      if (event === "fire" || event === "reschedule") expect(used(to)).toBe(used(from));
    }
  });

  it("forgets them when it ends", () => {
    for (const { to } of steps) {
      if (["delivered", "dropped", "lost", "routed", "unrouted"].includes(to.value)) {
        expect(used(to)).toBe(0);
      }
    }
  });
});

describe("the delivery without Retry_Limit", () => {
  const steps = walk("unlimited");

  it("counts nothing and is never given up", () => {
    expect(steps.map(({ to }) => used(to)).every((count) => count === 0)).toBe(true);
    const dropping = steps.filter(({ to }) => to.value === "dropped");
    expect(new Set(dropping.map(({ event }) => event))).toEqual(new Set(["fail", "drop"]));
    expect(
      dropping.filter(({ event, from }) => event === "drop" && from.value === "flushing"),
    ).toEqual([]);
  });

  it("is owed until it is delivered or lost", () => {
    expect(acceptedIn(steps, "retry")).toEqual(
      new Set([
        ...["fire", "reschedule", "lose", "crash"],
        ...["clear", "evict", "orphan", "pin", "readAgain"],
      ]),
    );
    expect(acceptedIn(steps, "delivered")).toEqual(new Set(["clear", "crash"]));
    expect(acceptedIn(steps, "unrouted")).toEqual(new Set(["route"]));
  });

  it("is routed again after a crash: the routes are in the file", () => {
    const crashed = steps.filter(({ event }) => event === "crash");
    expect(new Set(crashed.map(({ to }) => to.value))).toEqual(new Set(["routed"]));
  });
});
