import { describe, expect, it } from "vitest";
import type { RecordedSettings } from "../../src/trace/trace-scope.ts";
import { validateTrace } from "../../src/trace/validate-trace.ts";
import { recordingNamed, releaseFor, traceOf } from "./recordings.ts";
import { linesOf, traceFrom, withFields } from "./trace-text.ts";

/** The first difference of a recording under limits that it was not made with. */
function under(name: string, wrong: RecordedSettings): { line: number; sentence: string } | null {
  const recording = recordingNamed(name);
  const settings = { ...recording.settings, ...wrong };
  const { differences } = validateTrace(traceOf(recording), releaseFor(recording), settings);
  const [first] = differences;
  return first === undefined ? null : { line: first.line, sentence: first.sentence };
}

/** The line of the first event of a kind. */
function firstOf(name: string, kind: string): number {
  return traceOf(recordingNamed(name)).events.find((event) => event.kind === kind)?.line ?? 0;
}

describe("a recording under limits that it was not made with", () => {
  it("a task map that is larger than the one that was full", () => {
    const name = "v304_deadlock_map8_up8";
    expect(under(name, { taskMapSize: 9 })).toEqual({
      line: firstOf(name, "map_full"),
      sentence: "the task map is full with 8 tasks, but its size is said to be 9",
    });
  });

  it("fewer outputs than its tasks have routes", () => {
    const name = "v304_tworoutes_map64_up8";
    expect(under(name, { outputs: 1 })).toEqual({
      line: firstOf(name, "task_create"),
      sentence: "the task has 2 routes, but the number of outputs is said to be 1",
    });
  });

  it("an output that there is not", () => {
    const recording = recordingNamed("v304_healthy_map8_up8");
    const line = firstOf(recording.name, "flush_start");
    const lines = linesOf(recording);
    const wrong = lines.with(line - 1, withFields(lines[line - 1] ?? "", { out: 1 }));
    const found = validateTrace(traceFrom(wrong), releaseFor(recording), recording.settings);
    expect(found.differences).toMatchObject([
      { line, sentence: "there is no output 1: the number of outputs is said to be 1" },
    ]);
  });

  it("a total beyond all measure is found at its line, and costs nothing", () => {
    const recording = recordingNamed("v304_healthy_map8_up8");
    const lines = linesOf(recording);
    const wrong = lines.with(9, withFields(lines[9] ?? "", { total: 1e12 }));
    const found = validateTrace(traceFrom(wrong), releaseFor(recording), recording.settings);
    expect(found.differences).toMatchObject([{ line: 10 }]);
    expect(found.scope.parameters["chunks"]).toBeLessThan(10);
  });
});
