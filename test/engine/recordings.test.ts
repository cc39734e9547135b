import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { describe, expect, it } from "vitest";

import { isRecovered } from "../../src/engine/simulation/outcome.ts";
import { markdownTable } from "../../src/report/markdown.ts";
import { type Circumstances, replay } from "./recording-replay.ts";
import { type RecordingRun, recordingRuns } from "./recording-run.ts";

const seeds = [1, 2, 3, 4, 5];

function runNamed(name: string): RecordingRun {
  const found = recordingRuns.find((run) => run.name === name);
  if (found === undefined) throw new Error(`no recording ${name}`);
  return found;
}

/**
 * As the traces have it: records come in 167 ms after a flush where flushes are 0.5 s apart, and in the
 * middle where they are 1 s apart. With 1024 descriptors 975 retries survived, each holding a timer.
 */
function recorded({ name, flush }: RecordingRun): Circumstances {
  return {
    inputOffset: flush === 1 ? 500 : 167,
    limits: name.includes("_fd1024_") ? { timerLimit: 975 } : {},
    onWholeSeconds: true,
  };
}

/** The same, but records and flush come at the same moment: the flush frees memory for the retries. */
function together(run: RecordingRun): Circumstances {
  return { ...recorded(run), inputOffset: 0 };
}

const races = ["v304_deadlock_map8_up8", "v304_pubfix_q2_map8_up8", "v511_deadlock_map8_up8"];

describe.each(recordingRuns)("$name", (run) => {
  const isLarge = run.limits.taskMapSize === undefined;

  it.each(isLarge ? [1] : seeds)("ends on the engine as it was recorded, seed %i", (seed) => {
    const { result, retriesSucceeded } = replay(run, seed, recorded(run));
    expect(result.stuckSince !== null, "stuck").toBe(run.chunksLeft > 0);
    expect(isRecovered(result.outcome), "recovered").toBe(run.chunksLeft === 0);
    expect(result.remainingChunks, "chunks left").toBe(run.chunksLeft);
    expect(retriesSucceeded, "retries that succeed").toBe(run.retriesSucceeded);
    expect(result.duplicated).toBe(0);
    if (run.outcome === "LOSS") expect(result.lost).toBeGreaterThan(0);
    else expect(result.lost).toBe(0);
    if (run.chunksLeft === 0 && run.outcome !== "LOSS") {
      expect(result.delivered).toBe(result.accepted * run.outputs);
    }
  });
});

describe("where the outcome is a race", () => {
  it.each(races)("%s ends otherwise if records come in with the flush", (name) => {
    const run = runNamed(name);
    for (const seed of seeds) {
      expect(replay(run, seed, recorded(run)).result.stuckSince, `seed ${seed}`).not.toBeNull();
      const other = replay(run, seed, together(run)).result;
      expect(other.stuckSince, `seed ${seed}`).toBeNull();
      expect(other.remainingChunks, `seed ${seed}`).toBe(0);
    }
  });

  it("late retries get more out of the proposed fix than punctual ones, and it stops all the same", () => {
    const run = runNamed("v304_pubfix_q2_map8_up8");
    for (const seed of seeds) {
      const late = { ...recorded(run), inputOffset: 83, onWholeSeconds: false };
      const { result, retriesSucceeded } = replay(run, seed, late);
      expect(retriesSucceeded, `seed ${seed}`).toBeGreaterThanOrEqual(6);
      expect(retriesSucceeded, `seed ${seed}`).toBeLessThanOrEqual(8);
      expect(result.remainingChunks, `seed ${seed}`).toBe(run.chunksLeft);
    }
  });

  it("the corrected fix has no race: it recovers either way", () => {
    const run = runNamed("v304_corrfix_q2_map8_up8");
    for (const seed of seeds) {
      for (const circumstances of [recorded(run), together(run)]) {
        expect(replay(run, seed, circumstances).result.remainingChunks, `seed ${seed}`).toBe(0);
      }
    }
  });
});

it("one offline output stops the healthy one, as recorded: 16 records reach it in 20 s", () => {
  const run = runNamed("v304_tworoutes_map64_up8");
  const healthy = { ...run, phases: run.phases.slice(0, 1) };
  const outage = { ...run, phases: run.phases.slice(0, 2) };
  for (const seed of seeds) {
    const before = replay(healthy, seed, recorded(run)).result.outputs[1]?.delivered ?? 0;
    const after = replay(outage, seed, recorded(run)).result.outputs[1]?.delivered ?? 0;
    expect(after - before, `seed ${seed}`).toBeLessThanOrEqual(32);
    expect(after - before, `seed ${seed}`).toBeGreaterThanOrEqual(8);
  }
});

/** e.g. `8 tasks, 8 up, quota 2`. */
function limitWords({ limits, release }: RecordingRun): string {
  const tasks = limits.taskMapSize ?? (release === "v5.1" ? 16_384 : 2048);
  const quota = limits.overLimitQuota === undefined ? "" : `, quota ${limits.overLimitQuota}`;
  return `${tasks} tasks, ${limits.maxChunksUp} up${quota}`;
}

function sideBySide(): string {
  const rows = recordingRuns.map((run) => {
    const { result, retriesSucceeded } = replay(run, 1, recorded(run));
    const lost = result.lost > 0 ? `, ${result.lost} records lost` : "";
    return [
      `\`${run.name}\``,
      `${run.release}: ${limitWords(run)}`,
      run.outcome.toLowerCase(),
      result.stuckSince === null ? `recovers${lost}` : `stuck since ${result.stuckSince} s`,
      `${run.retriesSucceeded} / ${retriesSucceeded}`,
      `${run.chunksLeft} / ${result.remainingChunks}`,
    ];
  });
  return markdownTable([
    [
      "recording",
      "release and limits",
      "recorded end",
      "end on the engine",
      "retries that succeed",
      "chunks left",
    ],
    ...rows,
  ]);
}

function bothOutcomes(): string {
  const outcome = (run: RecordingRun, circumstances: Circumstances): string => {
    const stuck = seeds.filter(
      (seed) => replay(run, seed, circumstances).result.stuckSince !== null,
    );
    return stuck.length === 0
      ? `recovers, seeds ${seeds.join(", ")}`
      : `stuck, seeds ${stuck.join(", ")}`;
  };
  return markdownTable([
    ["recording", "records 167 ms after a flush, as recorded", "records together with the flush"],
    ...[...races, "v304_corrfix_q2_map8_up8"].map((name) => {
      const run = runNamed(name);
      return [`\`${name}\``, outcome(run, recorded(run)), outcome(run, together(run))];
    }),
  ]);
}

function withTable(page: string, name: string, table: string): string {
  const begin = `<!-- ${name}: written by test/engine/recordings.test.ts -->`;
  const end = `<!-- end of ${name} -->`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/findings.md has no place for ${name}`);
  return `${page.slice(0, from + begin.length)}\n\n${table}\n\n${page.slice(to)}`;
}

it("the tables in docs/findings.md are these (vitest -u writes them)", async () => {
  const path = fileURLToPath(new URL("../../docs/findings.md", import.meta.url));
  const page = await readFile(path, "utf8");
  const written = withTable(
    withTable(page, "side by side", sideBySide()),
    "both outcomes",
    bothOutcomes(),
  );
  const options = await resolveConfig(path);
  await expect(await format(written, { ...options, parser: "markdown" })).toMatchFileSnapshot(path);
});
