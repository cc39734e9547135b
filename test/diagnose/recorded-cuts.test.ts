import { describe, expect, it } from "vitest";
import { judgeCuts, readRecording, recordingNames, type Faults } from "./judged-recording.ts";

// RECORDINGS=FOLDER CUTS=600 judges every recording of a folder, at that many lines each.
const folder = process.env["RECORDINGS"] ?? "test/fixtures/diagnose";
const cuts = Number(process.env["CUTS"] ?? 30);
const beginnings =
  process.env["RECORDINGS"] === undefined ? [0, 0.5] : [0, 0.1, 0.25, 0.5, 0.75, 0.9];

describe("recordings of real engines, cut at many lines", () => {
  it.each(recordingNames(folder))(
    "%s: never falsely stuck, never falsely well",
    { timeout: 120_000 },
    (name) => {
      const recording = readRecording(folder, name);
      const faults: Faults = { cuts: 0, falseStuck: [], falseWell: [] };
      for (const from of beginnings) {
        for (const info of [true, false]) {
          for (const metrics of [true, false]) {
            judgeCuts(recording, { info, metrics, from, cuts }, faults);
          }
        }
      }
      expect(faults).toMatchObject({ falseStuck: [], falseWell: [] });
      expect(faults.cuts).toBeGreaterThan(cuts);
    },
  );
});
