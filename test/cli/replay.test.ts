import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../src/cli/command-line.ts";
import { style } from "../../src/report/style.ts";

const recordings = new URL("../fixtures/recordings/", import.meta.url);

function trace(name: string): string {
  return fileURLToPath(new URL(`${name}/model_trace.ndjson.gz`, recordings));
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

  it("finds the leak of the published fix where the corrected one is claimed", async () => {
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
