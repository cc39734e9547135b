import { describe, expect, it } from "vitest";
import { attacked } from "../../attack/attacked.ts";
import { watchKey, watchVerdict } from "../../../src/report/diagnosis/watch-report.ts";
import { readRecording, recordingNames } from "../judged-recording.ts";
import { faultsOf, watchRecording, type Tick, type WatchVariant } from "./watched-recording.ts";

// RECORDINGS=FOLDER watches every recording of a folder.
const folder = process.env["RECORDINGS"] ?? "test/fixtures/diagnose";

const variants: readonly (readonly [string, WatchVariant])[] = [
  ["metrics alone", { log: false, isLost: () => false }],
  ["metrics and log", { log: true, isLost: () => false }],
  ["every third answer lost", { log: false, isLost: (index) => index % 3 === 1 }],
  ["two of three answers lost", { log: true, isLost: (index) => index % 3 !== 0 }],
];

/** The verdicts in the order in which they were shown. */
function shown(ticks: readonly Tick[]): readonly string[] {
  const verdicts: string[] = [];
  let last = "";
  for (const { status } of ticks) {
    const key = watchKey(status);
    if (key !== last) verdicts.push(watchVerdict(status));
    last = key;
  }
  return verdicts;
}

async function watched(name: string, variant: WatchVariant): Promise<readonly Tick[]> {
  return watchRecording(readRecording(folder, name), variant);
}

describe("recordings of real engines, watched as they were polled", () => {
  it.each(recordingNames(folder))("%s", { timeout: 60_000 }, async (name) => {
    const recording = readRecording(folder, name);
    for (const [what, variant] of variants) {
      const ticks = await watchRecording(recording, variant);
      expect(ticks.length).toBeGreaterThan(10);
      attacked("answers of recorded engines that were watched", ticks.length);
      expect([what, faultsOf(recording, ticks)]).toEqual([what, { falseStuck: [], falseWell: [] }]);
      if (variant.isLost(1)) continue;
      // A line for each change, not for each answer.
      expect(shown(ticks).length).toBeLessThan(ticks.length / 2);
    }
  });
});

describe.skipIf(process.env["RECORDINGS"] !== undefined)("a watch", () => {
  it.each([
    "v304_deadlock_map8_up8",
    "v304_pristine_map2048_up128",
    "v304_restart_feeding_while_stuck_map8_up8",
    "v511_deadlock_map8_up8",
    "v511_dlq_restart_up128",
  ])("says that %s is stuck, and does not take it back", async (name) => {
    for (const log of [false, true]) {
      const ticks = await watched(name, { log, isLost: (index) => index % 4 === 1 });
      expect(shown(ticks).at(-1)).toBe("stuck");
    }
  });

  it.each(["v304_healthy_map8_up8", "v304_mapfull_upfree_map8_up8", "v304_tworoutes_map64_up8"])(
    "never says so of %s",
    async (name) => {
      for (const log of [false, true]) {
        const ticks = await watched(name, { log, isLost: () => false });
        expect(shown(ticks)).not.toContain("stuck");
        expect(["healthy", "draining"]).toContain(shown(ticks).at(-1));
      }
    },
  );

  it("begins anew with a new process, also where nothing was ever delivered", async () => {
    // Until then it was stuck, with 8 retries and no delivery; the new process tells of its storage after five seconds.
    const ticks = await watched("v511_backlog_spin_map8_up8", { log: false, isLost: () => false });
    expect(shown(ticks)).toEqual([
      "undecided",
      "undecided",
      "failing",
      "stuck",
      "undecided",
      "failing",
    ]);
  });

  it("says that there is no answer, and judges by no old one", async () => {
    const name = "v304_healthy_map8_up8";
    const ticks = await watched(name, { log: false, isLost: (index) => index > 8 });
    expect(shown(ticks).slice(-2)).toEqual(["healthy", "unanswered"]);
    const lost = ticks.findIndex(({ isAnswered }) => !isAnswered);
    const [one, two] = [ticks[lost], ticks[lost + 1]];
    expect(one === undefined ? "" : watchVerdict(one.status)).toBe("healthy");
    expect(two?.status).toMatchObject({
      diagnoses: [],
      unanswered: { why: "breaks the connection", since: (one?.time ?? 0) * 1000 },
    });
  });

  it("tells why the process ended, where the log does", async () => {
    const name = "v304_nodescriptors_map8_up8";
    const ticks = await watched(name, { log: true, isLost: () => false });
    expect(shown(ticks).at(-1)).toBe("stopped");
  });
});
