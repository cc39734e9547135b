import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "./run-command.ts";
import { expectConforms, mostSteps, stepsIn, verdictOn } from "./port-verdicts.ts";

/** What can be wrong with an example port, and where it shows first, in the order of the numbers that the one in C gives them. */
const broken = [
  {
    name: "quota-kept-on-close",
    release: "corrected-fix",
    number: 1,
    shortest: 8,
    lastAction: "flushOk",
  },
  {
    name: "counter-kept-on-down",
    release: "v3.0.1",
    number: 2,
    shortest: 4,
    lastAction: "flushRetry",
  },
  {
    name: "over-limit-first",
    release: "published-fix",
    number: 3,
    shortest: 5,
    lastAction: "retryFire",
  },
  {
    name: "down-with-several-routes",
    release: "v3.0.1",
    number: 4,
    shortest: 4,
    lastAction: "flushRetry",
  },
  { name: "task-leaked", release: "v3.0.1", number: 5, shortest: 3, lastAction: "flushOk" },
  {
    name: "retry-used-by-reschedule",
    release: "v3.0.1",
    number: 6,
    shortest: 6,
    lastAction: "reschedule",
  },
  { name: "closed-while-owed", release: "v3.0.1", number: 7, shortest: 3, lastAction: "flushOk" },
  { name: "limit-off-by-one", release: "v3.0.1", number: 8, shortest: 2, lastAction: "ingest" },
] as const;

const python = ["python3", "test/ports/python/port.py"];
const folder = mkdtempSync(join(tmpdir(), "unstuck-ports-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function compileC(name: string, ...options: readonly string[]): string {
  const file = join(folder, name);
  const strict = ["-std=c11", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];
  execFileSync("cc", [...strict, ...options, "-o", file, "test/ports/c/port.c"]);
  return file;
}

async function expectCaught(
  command: readonly string[],
  { shortest, lastAction }: (typeof broken)[number],
  options: readonly string[] = [],
): Promise<void> {
  const { code, divergence, suites } = await verdictOn(command, options);
  expect(code).toBe(1);
  const steps = divergence?.steps ?? [];
  // The issue asks for no more than two steps above the shortest; the search finds a shortest one.
  expect(steps).toHaveLength(shortest);
  expect(steps.at(-1)?.action).toBe(lastAction);
  expect(divergence?.replay).toContain(command.at(-1));
  expect(stepsIn(suites)).toBeLessThan(mostSteps);
}

describe("the port in Python", { timeout: 120_000 }, () => {
  // Every other release is tried by example-ports.long.ts.
  it("conforms to a release, in every transition of each small scope", async () => {
    await expectConforms(python, ["--release", "v5.1"]);
  });

  it.each(broken)("is caught when broken: $name", async (variant) => {
    // One is looked for among all releases; the others where they show.
    const options = variant.name === "task-leaked" ? [] : ["--release", variant.release];
    await expectCaught([...python, "--broken", variant.name], variant, options);
  });
});

/** Ports of one fix, wrong where two outputs meet something else: with the release that they list. */
const brokenFixes = [
  {
    name: "one-quota-for-all",
    release: "hardened-fix",
    shortest: 10,
    lastAction: "retryFireOverLimit",
  },
  { name: "detaches-output-0-only", release: "hardened-fix", shortest: 7, lastAction: "shutdown" },
  {
    name: "down-when-no-timer-is-left",
    release: "published-fix",
    shortest: 4,
    lastAction: "scheduleFail",
  },
] as const;

describe("the port in Python, of one fix", { timeout: 120_000 }, () => {
  it("conforms", async () => {
    const { code } = await verdictOn([...python, "--release", "hardened-fix"]);
    expect(code).toBe(0);
  });

  it.each(brokenFixes)("is caught when broken: $name", async ({ name, release, ...found }) => {
    const { code, divergence } = await verdictOn([
      ...python,
      "--release",
      release,
      "--broken",
      name,
    ]);
    expect(code).toBe(1);
    expect(divergence?.steps).toHaveLength(found.shortest);
    expect(divergence?.steps.at(-1)?.action).toBe(found.lastAction);
  });
});

describe("the port in C", { timeout: 120_000 }, () => {
  let good = "";
  beforeAll(() => {
    good = compileC("port");
  });

  // The port in Python is asked about every release.
  it.each(["v3.0.1", "published-fix", "hardened-fix"])(
    "conforms to %s, in every transition of each small scope",
    async (release) => {
      await expectConforms([good], ["--release", release]);
    },
  );

  it.each(broken)("is caught when broken: $name", async (variant) => {
    const port = compileC(variant.name, `-DBROKEN=${variant.number}`);
    await expectCaught([port], variant, ["--release", variant.release]);
  });
});

describe("what a report gives", () => {
  const port = [...python, "--broken", "task-leaked"];

  it("is a divergence with a command that replays it", async () => {
    const { code, out } = await runCommand("conform", "--release", "v3.0.4", "--", ...port);
    expect(code).toBe(1);
    expect(out).toContain("flushOk (chunk 0, output 0) leads to another state, after 3 steps:");
    expect(out).toContain("tasks  expected 0  the port says 1");
    const again =
      "unstuck conform --release v3.0.4 --replay 'ingest:0:0 dispatch:0 flushOk:0:0' -- python3 test/ports/python/port.py --broken task-leaked";
    expect(out).toContain(again);
    const replay = "ingest:0:0 dispatch:0 flushOk:0:0";
    const same = await runCommand(
      "conform",
      "--release",
      "v3.0.4",
      "--replay",
      replay,
      "--",
      ...port,
    );
    expect(same.code).toBe(1);
    expect(same.out).toContain("tasks  expected 0  the port says 1");
    const shorter = "ingest:0:0 dispatch:0";
    const before = await runCommand("conform", "--replay", shorter, "--", ...port);
    expect(before.code).toBe(0);
    expect(before.out).toContain("The port conforms. 1 scopes, 1 tests, 2 steps");
  });

  it("is a TAP and a JUnit report", async () => {
    const junit = join(folder, "junit.xml");
    const words = ["conform", "--release", "v3.0.4", "--tap", "--junit", junit, "--", ...port];
    const { out } = await runCommand(...words);
    expect(out).toMatch(
      /^TAP version 14\n1\.\.1\nnot ok 1 - v3\.0\.4, one output: transition-coverage\n {2}---\n {2}message: "flushOk/,
    );
    const xml = execFileSync("python3", [
      "-c",
      "import sys, xml.etree.ElementTree as tree\nroot = tree.parse(sys.argv[1]).getroot()\nprint(root.get('failures'), root.find('.//testcase').get('name'), root.find('.//failure').get('message'))",
      junit,
    ]);
    expect(String(xml)).toBe(
      "1 transition-coverage flushOk (chunk 0, output 0) leads to another state\n",
    );
  });
});
