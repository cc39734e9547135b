import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { steadyClock } from "../../src/engine/platform/steady-clock.ts";
import { systemClock } from "../../src/engine/platform/system-clock.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("waits as long as it can for what is further away than a timer can measure", () => {
  const callback = vi.fn();
  systemClock.schedule(1e15, callback);
  vi.advanceTimersByTime(2 ** 31 - 2);
  expect(callback).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(callback).toHaveBeenCalledOnce();
});

it("the steady clock goes on when somebody puts the clock on the wall back or forward", () => {
  vi.useRealTimers();
  const before = steadyClock.now();
  const wall = vi.spyOn(Date, "now");
  for (const jump of [-3_600_000, 3_600_000]) {
    wall.mockReturnValue(before + jump);
    expect(systemClock.now()).toBe(before + jump);
    expect(Math.abs(steadyClock.now() - before)).toBeLessThan(60_000);
  }
  wall.mockRestore();
  expect(Number.isInteger(steadyClock.now())).toBe(true);
});
