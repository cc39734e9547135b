import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { release as correctedFix } from "../../models/releases/corrected-fix.ts";
import { release as hardenedFix } from "../../models/releases/hardened-fix.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { formatDifference } from "../../src/trace/trace-difference.ts";
import { validateTrace, type TraceValidation } from "../../src/trace/validate-trace.ts";
import { cut, type Cut } from "./cuts.ts";
import { traceFrom } from "./trace-text.ts";

/** Events and actions that are replayed, the end that the model sees, and known differences with their counts. */
type Agreeing = readonly [events: number, actions: number, ending: string, known: object];

/**
 * The beginnings of recordings that agree. Where a whole recording is here, the actions of an independent checker, that
 * came with it, are the same: 458 and a crash in `kill_metadata`, 456 and a crash in `kill_memory`, 356 in `downgrade`.
 */
const agreeing: Readonly<Record<string, Agreeing>> = {
  v304_corrfix_q2_shutdown_inflight_valgrind: [5180, 714, "working", { flushedAgain: 2 }],
  v304_hang_tworoutes_stock_map64_up8: [900, 172, "working", {}],
  v304_hardfix_q2_shutdown_inflight_valgrind: [4429, 575, "working", { flushedAgain: 2 }],
  v304_lab_deadlock_map8_up8: [1499, 332, "stuck", {}],
  v304_park_hold_chaos_map4_up3: [700, 108, "working", { forcedUp: 24 }],
  v304_park_hold_corrupt_map8_up8: [3390, 412, "working", { forcedUp: 8, turnLost: 8 }],
  v304_park_hold_downgrade_map8_up8: [
    1480,
    356,
    "working",
    { shutdown: 2, loadedAtRestart: 7, neverQueued: 7 },
  ],
  v304_park_hold_healthy_tags12_map8_up8: [700, 127, "working", { forcedUp: 12 }],
  v304_park_hold_map8_up8: [1598, 268, "working", { forcedUp: 12 }],
  v304_park_hold_tworoutes_kill_in_flight_map8_up8: [
    1900,
    323,
    "working",
    { forcedUp: 73, loadedAtRestart: 8, queuedLater: 29 },
  ],
  v304_park_hold_tworoutes_kill_memory_map8_up8: [
    1992,
    456,
    "drained",
    { forcedUp: 2, loadedAtRestart: 8, queuedLater: 16, owedAgain: 16 },
  ],
  v304_park_hold_tworoutes_kill_metadata_map8_up8: [
    1985,
    458,
    "drained",
    { loadedAtRestart: 8, queuedLater: 16 },
  ],
  v304_park_hold_tworoutes_map64_up8: [1200, 248, "working", {}],
  v304_park_hold_workers2_map8_up8: [1399, 239, "working", { forcedUp: 12 }],
  v304_park_none_map8_up8: [1598, 268, "working", { forcedUp: 12 }],
  v304_park_rest_map8_up8: [2095, 307, "working", { forcedUp: 197, rest: 27 }],
  v304_park_rest_tworoutes_map64_up8: [1299, 355, "working", { rest: 55 }],
};

/** The beginnings of recordings that use what is not modelled yet: the event, its line, and what is said of it. */
const notModelled: Readonly<Record<string, readonly [line: number, event: string, said: RegExp]>> =
  {
    v304_limit64k_deadlock_map8_up8: [305, "up_force", /to drop it, as with storage\.total_limit_/],
    v304_limit64k_hang_map64_up8: [82, "close", /nothing delivered .*, as with storage\.total_/],
    v304_membuf1k_tworoutes_aonly_map64_up8: [
      609,
      "flush_retry",
      /put down after a failed flush, though it goes to 2 outputs, as with mem_buf_limit/,
    ],
    v304_mix_F_M_map8_up8: [41, "append", /a chunk without a file, as with storage\.type memory/],
    v304_nodescriptors_map8_up8: [589, "retry_dispatch", /as with a chunk file that cannot be op/],
    v304_park_hold_limit64k_map8_up8: [1033, "up_force", /to drop it, as with storage\.total_lim/],
    v304_park_hold_memory_map8_up8: [1, "append", /as with storage\.type memory, which is not mod/],
    v304_pause_A_B_limit64k_map8_up8: [1024, "up_force", /is dropped.*, as with storage\.total_l/],
    v304_pause_latch_evict64k_map8_up8: [673, "up_force", /is dropped.*, as with storage\.total_/],
    v304_zombie5_header_map8_up8: [776, "retry_dispatch", /as with a chunk file that cannot be o/],
    v511_backlog_spin_map8_up8: [1767, "up_force", /to be queued, as with storage_backlog, which/],
    v511_dlq_400_map8_up8: [341, "flush_error", /as with FLB_ERROR, which is not modelled yet/],
    v511_dlq_retrylimit1_map8_up8: [431, "flush_retry", /copied into t\.0_.*, as with the dead l/],
    v511_flush_on_shutdown_hang_map8_up8: [637, "down", /as with storage\.backlog\.flush_on_sh/],
  };

function validate({ lines, release, settings }: Cut, against = release): TraceValidation {
  return validateTrace(traceFrom(lines), against, settings);
}

it("every beginning has its numbers pinned", () => {
  const files = readdirSync(new URL("../fixtures/recording-cuts/", import.meta.url));
  const cuts = files.filter((file) => file.endsWith(".gz"));
  const names = [...Object.keys(agreeing), ...Object.keys(notModelled)];
  expect(cuts.sort()).toEqual(names.map((name) => `${name}.ndjson.gz`).sort());
});

describe.each(Object.entries(agreeing))("%s", (name, [events, actions, ending, known]) => {
  const validation = validate(cut(name));

  it("agrees with the model, but for known differences", () => {
    expect(validation.differences.map(formatDifference)).toEqual([]);
    expect(validation.notModelled).toBeNull();
    const counts = validation.knownDifferences.map((one) => [one.name, one.count]);
    expect(Object.fromEntries(counts)).toEqual(known);
  });

  it("comes to the pinned numbers", () => {
    expect([validation.events, validation.actions, validation.ending.verdict]).toEqual([
      events,
      actions,
      ending,
    ]);
  });
});

describe.each(Object.entries(notModelled))("%s", (name, [line, event, said]) => {
  it("stops at what is not modelled yet, and says so", () => {
    const validation = validate(cut(name));
    expect(validation.differences.map(formatDifference)).toEqual([]);
    expect(validation.notModelled).toMatchObject({ line, event });
    expect(validation.notModelled?.sentence).toMatch(said);
    expect(validation.events).toBe(line - 1);
  });
});

describe("a build held against another release", () => {
  it.each([
    { name: "v304_park_hold_map8_up8", against: v304, said: "the release has no gate" },
    {
      name: "v304_lab_deadlock_map8_up8",
      against: park,
      said: "the model expects 12332-1795803317.199456523.flb to be new, the trace has it old",
    },
    {
      name: "v304_hardfix_q2_shutdown_inflight_valgrind",
      against: correctedFix,
      said: "the model leaves the mark of an exiting output on the chunk",
    },
    {
      name: "v304_corrfix_q2_shutdown_inflight_valgrind",
      against: hardenedFix,
      said: "the chunk is closed while it is charged to an output, and in the model it is not",
    },
  ])("$name against $against.name", ({ name, against, said }) => {
    expect(validate(cut(name), against).differences[0]?.sentence).toBe(said);
  });
});
