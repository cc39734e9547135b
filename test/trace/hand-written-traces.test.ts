import { describe, expect, it } from "vitest";
import type { Release } from "../../models/description.ts";
import { release as correctedFix } from "../../models/releases/corrected-fix.ts";
import { release as evictIdle } from "../../models/releases/evict-idle.ts";
import { release as v301 } from "../../models/releases/v3.0.1.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { formatDifference } from "../../src/trace/trace-difference.ts";
import type { RecordedSettings } from "../../src/trace/trace-scope.ts";
import { validateTrace, type TraceValidation } from "../../src/trace/validate-trace.ts";
import { traceFrom } from "./trace-text.ts";

type Event = readonly [
  e: string,
  chunk: string,
  up: number,
  total: number,
  fields?: object | undefined,
];

function validate(
  events: readonly Event[],
  release: Release,
  settings: RecordedSettings = {},
): TraceValidation {
  const lines = events.map(([e, chunk, up, total, fields]) =>
    JSON.stringify({ t: 0, up, total, e, ...(chunk === "" ? {} : { chunk }), ...fields }),
  );
  return validateTrace(traceFrom(lines), release, settings);
}

function found(validation: TraceValidation): readonly string[] {
  return validation.differences.map(formatDifference);
}

const first = { task: 0, out: 0, users: 0 };
const second = { task: 0, out: 0, users: 1 };

/** A chunk with a task waits for a retry; another one is made. T = X = 1. */
const outage: readonly Event[] = [
  ["open_up", "a", 1, 0],
  ["append", "a", 1, 1, { new: 1, is_up: 1, set_down: 0 }],
  ["task_create", "a", 1, 1, { task: 0, routes: 1 }],
  ["flush_start", "a", 1, 1, first],
  ["flush_retry", "a", 1, 1, second],
  ["retry_create", "a", 1, 1, { ...second, attempts: 1, routes: 1 }],
  ["down", "a", 0, 1],
];
const another: readonly Event[] = [
  ["open_up", "b", 1, 1],
  ["append", "b", 1, 2, { new: 1, is_up: 1, set_down: 0 }],
];
const rescheduled: readonly Event[] = [
  ["retry_dispatch", "a", 1, 2, { task: 0, out: 0, is_up: 0 }],
  ["up_refused", "a", 1, 2],
  ["reschedule", "", 1, 2, { task: 0, out: 0, attempts: 1 }],
];

describe("what no recording shows", () => {
  it("the smallest deadlock is stuck, and only then", () => {
    expect(validate(outage, v304).ending).toMatchObject({
      verdict: "working",
      actions: ["retryFire"],
    });
    const stuck = validate([...outage, ...another, ...rescheduled], v304);
    expect(found(stuck)).toEqual([]);
    expect(stuck.ending).toEqual({ verdict: "stuck", actions: [], live: 2, up: 1, tasks: 1 });
    expect(validate([], v304).ending.verdict).toBe("drained");
  });

  it("a chunk brought up without a task: v3.0.1 does it, v3.0.4 does not", () => {
    const early: readonly Event[] = [
      ...outage.slice(0, 4),
      ["open_down", "b", 1, 1],
      ["up_force", "b", 2, 2],
      ["down", "b", 1, 2],
      ...outage.slice(4, 6).map(([e, chunk, up, , fields]): Event => [e, chunk, up, 2, fields]),
      ["down", "a", 0, 2],
      ["up", "b", 1, 2],
      ["map_full", "b", 1, 2],
      ...rescheduled,
    ];
    expect(found(validate(early, v301))).toEqual([]);
    expect(validate(early, v301).ending.verdict).toBe("stuck");
    expect(found(validate(early, v304))).toEqual([
      "trace.ndjson:11: up b: the model does not allow dispatchWithoutTask here " +
        "(trace: 2 chunks, 1 up, 1 tasks; model: 2 chunks, 0 up, 1 tasks, " +
        'the chunk is "down vacant routed" and may nothing)',
    ]);
  });

  it("an idle chunk put down while the map is full: only evict-idle does it", () => {
    const evicted: readonly Event[] = [
      ...outage,
      ...another,
      ["alt_down", "b", 1, 2],
      ["down", "b", 0, 2],
      ["retry_dispatch", "a", 0, 2, { task: 0, out: 0, is_up: 0 }],
      ["up", "a", 1, 2],
      ["flush_start", "a", 1, 2, first],
    ];
    expect(found(validate(evicted, evictIdle))).toEqual([]);
    expect(validate(evicted, v304).differences[0]).toMatchObject({ line: 10, event: "alt_down" });
  });

  it("a retry takes free memory before it takes quota", () => {
    const due: Event = ["retry_dispatch", "a", 0, 1, { task: 0, out: 0, is_up: 0 }];
    const free: readonly Event[] = [
      ...outage,
      due,
      ["up", "a", 1, 1],
      ["flush_start", "a", 1, 1, first],
    ];
    expect(found(validate(free, correctedFix))).toEqual([]);
    const hasty: readonly Event[] = [
      ...outage,
      due,
      ["up_refused", "a", 0, 1],
      ["up_force", "a", 1, 1],
      ["quota_take", "a", 1, 1, { quota_used: 1 }],
      ["flush_start", "a", 1, 1, first],
      ["flush_ok", "a", 1, 1, second],
    ];
    expect(validate(hasty, correctedFix).differences[0]).toMatchObject({
      line: 8,
      sentence: "the model does not allow retryFireOverLimit here",
    });
  });

  it("a delivery dropped at Retry_Limit", () => {
    const dropped: readonly Event[] = [
      ...outage,
      ["retry_dispatch", "a", 0, 1, { task: 0, out: 0, is_up: 0 }],
      ["up", "a", 1, 1],
      ["flush_start", "a", 1, 1, first],
      ["flush_retry", "a", 1, 1, second],
      ["task_destroy", "a", 1, 1, { task: 0 }],
      ["close", "a", 0, 1, { delete: 1, was_up: 1 }],
      ["open_up", "c", 1, 0],
    ];
    expect(found(validate(dropped, v304, { retryLimit: 1 }))).toEqual([]);
    expect(validate(dropped, v304, { retryLimit: 2 }).differences[0]).toMatchObject({
      line: 11,
      sentence: "the model does not allow flushDrop here",
    });
    expect(validate(dropped, v304).differences[0]?.line).toBe(11);
  });

  it("a retry that could not be re-scheduled, and the chunk deleted", () => {
    const lost: readonly Event[] = [
      ...outage,
      ...another,
      ...rescheduled.slice(0, 2),
      ["task_destroy", "a", 1, 2, { task: 0 }],
      ["close", "a", 1, 2, { delete: 1, was_up: 0 }],
      ["open_down", "c", 1, 1],
      ["up_force", "c", 2, 2],
      ["down", "c", 1, 2],
    ];
    const validation = validate(lost, v304);
    expect(found(validation)).toEqual([]);
    expect(validation.ending).toMatchObject({ live: 2, up: 1, tasks: 0, actions: ["dispatch"] });
  });

  it("a retry that could not be scheduled at all", () => {
    const lost: readonly Event[] = [
      ...outage,
      ["task_destroy", "a", 0, 1, { task: 0 }],
      ["close", "a", 0, 1, { delete: 1, was_up: 0 }],
      ["open_up", "c", 1, 0],
    ];
    expect(found(validate(lost, v304))).toEqual([]);
    expect(validate(lost, v304).ending).toMatchObject({ live: 1, up: 1, tasks: 0 });
  });

  it("a chunk that goes to one of two outputs is put down; one that goes to both is not, but for mem_buf_limit", () => {
    const one = validate([...outage, ["open_up", "c", 1, 1]], v304, { outputs: 2 });
    expect(found(one)).toEqual([]);
    expect(one.scope.parameters["routing"]).toBe("any");
    const both = outage.map(([e, chunk, up, total, fields]): Event => [
      e,
      chunk,
      up,
      total,
      fields !== undefined && "routes" in fields ? { ...fields, routes: 2 } : fields,
    ]);
    const two = validate([...both, ["open_up", "c", 1, 1]], v304, { outputs: 2 });
    expect(found(two)).toEqual([]);
    expect(two.notModelled).toMatchObject({
      line: 5,
      sentence:
        "the chunk is put down after a failed flush, though it goes to 2 outputs, " +
        "as with mem_buf_limit on a filesystem input, which is not modelled yet",
    });
  });

  it("a trace that breaks off before a chunk for one of two outputs is flushed", () => {
    const dispatched: readonly Event[] = [
      ["open_up", "a", 1, 0],
      ["append", "a", 1, 1, { new: 1, is_up: 1, set_down: 0 }],
      ["open_up", "b", 2, 1],
      ["append", "b", 2, 2, { new: 1, is_up: 1, set_down: 0 }],
      ["task_create", "a", 2, 2, { task: 0, routes: 1 }],
      ["task_create", "b", 2, 2, { task: 1, routes: 1 }],
      ["flush_start", "a", 2, 2, { task: 0, out: 1, users: 0 }],
    ];
    const sizes = { taskMapSize: 2, maxChunksUp: 2, outputs: 2 };
    for (const end of [6, 7]) {
      expect(found(validate(dispatched.slice(0, end), v304, sizes))).toEqual([]);
    }
  });

  it("FLB_ERROR is not in the model", () => {
    const failed: readonly Event[] = [
      ...outage.slice(0, 4),
      ["flush_error", "a", 1, 1, second],
      ["task_destroy", "a", 1, 1, { task: 0 }],
      ["close", "a", 0, 1, { delete: 1, was_up: 1 }],
      ["open_up", "c", 1, 0],
    ];
    const { differences, notModelled } = validate(failed, v304);
    expect(differences).toEqual([]);
    expect(notModelled).toMatchObject({
      line: 5,
      sentence:
        "the output refuses the chunk for good, as with FLB_ERROR, which is not modelled yet",
    });
  });

  it("a dispatch that was refused though the model allows it", () => {
    const roomForB: readonly Event[] = [
      ...outage,
      ["retry_dispatch", "a", 0, 1, { task: 0, out: 0, is_up: 0 }],
      ["up", "a", 1, 1],
      ["flush_start", "a", 1, 1, first],
      ["open_down", "b", 1, 1],
      ["flush_ok", "a", 1, 2, second],
      ["task_destroy", "a", 1, 2, { task: 0 }],
      ["close", "a", 0, 2, { delete: 1, was_up: 1 }],
    ];
    const { differences } = validate(
      [...roomForB, ["up_refused", "b", 0, 1], ...another.slice(1)],
      v304,
    );
    expect(differences).toMatchObject([
      { line: 15, sentence: "the dispatch was refused, but the model allows it" },
    ]);
  });

  it("nothing but closing follows a shutdown", () => {
    const closed: readonly Event[] = [
      ...outage,
      ["task_destroy", "a", 0, 1, { task: 0 }],
      ["up", "a", 1, 1],
      ["close", "a", 0, 1, { delete: 0, was_up: 1 }],
    ];
    expect(found(validate(closed, v304))).toEqual([]);
    expect(validate(closed, v304).ending).toMatchObject({ live: 1, tasks: 1 });
    const deleted = closed.with(-1, ["close", "a", 0, 1, { delete: 1, was_up: 1 }]);
    expect(validate(deleted, v304).notModelled?.sentence).toBe(
      "the file is deleted, and nothing delivered the chunk, " +
        "as with storage.total_limit_size, which is not modelled yet",
    );
    const whileStopping: readonly Event[] = [
      ...outage,
      ...another,
      ["task_destroy", "a", 1, 2, { task: 0 }],
      ["up_refused", "a", 1, 2],
      ["up_force", "a", 2, 2],
      ["close", "a", 1, 2, { delete: 0, was_up: 1 }],
      ["close", "b", 0, 1, { delete: 1, was_up: 1 }],
    ];
    expect(validate(whileStopping, v304).differences[0]?.sentence).toBe(
      "the file is deleted, and nothing delivered the chunk",
    );
    const appended: Event = ["append", "a", 0, 1, { new: 0, is_up: 0, set_down: 0 }];
    const after = [...closed.slice(0, -2), appended, ...closed.slice(-2)];
    expect(validate(after, v304).differences[0]).toMatchObject({
      line: 9,
      sentence: "the engine was shut down; only closing is left to do",
    });
  });
});
