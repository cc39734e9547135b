import { describe, expect, it } from "vitest";
import type { EventKind } from "../../src/trace/trace-event.ts";
import { formatDifference } from "../../src/trace/trace-difference.ts";
import { validateTrace, type TraceValidation } from "../../src/trace/validate-trace.ts";
import { recordingNamed, releaseFor, traceOf, type Recording } from "./recordings.ts";
import { linesOf, parsed, traceFrom, withFields } from "./trace-text.ts";

/** Between them they have an event of every kind that was recorded. */
const corrupted = [
  "v304_corrfix_q2_map8_up8",
  "v304_pubfix_q2_map8_up8",
  "v304_tworoutes_map64_up8",
  "v304_restart_after_deadlock",
].map((name) => {
  const recording = recordingNamed(name);
  return { name, recording, lines: linesOf(recording).slice(0, 2200), trace: traceOf(recording) };
});

/** Events that change nothing: without one, a trace is as good as before. */
const inert: readonly EventKind[] = ["append", "map_full", "up_refused", "quota_exhausted"];

/** Numbers that are 0 or 1. */
const yesOrNo: readonly string[] = ["delete", "new", "set_down"];

/** How often an event of each kind is tampered with, in each recording. */
const samples = 2;

/** How many lines are read on after the one that was tampered with. */
const readOn = 50;

/** A step has at most this many events; where one does not fit, the step is what is pointed at. */
const longestStep = 5;

function validate(recording: Recording, lines: readonly string[]): TraceValidation {
  return validateTrace(traceFrom(lines), releaseFor(recording), recording.settings);
}

/** The line at which a trace is found to be wrong, or to be of something that is not modelled; null where it is not. */
function wrongAt(recording: Recording, lines: readonly string[]): number | null {
  const { differences, notModelled } = validate(recording, lines);
  for (const difference of differences) {
    expect(formatDifference(difference)).toMatch(/^trace\.ndjson:\d+: \w+ \S+\.flb: \S/);
  }
  return differences[0]?.line ?? notModelled?.line ?? null;
}

/** The lines of the first few events of each kind, not counting the first and last 20 events. */
function sampled(name: string): readonly (readonly [EventKind, number])[] {
  const one = corrupted.find((candidate) => candidate.name === name);
  const seen = new Map<EventKind, number>();
  const chosen: (readonly [EventKind, number])[] = [];
  for (const { kind, line } of one?.trace.events.slice(0, one.lines.length - 20) ?? []) {
    const count = seen.get(kind) ?? 0;
    if (count === samples) continue;
    seen.set(kind, count + 1);
    chosen.push([kind, line]);
  }
  return chosen;
}

describe.each(corrupted)("$name", ({ name, recording, lines, trace }) => {
  const chosen = sampled(name);
  const firstOfKind = chosen.filter(
    ([kind], index) => chosen.findIndex(([other]) => other === kind) === index,
  );

  it("is right as it is", () => {
    expect(wrongAt(recording, lines)).toBeNull();
  });

  it("an event removed is found, not before the place where it is missing", () => {
    const found = chosen.map(([kind, line]) => ({
      kind,
      line,
      at: wrongAt(recording, lines.slice(0, line + readOn).toSpliced(line - 1, 1)),
    }));
    const missed = found.filter(({ kind, at }) => at === null && !inert.includes(kind));
    expect(missed).toEqual([]);
    for (const { line, at } of found) expect(at ?? line).toBeGreaterThan(line - longestStep);
  });

  it("an event repeated is found at the repetition", () => {
    // The first chunk opened twice may be a process that was killed at once, and started again.
    const found = chosen.slice(1).map(([kind, line]) => {
      const repeated = lines.slice(0, line + readOn).toSpliced(line, 0, lines[line - 1] ?? "");
      return { kind, line, at: wrongAt(recording, repeated) };
    });
    const missed = found.filter(({ kind, at }) => at === null && !inert.includes(kind));
    expect(missed).toEqual([]);
    for (const { line, at } of found) expect(at ?? line).toBeGreaterThan(line - longestStep);
  });

  it("a wrong count of chunks up is found at its line", () => {
    for (const [, line] of firstOfKind) {
      const event = lines[line - 1] ?? "";
      const up = trace.events[line - 1]?.up ?? 0;
      const wrong = lines.slice(0, line + readOn).with(line - 1, withFields(event, { up: up + 1 }));
      expect(wrongAt(recording, wrong)).toBe(line);
    }
  });

  it("a wrong chunk is found at its line", () => {
    for (const [kind, line] of firstOfKind) {
      if (kind === "reschedule" || kind === "open_up" || kind === "open_down") continue;
      const wrong = lines
        .slice(0, line + readOn)
        .with(line - 1, withFields(lines[line - 1] ?? "", { chunk: "1-1.1.flb" }));
      const at = wrongAt(recording, wrong);
      expect(at, `${kind} at line ${line}`).not.toBeNull();
      expect(Math.abs((at ?? 0) - line), `${kind} at line ${line}`).toBeLessThan(longestStep);
    }
  });

  it("a number that contradicts the events before is found at its line", () => {
    for (const [kind, line] of firstOfKind) {
      const event = lines[line - 1] ?? "";
      for (const field of [
        "users",
        "attempts",
        "task",
        "was_up",
        "quota_used",
        "delete",
        "total",
        "routes",
        "new",
        "set_down",
      ]) {
        const value: unknown = new Map(Object.entries(parsed(event))).get(field);
        if (typeof value !== "number" || (kind === "task_create" && field === "task")) continue;
        const wrong = lines
          .slice(0, line + readOn)
          .with(
            line - 1,
            withFields(event, { [field]: yesOrNo.includes(field) ? 1 - value : value + 7 }),
          );
        const at = wrongAt(recording, wrong);
        expect(at, `${field} of ${kind} at line ${line}`).not.toBeNull();
        expect(Math.abs((at ?? 0) - line)).toBeLessThan(longestStep);
      }
    }
  });
});

describe("two events swapped", () => {
  const pairs: readonly (readonly [string, EventKind, EventKind])[] = [
    ["v304_tworoutes_map64_up8", "open_up", "append"],
    ["v304_tworoutes_map64_up8", "retry_dispatch", "flush_start"],
    ["v304_tworoutes_map64_up8", "up_force", "append"],
    ["v304_tworoutes_map64_up8", "flush_retry", "retry_create"],
    ["v304_corrfix_q2_map8_up8", "append", "down"],
    ["v304_corrfix_q2_map8_up8", "flush_ok", "task_destroy"],
    ["v304_corrfix_q2_map8_up8", "task_destroy", "close"],
    ["v304_corrfix_q2_map8_up8", "retry_create", "down"],
    ["v304_corrfix_q2_map8_up8", "retry_dispatch", "up_refused"],
    ["v304_corrfix_q2_map8_up8", "up_refused", "up_force"],
    ["v304_corrfix_q2_map8_up8", "up_force", "quota_take"],
    ["v304_corrfix_q2_map8_up8", "quota_take", "flush_start"],
    ["v304_corrfix_q2_map8_up8", "close", "quota_release"],
    ["v304_corrfix_q2_map8_up8", "down", "quota_release"],
    ["v304_tworoutes_map64_up8", "up", "task_create"],
    ["v304_mapfull_upfree_map8_up8", "up", "flush_start"],
    ["v304_pubfix_q2_map8_up8", "close", "quota_leak"],
    ["v304_pubfix_q2_map8_up8", "quota_exhausted", "reschedule"],
  ];

  it.each(pairs)("%s: %s and %s", (name, first, second) => {
    const recording = recordingNamed(name);
    const { events } = traceOf(recording);
    const index = events.findIndex(
      (event, at) =>
        event.kind === first &&
        events[at + 1]?.kind === second &&
        (events[at + 1]?.chunk === event.chunk || second === "reschedule"),
    );
    expect(index).toBeGreaterThanOrEqual(0);
    const lines = linesOf(recording).slice(0, index + readOn);
    const swapped = lines.toSpliced(index, 2, lines[index + 1] ?? "", lines[index] ?? "");
    expect(wrongAt(recording, lines)).toBeNull();
    const at = wrongAt(recording, swapped);
    expect(at).not.toBeNull();
    expect(Math.abs((at ?? 0) - (index + 1))).toBeLessThan(longestStep);
  });
});
