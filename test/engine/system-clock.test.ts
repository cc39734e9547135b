import { afterEach, beforeEach, expect, it, vi } from "vitest";
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
