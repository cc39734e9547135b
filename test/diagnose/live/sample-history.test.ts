import { describe, expect, it } from "vitest";
import { SampleHistory } from "../../../src/diagnose/live/sample-history.ts";
import { judgeMetrics } from "../../../src/diagnose/judge/judge-metrics.ts";
import type { MetricsSample } from "../../../src/diagnose/metrics/metrics-sample.ts";

const limits = { taskMapSize: 8, taskMapIsKnown: true, maxChunksUp: 8 };

/** A sample each five seconds: how far deliveries and retries are, and how many chunks have a task. */
function sample(index: number, delivered: number, retries: number, busy: number): MetricsSample {
  return {
    place: { file: "engine", line: 0, at: String(index) },
    time: index * 5,
    version: null,
    started: null,
    storage: {
      inputs: new Map([
        [
          "tail.0",
          { total: 20, up: 12 - busy, down: 8 + index, busy, busyBytes: 0, overLimit: false },
        ],
      ]),
      filesystem: { up: 12 - busy, down: 8 + index },
    },
    outputs: new Map([["http.0", { delivered, retries, givenUp: 0, errors: 0, dropped: 0 }]]),
    inputs: new Map([["tail.0", index]]),
    paused: [],
  };
}

/** A day of an engine: it delivers, fails from a third of the day on, and does nothing from a half on. */
const day = Array.from({ length: 17_280 }, (_, index) => {
  const delivered = Math.min(index, 5760) * 10;
  const retries = index < 5760 ? 0 : Math.min(index, 8640) - 5760;
  return sample(index, delivered, retries, index < 5760 ? 0 : index < 8640 ? 5 : 7);
});

describe("the samples that a watch keeps", () => {
  it("are few, and say what all of them say", () => {
    const history = new SampleHistory();
    let most = 0;
    day.forEach((one, index) => {
      history.add(one);
      most = Math.max(most, history.samples.length);
      if (index % 720 !== 719) return;
      expect(judgeMetrics(history.samples, limits)).toEqual(
        judgeMetrics(day.slice(0, index + 1), limits),
      );
    });
    expect(most).toBeLessThan(100);
    // Since when it stands still is known for half a day.
    expect(judgeMetrics(history.samples, limits)[0]).toMatchObject({
      kind: "standing-still",
      since: { at: "8640" },
    });
  });

  it("tell whether more was delivered since a moment", () => {
    const history = new SampleHistory();
    for (const one of day.slice(0, 10)) history.add(one);
    expect(history.deliveredSince(40)).toBe(true);
    expect(history.deliveredSince(45)).toBe(false);
    expect(history.deliveredSince(46)).toBe(false);
    history.forget();
    expect(history.samples).toEqual([]);
  });
});
