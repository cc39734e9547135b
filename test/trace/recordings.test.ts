import { fluentBitParameters } from "../../models/fluent-bit-system.ts";
import { afterAll, describe, expect, it } from "vitest";
import { columns } from "../../src/report/columns.ts";
import { formatDifference } from "../../src/trace/trace-difference.ts";
import { traceSteps } from "../../src/trace/trace-steps.ts";
import { validateTrace, type TraceValidation } from "../../src/trace/validate-trace.ts";
import { recordings, releaseFor, traceOf, type Recording } from "./recordings.ts";

/**
 * What each recording comes to: events, actions, actions of the environment, chunks loaded at a restart and put down again, and what the model
 * says of the engine at its end.
 */
const pinned: Readonly<Record<string, readonly [number, number, number, number, string]>> = {
  v304_corrfix_q2_map8_up8: [18232, 3341, 10, 0, "drained"],
  v304_deadlock_map8_up8: [5531, 597, 2, 0, "stuck"],
  v304_dummy_rate5_flush037_map8_up8: [6311, 566, 2, 0, "stuck"],
  v304_healthy_map8_up8: [672, 288, 0, 0, "drained"],
  v304_mapfull_upfree_map8_up8: [2135, 738, 2, 0, "drained"],
  v304_outage_nosat_map64_up8: [1221, 477, 2, 0, "drained"],
  v304_pubfix_q2_map8_up8: [13590, 979, 4, 0, "stuck"],
  v304_restart_after_deadlock: [214, 60, 0, 8, "drained"],
  v304_tworoutes_map64_up8: [3056, 794, 2, 0, "drained"],
  v511_deadlock_map8_up8: [5972, 584, 2, 0, "stuck"],
  v511_healthy_map8_up8: [672, 288, 0, 0, "drained"],
  v511_restart_after_deadlock: [214, 60, 0, 8, "drained"],
};

const rows: string[][] = [];

/** Chunks that were loaded at a restart and put down again, which the model leaves out. */
function loaded({ knownDifferences }: TraceValidation): number {
  return knownDifferences.reduce((sum, { count }) => sum + count, 0);
}

function row(recording: Recording, validation: TraceValidation): string[] {
  const { taskMapSize, maxChunksUp, outputs, overLimitQuota } = fluentBitParameters(
    validation.scope.parameters,
  );
  return [
    recording.name,
    recording.release,
    `T=${taskMapSize} X=${maxChunksUp} M=${outputs} Q=${overLimitQuota}`,
    ...[
      validation.events,
      validation.actions,
      validation.environmentActions,
      loaded(validation),
      validation.differences.length,
    ].map(String),
    validation.ending.verdict,
    recording.outcome,
  ];
}

it("there are recordings, and each has its numbers pinned", () => {
  expect(recordings.map(({ name }) => name)).toEqual(Object.keys(pinned));
});

describe.each(recordings)("$name", (recording) => {
  const trace = traceOf(recording);
  const validation = validateTrace(trace, releaseFor(recording), recording.settings);
  rows.push(row(recording, validation));

  it("replays on the model without a difference", () => {
    expect(validation.differences.map(formatDifference)).toEqual([]);
    expect(validation.events).toBe(trace.events.length);
    expect(validation.breaksOffAt).toBeNull();
  });

  it("comes to the pinned numbers", () => {
    expect([
      validation.events,
      validation.actions,
      validation.environmentActions,
      loaded(validation),
      validation.ending.verdict,
    ]).toEqual(pinned[recording.name]);
  });

  it("leaves the model only at a restart, before the first dispatch", () => {
    const dispatched = trace.events.findIndex(({ kind }) => kind === "task_create");
    const firstDispatch = trace.events[dispatched]?.line ?? 0;
    for (const { name, first } of validation.knownDifferences) {
      expect(name).toBe("loadedAtRestart");
      expect(first.event).toBe("down");
      expect(first.line).toBeLessThan(firstDispatch);
      expect(first.recorded.tasks).toBe(0);
    }
    const isRestart = recording.name.includes("restart");
    expect(loaded(validation)).toBe(isRestart ? recording.settings.maxChunksUp : 0);
  });

  it("is stuck at the end exactly where it was seen to be", () => {
    expect(validation.ending.verdict === "stuck").toBe(recording.outcome.includes("DEADLOCK"));
    if (validation.ending.verdict !== "stuck") return;
    const { taskMapSize, maxChunksUp } = recording.settings;
    expect(validation.ending).toMatchObject({ up: maxChunksUp, tasks: taskMapSize, actions: [] });
  });

  it("has as many failed flushes as the driver counted", () => {
    const failed = [...traceSteps(trace.events)].filter(
      ({ meaning }) => meaning.kind === "action" && meaning.action === "flushRetry",
    );
    expect(failed).toHaveLength(recording.failedFlushes);
  });
});

afterAll(() => {
  const head = ["recording", "release", "sizes", "events", "actions", "environment"];
  const table = columns(
    [[...head, "loaded at a restart", "differences", "ending", "README"], ...rows],
    [3, 4, 5, 6, 7],
  );
  process.stdout.write(`${table}\n`);
});
