import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { modelVariable, systemVariable } from "../../src/compile/load-releases.ts";
import { list, parse, part } from "./json-value.ts";
import { run } from "./recording-terminal.ts";

const pool = ["--model", "test/fixtures/systems/worker-pool.js"];
const collector = ["--system", "otel-collector"];
const folder = mkdtempSync(join(tmpdir(), "unstuck-systems-"));

afterEach(() => {
  Reflect.deleteProperty(process.env, modelVariable);
  Reflect.deleteProperty(process.env, systemVariable);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("a worker pool from outside, with parameters and words of its own", () => {
  it("is checked: a dead worker that nobody replaces stops the pool", async () => {
    const { code, out } = await run(["check", ...pool, "--set", "deaths=true"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^plain {2}jobs 2, workers 1, queueSize 1, deaths$/mu);
    expect(out).toMatch(
      /^11 states \(6 up to permutation\), 16 transitions, .* at most 1 queued/mu,
    );
    expect(out).toMatch(/^neverStuck, recovery: 4 actions$/mu);
    expect(out).toMatch(/^4 !? +die \(job 0\) +dead +queued /mu);
    expect(out).not.toMatch(/chunks? (?:\d|up)/u);
  });

  it.each([
    [["deaths=true", "replaced=true", "jobs=4", "workers=2"], 0],
    [["deaths=true", "jobs=2", "workers=2"], 0],
    [["deaths=true", "jobs=3", "workers=2"], 1],
  ])("with %j the exit code is %i", async (settings, expected) => {
    const set = settings.flatMap((one) => ["--set", one]);
    expect((await run(["check", ...pool, ...set])).code).toBe(expected);
  });

  it("is proved for every number of jobs, workers and places", async () => {
    const { code, out } = await run(["prove", ...pool, "--set", "deaths=true"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^plain, with deaths=true: every N, W and Q of at least 1$/mu);
    expect(out).toMatch(/^workersBound: proved$/mu);
    expect(out).toMatch(/^neverStuck: violated if and only if N >= W \+ 1$/mu);
    expect(out).toMatch(/^ {2}N >= W \+ 1: submit \(start submit die\)\^W$/mu);
  });

  it("is drawn, put on a page, and into test vectors", async () => {
    const drawn = (await run(["chart", ...pool, "--mermaid"])).out;
    expect(drawn).toContain("participant jobMachine as job");
    const page = join(folder, "page.html");
    await run(["check", ...pool, "--html", page]);
    expect(readFileSync(page, "utf8")).toContain("<title>unstuck: plain</title>");
    const vectors = join(folder, "vectors");
    expect((await run(["generate", ...pool, "--out", vectors])).code).toBe(0);
    const index: unknown = parse(readFileSync(join(vectors, "index.json"), "utf8"));
    expect(list(index, "files").length).toBeGreaterThan(2);
  });

  it.each([
    ["workers=0", 'workers must be a whole number from 1 to 1000000, not "0"'],
    ["replaced=true", "replaced means nothing without deaths=true"],
    ["chunks=3", 'there is no parameter "chunks"; known parameters are jobs, workers, '],
  ])("--set %s is refused in its own words", async (setting, says) => {
    const { code, err } = await run(["check", ...pool, "--set", setting]);
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  });
});

describe("--system otel-collector", () => {
  const issue12532 = ["requests=2", "block=true", "crash=running"];

  it("gives the same JSON as for Fluent Bit", async () => {
    const set = issue12532.flatMap((one) => ["--set", one]);
    const words = ["check", ...collector, "--release", "v0.129", ...set, "--json"];
    const { code, out } = await run(words);
    const [only] = list(parse(out), "runs");
    expect(code).toBe(1);
    expect(part(only, "release")).toBe("v0.129");
    expect(part(only, "states")).toEqual({ labelled: 114, canonical: 64 });
    expect([part(only, "transitions"), part(only, "selfLoops"), part(only, "mostUp")]).toEqual([
      360, 0, 2,
    ]);
    expect(part(only, "properties", "startEnds", "length")).toBe(4);
    expect(part(only, "properties", "startEnds", "path")).toEqual([
      ...["offer", "dispatch", "offer", "crash"],
    ]);
    expect(part(only, "properties", "sizeBound", "steps", 2, "state")).toMatchObject({
      slots: [{ request: "exporting" }, { request: "queued" }],
      ...{ process: "run", backend: "up", lock: "free", stored: 2, busy: 1, size: [1] },
    });
  });

  it("checks the usual release of the system where none is named", async () => {
    const { code, out } = await run(["check", ...collector]);
    expect(code).toBe(0);
    expect(out).toMatch(/^v0\.159 {2}requests 2, queueSize 1, consumers 1$/mu);
  });

  it("proves for every size when more is stored than the queue may hold", async () => {
    const words = ["prove", ...collector, "--release", "v0.129", "--json"];
    const { out } = await run(words);
    const [only] = list(parse(out), "runs");
    expect(part(only, "properties", "sizeBound", "condition")).toBe("N >= Q + 1");
    expect(part(only, "properties", "startEnds", "verdict")).not.toBe("proved");
  });

  it("draws it, and writes it for other model checkers", async () => {
    expect((await run(["chart", ...collector, "--mermaid"])).out).toContain("offerBlocked");
    expect((await run(["chart", "request", ...collector, "--mermaid"])).out).toContain("backoff");
    const { out } = await run(["export", ...collector, "--release", "v0.129", "--promela"]);
    expect(out).toContain("#define queueSize 1");
  });

  it.each([
    [["check", "--system", "otel"], 'there is no system "otel"; known systems are fluent-bit, '],
    [["check", ...collector, "--release", "park"], 'there is no release "park"'],
    [["check", ...collector, "--config", "x.conf"], "--config is about Fluent Bit"],
    [["prove", ...collector, "--outputs", "2"], "has no outputs"],
    [["prove", ...collector, "--set", "consumers=2"], "a proof is for every size"],
  ])("%j is refused in one sentence", async (words, says) => {
    const { code, err } = await run(words);
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  });
});

describe("--system fluentd", () => {
  const fluentd = ["--system", "fluentd"];

  it("checks the usual release of the system, in its own words", async () => {
    const { code, out } = await run(["check", ...fluentd]);
    expect(code).toBe(0);
    expect(out).toMatch(/^v1\.19 {2}slots 2, limit 1, threads 1$/mu);
    expect(out).toMatch(
      /^26 states \(14 up to permutation\), 78 transitions, .* at most 1 buffered/mu,
    );
  });

  it("shows what is not counted any more", async () => {
    const set = ["slots=3", "limit=2", "threads=2", "mode=immediate", "retryMax=0"];
    const words = [...set.flatMap((one) => ["--set", one]), "--json"];
    const [only] = list(parse((await run(["check", ...fluentd, ...words])).out), "runs");
    expect(part(only, "properties", "limitHolds", "length")).toBe(8);
    expect(part(only, "properties", "limitHolds", "steps", 5, "state")).toMatchObject({
      slots: [{ chunk: "absent" }, { chunk: "writing" }, { chunk: "absent" }],
      ...{ process: "run", backend: "down", retry: "none", buffered: 1, held: 1, drift: [1] },
    });
  });

  it("proves of no number of retries that is 0 that it holds from 1 on", async () => {
    const words = ["prove", ...fluentd, "--release", "v1.19", "--set", "retryMax=0"];
    const { out } = await run(words);
    expect(out).toMatch(/^v1\.19, with retryMax=0: every N, L and F of at least 1$/mu);
    expect(out).toMatch(/^neverStuck: proved$/mu);
  });

  it("is drawn, exported, put on a page, and into test vectors", async () => {
    expect((await run(["chart", ...fluentd, "--mermaid"])).out).toContain("emitBlocked");
    expect((await run(["chart", "chunk", ...fluentd, "--mermaid"])).out).toContain("cleared");
    expect((await run(["export", ...fluentd, "--promela"])).out).toContain("#define threads 1");
    const page = join(folder, "fluentd.html");
    await run(["check", ...fluentd, "--set", "race=true", "--html", page]);
    expect(readFileSync(page, "utf8")).toContain("<title>unstuck: v1.19</title>");
    const vectors = join(folder, "fluentd-vectors");
    const made = await run(["generate", ...fluentd, "--release", "v1.19", "--out", vectors]);
    expect(made.code).toBe(0);
  });

  it.each([
    [["retryMax=often"], 'retryMax must be a whole number from 0 to 1000000, not "often"'],
    [["timeout=false"], "timeout means nothing without hangs=true"],
    [["flushAtShutdown=true"], "flushAtShutdown means nothing without shutdown=true"],
  ])("--set %s is refused in its own words", async (settings, says) => {
    const set = settings.flatMap((one) => ["--set", one]);
    const { code, err } = await run(["check", ...fluentd, ...set]);
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  });
});
