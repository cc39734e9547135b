import { describe, expect, it } from "vitest";
import type { Mark } from "../../src/diagnose/run/mark.ts";
import { RunTimeline } from "../../src/diagnose/run/run-timeline.ts";

function mark(seconds: number, sequence = seconds): Mark {
  return { file: "log", line: sequence, at: null, time: seconds * 1000, sequence };
}

describe("what is kept of a run over time", () => {
  it("loses no event and no peak, however long the run is", () => {
    const timeline = new RunTimeline();
    const days = 40;
    let failed = 0;
    for (let hour = 0; hour < days * 24; hour++) {
      timeline.take(mark(hour * 3600), "failed", hour === 500 ? 77 : 3, 2048);
      failed++;
      if (hour % 7 === 0) timeline.take(mark(hour * 3600 + 1), "delivered", 2, 2048);
    }
    const { stretches, width } = timeline;
    expect(stretches.length).toBeLessThanOrEqual(480);
    expect(stretches.length).toBeGreaterThan(200);
    expect(stretches.reduce((sum, one) => sum + one.failed, 0)).toBe(failed);
    expect(Math.max(...stretches.map(({ waiting }) => waiting))).toBe(77);
    const peak = stretches.findIndex(({ waiting }) => waiting === 77);
    expect(Math.floor((500 * 3_600_000) / width)).toBe(peak);
  });

  it("keeps how many wait while nothing is logged", () => {
    const timeline = new RunTimeline();
    timeline.take(mark(0), "failed", 5, 8);
    timeline.take(mark(9), "delivered", 4, 8);
    expect(timeline.stretches.map(({ waiting }) => waiting)).toEqual([
      5, 5, 5, 5, 5, 5, 5, 5, 5, 5,
    ]);
    expect(timeline.stretches.at(-1)?.delivered).toBe(1);
  });

  it("knows since when the map is full, and the first refusal", () => {
    const timeline = new RunTimeline();
    timeline.take(mark(0), "failed", 8, 8);
    timeline.take(mark(1), "delivered", 7, 8);
    expect(timeline.mapFilled).toBeNull();
    timeline.take(mark(2), "failed", 8, 8);
    timeline.take(mark(3), "rescheduled", 8, 8);
    timeline.take(mark(4), "rescheduled", 8, 8);
    expect(timeline.mapFilled?.sequence).toBe(2);
    expect(timeline.refused?.sequence).toBe(3);
  });
});
