import { describe, expect, it } from "vitest";
import { judgeMetricsAlone, judgeWhole, readRecording } from "./judged-recording.ts";

const folder = "test/fixtures/diagnose";

interface Expected {
  readonly name: string;
  /** What leads, run by run: by the log alone, and by log and metrics where that is another. */
  readonly log: readonly string[];
  readonly both?: readonly string[];
  /** The line of the last attempt, where the last run is stuck. */
  readonly since?: number;
}

// What happened stands in the README of the recordings; the names say the limits.
const recorded: readonly Expected[] = [
  { name: "v304_deadlock_map8_up8", log: ["map-waits"] },
  { name: "v511_deadlock_map8_up8", log: ["map-waits"] },
  { name: "v304_pristine_map2048_up128", log: ["map-waits"], since: 1216 },
  { name: "v304_healthy_map8_up8", log: ["healthy"] },
  { name: "v304_mapfull_upfree_map8_up8", log: ["healthy"], both: ["draining"] },
  { name: "v304_tworoutes_map64_up8", log: ["healthy"], both: ["draining"] },
  { name: "v304_hang_tworoutes_stock_map64_up8", log: ["healthy"], both: ["failing"] },
  { name: "v304_mix_F_M_map8_up8", log: ["map-waits"] },
  { name: "v304_pause_oneinput_map8_up8", log: ["map-waits"] },
  { name: "v304_membuf1k_tworoutes_bothdown_newtags_map8_up8", log: ["map-waits"] },
  {
    name: "v304_membuf1k_tworoutes_aonly_newtags_map64_up8",
    log: ["blocked"],
    both: ["snapshot-waits"],
  },
  { name: "v304_zombie_all8_header_map8_up8", log: ["all-unreadable", "healthy"] },
  { name: "v511_zombie5_header_map8_up8", log: ["unreadable"] },
  {
    name: "v304_restart_while_stuck_map8_up8",
    log: ["map-waits", "healthy"],
    both: ["map-waits", "draining"],
  },
  { name: "v304_restart_feeding_while_stuck_map8_up8", log: ["map-waits", "map-waits"] },
  { name: "v304_nodescriptors_map8_up8", log: ["crashed"] },
  { name: "v304_pause_latch_evict64k_map8_up8", log: ["exited"] },
  { name: "v304_limit256k_deadlock_slow_map8_up8", log: ["evicted"] },
  { name: "v511_pause_latch_evict64k_map8_up8", log: ["refused"] },
  { name: "v511_reload_after_backlog_map8_up8", log: ["map-waits", "healthy", "healthy"] },
  { name: "v511_reload_backlog_map8_up8", log: ["map-waits", "waits-to-end"] },
  {
    name: "v511_dlq_restart_up128",
    log: ["given-up", "silent"],
    both: ["given-up", "letters-hold-memory"],
  },
  {
    name: "v511_dlq_restart_drained_map64_up8",
    log: ["given-up", "silent"],
    both: ["given-up", "letters-hold-memory"],
  },
  { name: "v511_backlog_spin_map8_up8", log: ["map-waits", "no-timer"] },
];

describe("what is said of recordings of real engines", () => {
  it.each(recorded)("$name", ({ name, log, both, since }) => {
    const recording = readRecording(folder, name);
    const byLog = judgeWhole(recording, false);
    expect(byLog.map(({ findings }) => findings[0]?.kind)).toEqual(log);
    const together = judgeWhole(recording, true);
    expect(together.map(({ findings }) => findings[0]?.kind)).toEqual(both ?? log);
    if (since !== undefined) expect(byLog.at(-1)?.findings[0]?.since?.line).toBe(since);
  });

  it("says what stuck engines have in common by metrics alone", () => {
    for (const { name, log } of recorded) {
      const recording = readRecording(folder, name);
      const isStuck = judgeMetricsAlone(recording).includes("snapshot-waits");
      const ends = log.at(-1) === "map-waits" || name.includes("aonly_newtags");
      expect([name, isStuck]).toEqual([name, ends]);
    }
  });

  it("calls an input paused for good where nothing can resume it", () => {
    const recording = readRecording(folder, "v511_pause_latch_evict64k_map8_up8");
    const [diagnosis] = judgeWhole(recording, true);
    expect(diagnosis?.findings).toContainEqual(
      expect.objectContaining({ kind: "paused", input: "in_A", forGood: true }),
    );
  });

  it("calls a reload stuck where nothing is left that could end it", () => {
    const recording = readRecording(folder, "v511_reload_backlog_map8_up8");
    expect(judgeWhole(recording, true).at(-1)?.findings[0]).toMatchObject({
      kind: "waits-to-end",
      verdict: "stuck",
      chunks: 58,
    });
  });

  it("counts what is lost", () => {
    const [run] = judgeWhole(readRecording(folder, "v304_nodescriptors_map8_up8"), false);
    expect(run?.findings).toContainEqual(expect.objectContaining({ kind: "no-timer", chunks: 14 }));
  });
});
