import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { gunzipSync } from "node:zlib";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { planSimulation } from "../../src/cli/simulate/simulate-settings.ts";
import { fields, list, parse, part } from "./json-value.ts";
import { run } from "./recording-terminal.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "unstuck-simulate-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The story at small limits: 12 tags, of which 8 fit into memory, and 8 tasks. */
const small = [
  "simulate",
  ...["--tasks", "8", "--max-chunks-up", "8", "--tags", "12", "--flush", "0.5"],
  ...["--scheduler-base", "1", "--scheduler-cap", "2"],
];
const story = ["--phases", "healthy 10s, outage 30s, healthy 1m"];

describe("without options", () => {
  it("it is the mission's story at Fluent Bit's own limits", () => {
    const { scenarios, outputNames } = planSimulation({});
    expect(scenarios.map(({ release }) => release.name)).toEqual(["v3.0.4", "hardened-fix"]);
    expect(outputNames).toEqual(["a"]);
    for (const { limits, phases, inputs, release } of scenarios) {
      expect(limits).toMatchObject({ maxChunksUp: 128, schedulerBase: 5, schedulerCap: 2000 });
      expect(limits.taskMapSize ?? release.taskMap.limit).toBe(2048);
      expect(phases.map(({ name, seconds }) => `${name} ${seconds}`)).toEqual([
        "healthy 60",
        "outage 7200",
        "healthy 3600",
      ]);
      expect(inputs?.map(({ tags, period }) => [tags.length, period])).toEqual([[140, 1000]]);
    }
  });
});

describe("--json", () => {
  it("has exactly the fields of its description, and what really happened", async () => {
    const { code, out, err } = await run([...small, ...story, "--json"]);
    expect(code).toBe(1);
    expect(err).toBe("");
    const json = parse(out);
    expect([...fields(json).keys()]).toEqual(["runs"]);
    expect(list(json, "runs")).toHaveLength(2);
    for (const one of list(json, "runs")) {
      expect([...fields(one).keys()]).toEqual([
        "release",
        "limits",
        "phases",
        "delivered",
        "lost",
        "duplicated",
        "mostUp",
        "mostTasks",
        "outcome",
        "recovered",
        "stuckSince",
        "unmoved",
        "heldUp",
        "backlogLeft",
        "remainingChunks",
      ]);
      expect(part(one, "lost")).toBe(0);
      expect(part(one, "duplicated")).toBe(0);
      expect(part(one, "mostTasks")).toBe(8);
      expect(part(one, "phases", 1)).toEqual({
        name: "outage",
        seconds: 30,
        down: [0],
        feeding: true,
      });
    }
    const [stuck, fixed] = list(json, "runs");
    expect(stuck).toMatchObject({
      release: "v3.0.4",
      mostUp: 8,
      outcome: "stuck",
      stuckSince: 12,
      recovered: false,
      unmoved: { longestWait: 4.6, planned: "the backoff of a retry" },
      heldUp: { deadlocked: true, tasks: 8, retries: 8, leakedTasks: 0, idleChunks: 12, up: 8 },
      remainingChunks: 20,
    });
    expect(fixed).toMatchObject({
      release: "hardened-fix",
      mostUp: 10,
      outcome: "recovered",
      stuckSince: null,
      recovered: true,
      unmoved: null,
      heldUp: null,
      backlogLeft: 0,
    });
    expect(part(fixed, "limits")).toEqual({
      taskMapSize: 8,
      maxChunksUp: 8,
      overLimitQuota: 2,
      retryLimit: "no_limits",
      schedulerBase: 1,
      schedulerCap: 2,
      pauseOnChunksOverlimit: false,
    });
  });

  it("depends on the seed, and on nothing else", async () => {
    const words = [...small, ...story, "--json", "--release", "hardened-fix"];
    const first = await run([...words, "--seed", "4"]);
    expect(await run([...words, "--seed", "4"])).toEqual(first);
    const log = (seed: string) => join(folder, `seed-${seed}.log`);
    await run([...words, "--seed", "4", "--log", log("4")]);
    await run([...words, "--seed", "5", "--log", log("5")]);
    expect(readFileSync(log("4"), "utf8")).not.toBe(readFileSync(log("5"), "utf8"));
  });
});

describe("the text", () => {
  it("plots every quantity, marks phases and the moment of getting stuck, and sums up", async () => {
    const { out } = await run([...small, ...story, "--release", "v3.0.4", "--release", "park"]);
    for (const label of ["chunks up", "chunks down", "tasks", "over the limit", "delivered"]) {
      expect(out.split("\n").filter((line) => line.startsWith(label)).length).toBeGreaterThan(1);
    }
    expect(out).toContain("phases                   ├──────");
    expect(out).toMatch(/├╳{10,}├─+\n/u);
    expect(out).toMatch(/^v3\.0\.4: stuck: nothing but a restart ends this\nstuck since 12s: /u);
    expect(out).toContain("longer than any planned wait (5s, the backoff of a retry)");
    expect(out).toContain("\npark: recovered\n");
    expect(out).toMatch(/^ +▲ stuck since 12s$/mu);
    expect(out).toMatch(/outcome +stuck: nothing but a restart ends this +recovered\n/u);
    expect(out).toMatch(/most bytes in memory +[\d.]+ [KM]?i?B/u);
  });

  it("has one scale for all releases, on which an engine that stopped is a flat line", async () => {
    const { out } = await run([...small, ...story, "--release", "v3.0.4", "--release", "park"]);
    const rows = (label: string): readonly (readonly string[])[] => {
      const lines = out.split("\n");
      return lines.flatMap((line, index) =>
        line.startsWith(label) ? [lines.slice(index, index + 3).map((row) => row.slice(25))] : [],
      );
    };
    const [stuck = [], fine = []] = rows("delivered  ");
    expect(stuck.slice(0, 2)).toEqual(["", ""]);
    expect(stuck[2]).toMatch(/^▁+▂+$/u);
    expect(fine[0]).toMatch(/█$/u);
    const [stopped = []] = rows("records/s");
    expect(stopped[2]).toMatch(/^▁{8}─{56}$/u);
  });

  it("keeps every line of the plot within 110 columns", async () => {
    const { out } = await run([...small, ...story]);
    const widest = Math.max(...out.split("\n").map((line) => Array.from(line).length));
    expect(widest).toBeLessThanOrEqual(110);
  });

  it("does not say what becomes of an outage that has not ended", async () => {
    const { code, out } = await run([
      ...["simulate", "--phases", "healthy 10s, outage 10s", "--tags", "3"],
      ...["--release", "v3.0.4"],
    ]);
    expect(code).toBe(0);
    expect(out).toContain("v3.0.4: an output is down: not known yet");
    expect(out).not.toContain("▲");
  });

  it("shows a progress line with virtual time on a terminal only", async () => {
    let now = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => (now += 300));
    const words = ["simulate", "--phases", "healthy 2m", "--tags", "3", "--release", "v3.0.4"];
    const shown = await run(words, { showsProgress: true });
    const piped = await run(words);
    clock.mockRestore();
    expect(shown.err).toContain("v3.0.4: virtual time 1m30s of 2m");
    expect(shown.out).not.toContain("virtual time");
    expect(piped.err).toBe("");
  });
});

describe("files", () => {
  it("--log writes Fluent Bit's words, one file a release", async () => {
    const log = join(folder, "story.log");
    await run([...small, ...story, "--log", log]);
    expect(existsSync(log)).toBe(false);
    const stuck = readFileSync(join(folder, "story.v3.0.4.log"), "utf8");
    const fixed = readFileSync(join(folder, "story.hardened-fix.log"), "utf8");
    expect(stuck).toMatch(/\[ warn\] \[engine\] failed to flush chunk '[\d.-]+flb', retry in \d/u);
    expect(stuck).toContain("[task] re-schedule retry=0x");
    expect(stuck).not.toContain("succeeded at retry");
    expect(fixed).toContain("succeeded at retry");
    expect(stuck).not.toContain("[debug]");
    await run([...small, ...story, "--release", "v3.0.4", "--log", log, "--log-level", "debug"]);
    expect(readFileSync(log, "utf8")).toContain("[debug] [task] created task=0x");
  });

  it("--html is a page that loads nothing", async () => {
    const html = join(folder, "story.html");
    await run([...small, ...story, "--html", html]);
    const page = readFileSync(html, "utf8");
    expect(page).toMatch(/^<!doctype html>/u);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toContain("connect-src");
    const packed = /id="data">([^<]*)</u.exec(page)?.[1] ?? "";
    const data = gunzipSync(Buffer.from(packed, "base64")).toString();
    for (const word of ["stuck: nothing but a restart ends this", "recovered", "re-schedule"]) {
      expect(data).toContain(word);
    }
  });

  it("are opened before the work begins", async () => {
    const { code, out, err } = await run(["simulate", "--svg", join(folder, "none", "x.svg")]);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toMatch(/x\.svg cannot be written \(ENOENT\)\n$/u);
  });
});

describe("--config", () => {
  const recorded = fileURLToPath(
    new URL(
      "../fixtures/config/recordings/v304_tworoutes_map64_up8/fluent-bit.conf",
      import.meta.url,
    ),
  );
  const config = ["simulate", "--config", recorded, "--fluent-bit", "3.0.4"];
  const phases = ["--phases", "healthy 10s, outage(out_a) 20s, healthy 30s, drain 20s"];

  it("takes limits, outputs and the release from it", async () => {
    const { out } = await run([...config, ...phases, "--tags", "4", "--json"]);
    const [own, fixed] = list(parse(out), "runs");
    expect(part(own, "release")).toBe("v3.0.4");
    expect(part(fixed, "release")).toBe("hardened-fix");
    expect(part(own, "limits")).toMatchObject({
      taskMapSize: 2048,
      maxChunksUp: 8,
      schedulerBase: 1,
      schedulerCap: 2,
    });
    expect(part(own, "phases", 1, "down")).toEqual([0]);
    expect(part(own, "remainingChunks")).toBe(0);
    expect(part(own, "delivered")).toBe(2 * 4 * 60);
  });

  it("makes up tags that go somewhere, and leaves out what is not on disk", async () => {
    const file = join(folder, "mixed.conf");
    writeFileSync(
      file,
      `[INPUT]
    name forward
    storage.type filesystem
[INPUT]
    name cpu
[OUTPUT]
    name http
    match app.*
    retry_limit 3
[OUTPUT]
    name null
    match cpu.*x
`,
    );
    const words = ["simulate", "--config", file, "--tags", "3", "--phases", "healthy 9s, drain 9s"];
    const json = parse((await run([...words, "--json"])).out);
    expect(part(json, "runs", 0, "delivered")).toBe(27);
    const limit = ["--retry-limit", "no_limits"];
    const outage = ["--phases", "outage 5m, drain 1h", ...["--scheduler-cap", "10"]];
    const dropped = await run([...words.slice(0, 5), ...outage, "--json"]);
    expect(part(parse(dropped.out), "runs", 0, "lost")).toBeGreaterThan(0);
    const kept = await run([...words.slice(0, 5), ...outage, ...limit, "--json"]);
    expect(part(parse(kept.out), "runs", 0, "lost")).toBe(0);
    const { out } = await run(words);
    expect(out).toContain("Note: 1 of 2 inputs are left out: they keep their chunks in memory.");
  });

  it("says where it sends what Fluent Bit would not", async () => {
    const file = join(folder, "types.conf");
    const input = (name: string): string =>
      `[INPUT]\n    name ${name}\n    storage.type filesystem\n`;
    writeFileSync(
      file,
      `${input("cpu")}${input("node_exporter_metrics")}[OUTPUT]
    name es
    match cpu.*
[OUTPUT]
    name prometheus_exporter
    match *
`,
    );
    const { out } = await run(["simulate", "--config", file, "--phases", "healthy 5s"]);
    expect(out).toContain(
      "Note: prometheus_exporter.1 takes no logs, but here it gets what cpu.0 makes",
    );
    expect(out).not.toContain("takes no metrics");
  });

  it.each([
    ["[INPUT]\n    name cpu\n[OUTPUT]\n    name null\n", "no input has storage.type filesystem"],
    [
      "[INPUT]\n    name cpu\n    storage.type filesystem\n[OUTPUT]\n    name null\n    match_regex ^c\n",
      ":6: the simulation knows Match only, not Match_Regex",
    ],
    ["[INPUT]\n    tag x\n[OUTPUT]\n    name null\n", "bad.conf:1: "],
  ])("is refused in a sentence: %j", async (text, sentence) => {
    const file = join(folder, "bad.conf");
    writeFileSync(file, text);
    const { code, err } = await run(["simulate", "--config", file]);
    expect(code).toBe(2);
    expect(err).toContain(file);
    expect(err).toContain(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
  });
});

describe("bad options", () => {
  it.each([
    [["--release", "v9"], 'there is no release "v9"; known releases are v3.0.1'],
    [["--phases", "healthy 5s", "--scenario", "x.yaml"], "exclude each other"],
    [["--fluent-bit", "3.0.4"], "--fluent-bit goes with --config"],
    [["--tasks", "0"], "a whole number of at least 1 is needed"],
    [["--rate", "0"], "a number above 0"],
    [["--retry-limit", "x"], "no_limits, no_retries or a whole number"],
    [["--sample-every", "x"], "seconds are needed"],
    [["--input-offset", "x"], "seconds are needed"],
    [["--outputs", "33", "--phases", "healthy 5s"], "at most 32 outputs, not 33"],
    [["--log-level", "loud"], "error, warn, info, debug"],
  ])("%j", async (words, sentence) => {
    const { code, out, err } = await run(["simulate", ...words]);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(sentence);
  });
});
