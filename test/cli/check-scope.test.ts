import { describe, expect, it } from "vitest";
import { defaultParameters, parameterNames } from "../../models/parameters.ts";
import { fields, list, parse, part } from "./json-value.ts";
import { run } from "./recording-terminal.ts";

function set(...settings: readonly string[]): readonly string[] {
  return settings.flatMap((setting) => ["--set", setting]);
}

describe("the exit code of one scope", () => {
  it("is 0 if everything holds", async () => {
    const { code, out } = await run(["check", ...set("taskMapSize=2", "maxChunksUp=2")]);
    expect(code).toBe(0);
    expect(out).not.toContain("violated");
    expect((await run(["check", "--release", "park"])).code).toBe(0);
  });

  it("is 1 if something is violated", async () => {
    const { code, out } = await run(["check", "--release", "v3.0.4"]);
    expect(code).toBe(1);
    expect(out).toContain("neverStuck        violated, 6 actions");
  });

  it("is 3 if a bound ended the search, which never says that anything holds", async () => {
    const words = ["check", "--release", "park", "--max-states", "5"];
    const text = await run(words);
    expect(text.code).toBe(3);
    expect(text.out).toContain("not complete: the search ended at the limit of 5 states after ");
    expect(text.out.replaceAll("should hold", "")).not.toMatch(/\bholds\b(?! once)/);
    expect(text.out).toMatch(/neverStuck +unknown/);

    const json = parse((await run([...words, "--json"])).out);
    expect(part(json, "runs", 0, "complete")).toBe(false);
    expect(part(json, "runs", 0, "endedBy")).toBe("the limit of 5 states");
    const verdicts = [...fields(part(json, "runs", 0, "properties")).values()].map((property) =>
      part(property, "verdict"),
    );
    expect(verdicts).toEqual(Array<string>(11).fill("unknown"));

    const markdown = await run([...words, "--markdown"]);
    expect(markdown.code).toBe(3);
    expect(markdown.out).toContain("\n\nnot complete: ");
    expect(markdown.out).not.toMatch(/\| holds \|/);
  });

  it("is 1 if a violation was found before the bound ended the search", async () => {
    const words = ["check", "--release", "v3.0.4", ...set("chunks=6"), "--max-states", "45"];
    const { code, out } = await run([...words, "--json"]);
    expect(code).toBe(1);
    const only = part(parse(out), "runs", 0);
    expect(part(only, "complete")).toBe(false);
    expect(part(only, "properties", "neverStuck")).toMatchObject({
      verdict: "violated",
      length: 6,
    });
    expect(part(only, "properties", "memoryBound", "verdict")).toBe("unknown");
  });

  it("is 3 at a bound on memory too", async () => {
    const words = set("chunks=12", "taskMapSize=4", "maxChunksUp=4", "overLimitQuota=1");
    const { code, out } = await run([
      "check",
      "--release",
      "park",
      ...words.slice(0, 6),
      ...set("outputs=3"),
      "--max-memory",
      "2",
    ]);
    expect(code).toBe(3);
    expect(out).toContain("not complete: the search ended at the limit of 2 MiB");
  });
});

describe("the JSON of one scope", () => {
  it("has the documented fields, and every parameter", async () => {
    const { out } = await run(["check", "--release", "published-fix", "--json"]);
    expect(out.endsWith("}\n")).toBe(true);
    const only = part(parse(out), "runs", 0);
    expect([...fields(only).keys()]).toEqual([
      "release",
      "parameters",
      "complete",
      "endedBy",
      "visited",
      "states",
      "transitions",
      "selfLoops",
      "mostUp",
      "neverEnabled",
      "delivers",
      "elapsedMs",
      "properties",
    ]);
    expect([...fields(part(only, "parameters")).keys()]).toEqual(parameterNames);
    expect(part(only, "parameters")).toEqual({
      ...defaultParameters,
      chunks: 2,
      taskMapSize: 1,
      maxChunksUp: 1,
      outputs: 1,
      routing: "all",
      retryLimit: "unlimited",
      overLimitQuota: 1,
      releaseOnClose: false,
      checkMapFirst: true,
      pauseOnChunksOverlimit: false,
      evictIdleWhenMapFull: false,
      crash: false,
      schedulerFails: false,
      shutdown: false,
      detachOnOutputExit: false,
    });
    expect(part(only, "elapsedMs")).toBeTypeOf("number");
  });

  it("tells a path with slot, output and the state after each step", async () => {
    const { out } = await run(["check", "--release", "v3.0.4", "--json"]);
    const neverStuck = part(parse(out), "runs", 0, "properties", "neverStuck");
    const path = list(neverStuck, "path");
    const steps = list(neverStuck, "steps");
    expect(steps.map((step) => part(step, "action"))).toEqual(path);
    for (const step of steps) {
      expect([...fields(step).keys()]).toEqual([
        "action",
        "slot",
        "output",
        "mask",
        "tells",
        "cFunction",
        "state",
      ]);
    }
    const point = Number(part(neverStuck, "pointOfNoReturn"));
    expect(point).toBeGreaterThanOrEqual(0);
    expect(point).toBeLessThan(path.length);
    const fails = steps.find((step) => part(step, "action") === "flushRetry");
    expect(fails).toMatchObject({ slot: 0, output: 0 });
    const last = part(steps.at(-1), "state");
    expect([part(last, "up"), part(last, "tasks")]).toEqual([1, 1]);
    const storages = list(last, "slots").map((slot) => part(slot, "chunk"));
    expect([...storages].sort()).toEqual(["down", "up"]);
  });

  it("writes counts above 2^53 as decimal strings", async () => {
    const words = set("chunks=30", "taskMapSize=3", "maxChunksUp=3", "overLimitQuota=1");
    const { out } = await run(["check", ...words, "--json"]);
    const only = part(parse(out), "runs", 0);
    expect(part(only, "states", "labelled")).toBe(3_649_992_862_444_866);
    expect(part(only, "transitions")).toBe("61080658087639806");
    expect(out).toContain('"transitions":"61080658087639806"');
  });
});

describe("the text of one scope", () => {
  it("shortens counts that nobody would read, and only those", async () => {
    const { out } = await run(["check", ...set("chunks=90")]);
    expect(out).toMatch(/\nabout \d\.\d{3}e\d+ states \(\d+ up to permutation\)/);
    const small = await run(["check", ...set("chunks=20")]);
    expect(small.out).toMatch(/\n\d+ states \(/);
  });

  it("is v3.0.4 where only parameters are given", async () => {
    const { out } = await run(["check", ...set("retryLimit=no_limits")]);
    expect(out.split("\n")[0]).toBe("v3.0.4  chunks 2, task map 1, max chunks up 1, outputs 1");
  });

  it("takes the last of several values", async () => {
    const { out } = await run(["check", ...set("chunks=3", "chunks=2")]);
    expect(out).toContain("\n34 states (18 up to permutation)");
  });
});

describe("the Markdown of one scope", () => {
  it("has a table of verdicts and one of each path", async () => {
    const { out, code } = await run(["check", "--release", "published-fix", "--markdown"]);
    expect(code).toBe(1);
    expect(out).toContain("### published-fix: chunks 2, task map 1");
    expect(out).toContain("| property | verdict | meaning |\n| --- | --- | --- |\n| memoryBound |");
    expect(out).toContain("#### quotaConserved: 8 actions");
    expect(out).toContain("| overLimitUp | what happened | C function |");
    const widths = out
      .split("\n\n")
      .filter((block) => block.startsWith("|"))
      .map(
        (block) =>
          new Set(
            block
              .trimEnd()
              .split("\n")
              .map((row) => row.split(" | ").length),
          ),
      );
    expect(widths.length).toBeGreaterThan(2);
    for (const width of widths) expect(width.size).toBe(1);
  });
});
