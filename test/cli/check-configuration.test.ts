import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fields, list, parse, part } from "./json-value.ts";
import { run } from "./recording-terminal.ts";

const recordings = "test/fixtures/config/recordings";
const handwritten = "test/fixtures/config/check";

async function judge(
  file: string,
  ...words: readonly string[]
): Promise<{ readonly code: number; readonly json: unknown }> {
  const time = words.includes("--time-limit") ? [] : ["--time-limit", "0"];
  const { code, out } = await run(["check", "--config", file, "--json", ...time, ...words]);
  return { code, json: parse(out) };
}

/** What the model says of each remedy: `neverStuck` of the scope that tells most. */
function remedies(json: unknown, property: string): ReadonlyMap<unknown, unknown> {
  return new Map(
    list(json, "remedies").map((remedy) => [
      part(remedy, "change"),
      part(remedy, "properties", property, "verdict"),
    ]),
  );
}

describe("the configuration of every recording", () => {
  const names = readdirSync(recordings);

  it("is there", () => {
    expect(names).toHaveLength(14);
  });

  it.each(names)("%s", async (name) => {
    const version = name.startsWith("v304") ? "3.0.4" : "5.1.1";
    const file = `${recordings}/${name}/fluent-bit.conf`;
    const { code, json } = await judge(file, "--fluent-bit", version);
    const taskMapSize = version === "3.0.4" ? 2048 : 16384;
    const maxChunksUp = Number(part(json, "configuration", "maxChunksUp"));
    expect(part(json, "configuration", "taskMapSize")).toBe(taskMapSize);
    expect(part(json, "configuration", "release")).toBe(version === "3.0.4" ? "v3.0.4" : "v5.1");

    if (name.includes("tworoutes")) {
      // Every chunk has two routes and is never put down: no deadlock, but one output stops the other.
      expect([code, part(json, "canGetStuck"), part(json, "lifted")]).toEqual([0, false, null]);
      expect(part(json, "isolation")).toBe("violated");
      return;
    }
    expect([code, part(json, "canGetStuck")]).toEqual([1, true]);
    const dummies = list(json, "configuration", "inputs").length;
    expect(dummies).toBeGreaterThan(0);
    expect(part(json, "lifted")).toEqual({
      taskMapSize,
      maxChunksUp,
      chunks: taskMapSize + maxChunksUp,
      words: "outputDown (ingest dispatch flushRetry)^T ingest^X outputUp",
      steps: 3 * taskMapSize + maxChunksUp + 2,
      up: maxChunksUp,
      tasks: taskMapSize,
      live: taskMapSize + maxChunksUp,
    });
    expect(part(json, "restartFrees")).toBe(true);
  });
});

describe("a configuration at the real sizes", () => {
  it.each([
    { version: "3.0.4", taskMapSize: 2048, steps: 6274 },
    { version: "3.0.1", taskMapSize: 2048, steps: 6274 },
    { version: "5.1.1", taskMapSize: 16384, steps: 49282 },
  ])("of v$version", async ({ version, taskMapSize, steps }) => {
    const file = `${handwritten}/one-route-each.conf`;
    const { json } = await judge(file, "--fluent-bit", version);
    expect(part(json, "lifted")).toMatchObject({
      taskMapSize,
      maxChunksUp: 128,
      chunks: taskMapSize + 128,
      live: taskMapSize + 128,
      steps,
    });
  });
});

describe("every number of chunks", () => {
  const long = ["--time-limit", "3600"];

  it.each([{ file: "one-route-each.conf", version: "3.0.4", least: 2048 + 128 }])(
    "$file, $version: exactly from $least live chunks on",
    async ({ file, version, least }) => {
      const { json } = await judge(`${handwritten}/${file}`, "--fluent-bit", version, ...long);
      expect(part(json, "everySize", "properties", "neverStuck")).toEqual({
        verdict: "refuted",
        condition: "N >= T + X",
        leastChunks: least,
        reason: null,
      });
      expect(part(json, "lifted", "chunks")).toBe(least);
    },
  );

  it("has no exact condition where inputs pause: with one place in memory they pause in time", async () => {
    const file = `${handwritten}/pause-on.conf`;
    const { json } = await judge(file, "--fluent-bit", "5.1.1", ...long);
    expect(part(json, "everySize", "properties", "neverStuck")).toMatchObject({
      verdict: "refuted",
      condition: null,
      reason: "no exact condition was found",
    });
    expect(part(json, "lifted", "chunks")).toBe(16384 + 32);
  });

  it("is proved never to get stuck where every chunk has two routes", async () => {
    const file = `${recordings}/v304_tworoutes_map64_up8/fluent-bit.conf`;
    const { json } = await judge(file, "--fluent-bit", "3.0.4", ...long);
    expect(part(json, "everySize", "properties", "neverStuck", "verdict")).toBe("proved");
    expect(part(json, "everySize", "properties", "isolation")).toMatchObject({
      verdict: "refuted",
      leastChunks: 9,
    });
  });

  it("is left out on request", async () => {
    const { json } = await judge(`${handwritten}/pause-on.conf`);
    expect(part(json, "everySize")).toBeNull();
  });
});

describe("what changes the verdict", () => {
  it("is answered by the model, for a chunk with one route", async () => {
    const { json } = await judge(`${handwritten}/one-route-each.conf`, "--fluent-bit", "3.0.4");
    expect([...remedies(json, "neverStuck")]).toEqual([
      ["storage.pause_on_chunks_overlimit on", "violated"],
      ["Retry_Limit 1", "violated"],
      ["Retry_Limit no_retries", "holds"],
      ["storage.max_chunks_up 256 (larger), with as many more chunks waiting", "violated"],
      ["a task map that is larger (newer version), with as many more chunks waiting", "violated"],
      ["fewer chunks waiting than task map + storage.max_chunks_up", "holds"],
      ["storage.type memory, with a Mem_Buf_Limit, for every input", "holds"],
      ["storage.total_limit_size 4456K for each output", "holds"],
      ["the proposed fix", "violated"],
      ["the corrected fix", "holds"],
      ["the hardened fix", "holds"],
      ["evict-idle (alternative fix)", "holds"],
      ["reserve-slot (alternative fix)", "holds"],
      ["park (candidate)", "holds"],
      ["park-breaker (candidate)", "holds"],
    ]);
  });

  it("is about isolation, for chunks with two routes", async () => {
    const { code, json } = await judge(`${handwritten}/both-match-all.conf`);
    expect([code, part(json, "canGetStuck"), part(json, "isolation")]).toEqual([
      0,
      false,
      "violated",
    ]);
    expect(remedies(json, "isolation").get("the hardened fix")).toBe("violated");
    expect(remedies(json, "isolation").get("park (candidate)")).toBe("holds");
    expect(remedies(json, "isolationFair").get("Retry_Limit 1")).toBe("violated");
    const file = `${handwritten}/both-match-all.conf`;
    const { out } = await run(["check", "--config", file, "--time-limit", "0"]);
    expect(out).toMatch(/Retry_Limit 1 +helps a little: the other output can go on, but may/);
  });

  it("does not offer what is there already", async () => {
    const paused = remedies((await judge(`${handwritten}/pause-on.conf`)).json, "neverStuck");
    expect(paused.get("storage.pause_on_chunks_overlimit off")).toBe("violated");
    expect(paused.has("storage.pause_on_chunks_overlimit on")).toBe(false);
    const none = remedies((await judge(`${handwritten}/no-retries.yaml`)).json, "neverStuck");
    expect(none.has("Retry_Limit no_limits")).toBe(true);
    expect(none.get("Retry_Limit no_limits")).toBe("violated");
    expect(none.has("Retry_Limit no_retries")).toBe(false);
  });
});

describe("handwritten configurations", () => {
  it.each([
    { file: "one-route-each.conf", code: 1, stuck: true, limit: "unlimited" },
    { file: "both-match-all.conf", code: 0, stuck: false, limit: "unlimited" },
    { file: "catch-all-last.conf", code: 0, stuck: false, limit: "unlimited" },
    { file: "metrics-without-retries.conf", code: 0, stuck: false, limit: "unlimited" },
    { file: "no-retries.yaml", code: 0, stuck: false, limit: 0 },
    { file: "finite-retry.yaml", code: 1, stuck: true, limit: 2 },
    { file: "pause-on.conf", code: 1, stuck: true, limit: "unlimited" },
  ])("$file", async ({ file, code, stuck, limit }) => {
    const judged = await judge(`${handwritten}/${file}`);
    expect(judged.code).toBe(code);
    expect(part(judged.json, "canGetStuck")).toBe(stuck);
    expect(part(judged.json, "runs", 0, "parameters", "retryLimit")).toBe(limit);
    expect(part(judged.json, "lifted") === null).toBe(!stuck);
  });

  it("cannot get stuck with memory storage only", async () => {
    const { code, json } = await judge(`${handwritten}/memory-only.yaml`);
    expect([code, part(json, "canGetStuck")]).toEqual([0, false]);
    expect(part(json, "runs", 0, "parameters", "storageType")).toBe("memory");
    expect(JSON.stringify(list(json, "consequences"))).toMatch(/pauses at/u);
    expect(list(json, "notDecided")).toEqual([]);
  });

  it("has the documented fields", async () => {
    const { json } = await judge(`${handwritten}/pause-on.conf`);
    expect([...fields(json).keys()]).toEqual([
      "configuration",
      "canGetStuck",
      "notDecided",
      "mechanism",
      "conditions",
      "consequences",
      "isolation",
      "everySize",
      "outputs",
      "simplifications",
      "runs",
      "lifted",
      "restartFrees",
      "remedies",
    ]);
  });

  it("names the version as it was given", async () => {
    for (const [given, shown] of [
      ["2.2", "v2.2, judged as release v3.0.1 of the model"],
      ["v4", "v4, judged as release v5.1 of the model"],
      ["9.1.0", "v9.1.0 (newer than any whose sources were read), judged as release v5.1"],
    ] as const) {
      const file = `${handwritten}/memory-only.yaml`;
      const { out } = await run(["check", "--config", file, "--fluent-bit", given]);
      expect(out.replaceAll(/\s+/gu, " ")).toContain(`Fluent Bit ${shown}`);
    }
  });
});
