import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../src/cli/command-line.ts";
import { style } from "../../src/report/style.ts";

const recordings = new URL("../fixtures/recordings/", import.meta.url);

function trace(name: string): string {
  return fileURLToPath(new URL(`${name}/model_trace.ndjson.gz`, recordings));
}

function cutFile(name: string): string {
  return fileURLToPath(new URL(`../fixtures/recording-cuts/${name}.ndjson.gz`, import.meta.url));
}

async function replay(...words: string[]): Promise<{ exit: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const exit = await runCommandLine(["replay", ...words], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    style: style(false),
    width: Number.POSITIVE_INFINITY,
    showsProgress: false,
  });
  return { exit, out, err };
}

const limits = ["--set", "taskMapSize=8", "--set", "maxChunksUp=8"];

describe("unstuck replay", () => {
  it("says that the deadlocked engine did what the model allows, and is stuck", async () => {
    const { exit, out, err } = await replay(trace("v304_deadlock_map8_up8"), ...limits);
    expect(err).toBe("");
    expect(out).toContain("The recording and the model agree.");
    expect(out).toContain("stuck: 20 chunks are left, 8 in memory, 8 with a task");
    expect(exit).toBe(0);
  });

  it("finds the leak of the proposed fix where the corrected one is claimed", async () => {
    const quota = [...limits, "--set", "overLimitQuota=2"];
    const file = trace("v304_pubfix_q2_map8_up8");
    const published = await replay(file, "--release", "published-fix", ...quota, "--json");
    expect(published.exit).toBe(0);
    expect(JSON.parse(published.out)).toMatchObject({
      differences: [],
      ending: { verdict: "stuck" },
    });
    const corrected = await replay(file, "--release", "corrected-fix", ...quota);
    expect(corrected.exit).toBe(1);
    expect(corrected.out).toMatch(/model_trace\.ndjson\.gz:\d+: /);
  });

  it("says of a trace that differs what was the case before its first difference", async () => {
    const { out, exit } = await replay(
      trace("v304_deadlock_map8_up8"),
      ...limits.with(1, "taskMapSize=7"),
    );
    expect(exit).toBe(1);
    expect(out).toContain("before line 68  working: 12 chunks are left");
    expect(out).not.toContain("at the end");
  });

  it("takes the number of chunks from the trace, and says so instead of ignoring another one", async () => {
    const file = trace("v304_deadlock_map8_up8");
    const { out } = await replay(file, ...limits);
    expect(await replay(file, ...limits, "--set", "chunks=3")).toEqual({
      exit: 0,
      out,
      err: "unstuck: replay settles chunks itself: --set chunks=3 changes nothing\n",
    });
  });

  it("names what the model is known to leave out, with how often and where first", async () => {
    const file = cutFile("v304_park_hold_tworoutes_kill_memory_map8_up8");
    const words = [file, "--release", "park", ...limits, "--set", "outputs=2"];
    const { exit, out, err } = await replay(...words);
    expect(err).toBe("");
    expect(out).toContain("agree, but for what the model is known to leave out.");
    expect(out).toMatch(
      /restart: the backlog is queued later, and in portions\s+16 times\s+first in line \d+/,
    );
    expect(exit).toBe(0);
    const json: unknown = JSON.parse((await replay(...words, "--json")).out);
    expect(json).toMatchObject({
      differences: [],
      notModelled: null,
      knownDifferences: [
        { count: 2 },
        { name: "restart: chunks that were loaded are put down again", count: 8 },
        { name: "restart: the backlog is queued later, and in portions", count: 16 },
        { count: 16 },
      ],
    });
  });

  it("stops at what is not modelled yet, in one sentence with file, line, event and mechanism", async () => {
    const file = cutFile("v304_mix_F_M_map8_up8");
    const { exit, out } = await replay(file, ...limits);
    expect(exit).toBe(3);
    expect(out).toContain("Not decided: the replay stops before line 41; up to there both agree.");
    expect(out).toContain(
      `${file}:41: append 16903-1795805708.542454253.flb: records are added to a chunk without a file, ` +
        "as with storage.type memory, which is not modelled yet (",
    );
    const json: unknown = JSON.parse((await replay(file, ...limits, "--json")).out);
    expect(json).toMatchObject({ events: 40, differences: [], knownDifferences: [] });
  });

  it("refuses a file without an event", async () => {
    const folder = mkdtempSync(join(tmpdir(), "unstuck-replay-"));
    const file = join(folder, "trace.ndjson");
    for (const [content, sentence] of [
      ["", "no event is in the file"],
      ["\n\n", "no event is in the file"],
      ['{"t":1', "the file breaks off before its first event is over"],
    ] as const) {
      writeFileSync(file, content);
      expect(await replay(file, ...limits)).toEqual({
        exit: 2,
        out: "",
        err: `unstuck: ${file}: ${sentence}\n`,
      });
    }
    rmSync(folder, { recursive: true });
  });

  it("refuses bad input in one sentence", async () => {
    const missing = await replay("no-such-file", ...limits);
    expect(missing).toMatchObject({ exit: 2, out: "" });
    expect(missing.err).toMatch(/^unstuck: cannot read no-such-file: .*\n$/);
    expect(await replay(trace("v304_deadlock_map8_up8"))).toMatchObject({
      exit: 2,
      err: "unstuck: replay needs --set taskMapSize and --set maxChunksUp\n",
    });
  });
});
