import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bundleCommandLine, canBeNobody, startRun, type RunChild } from "./run-child.ts";
import { until } from "./until.ts";

await bundleCommandLine();
const asNobody = process.getuid?.() === 0;
const possible = !asNobody || canBeNobody();

let folder = "";
let child: RunChild | undefined;

function own(path: string): void {
  if (asNobody) chownSync(path, 65_534, 65_534);
}

/** What a file holds; nothing while there is none. */
function contentOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function start(words: readonly string[]): RunChild {
  child = startRun(words, { asNobody });
  return child;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "unstuck-"));
});

beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  own(folder);
  writeFileSync(join(folder, "app.log"), "one\n");
});

afterAll(async () => {
  await child?.end("SIGKILL");
  rmSync(folder, { recursive: true });
});

describe.runIf(possible)("run, as a user without rights", () => {
  it.each([
    ["--storage", "locked/s", /^unstuck: cannot use @\/locked\/s as storage: EACCES: [^\n]+\n$/],
    ["--file", "locked/out", /^unstuck: cannot write --file @\/locked\/out: EACCES: [^\n]+\n$/],
    ["--log-file", "locked/l", /^unstuck: cannot write --log-file @\/locked\/l: EACCES: [^\n]+\n$/],
    ["--db", "locked/db", /^unstuck: cannot keep offsets in --db @\/locked\/db: EACCES: [^\n]+\n$/],
  ])(
    "refuses %s in a folder that is not its own, and leaves nothing",
    async (option, path, says) => {
      mkdirSync(join(folder, "locked"), { mode: 0o555 });
      const storage = option === "--storage" ? [] : ["--storage", join(folder, "s")];
      const words = [...storage, "--tail", join(folder, "app.log"), option, join(folder, path)];
      const { end, log } = start(words);
      expect(await end("SIGCONT")).toBe(2);
      expect(log().replaceAll(folder, "@")).toMatch(says);
      expect(readdirSync(folder).sort()).toEqual(["app.log", "locked"]);
    },
  );

  it("says that it cannot read a file, and reads it once it can", async () => {
    const path = join(folder, "app.log");
    chmodSync(path, 0);
    const out = join(folder, "out");
    const words = ["--storage", join(folder, "s"), "--tail", path, "--file", out, "--flush", "0.1"];
    const { end, log } = start(words);
    const said = (): readonly string[] =>
      log()
        .split("\n")
        .filter((line) => line.includes("EACCES"));
    await until("it says so", () => said().length > 0);
    chmodSync(path, 0o644);
    await until("the line arrives", () => contentOf(out).includes('"one"'));
    expect(said()).toHaveLength(1);
    expect(said()[0]).toContain(`cannot follow ${path}: EACCES: permission denied`);
    expect(await end("SIGTERM")).toBe(0);
  });

  it("goes on when its folders become read-only, and loses nothing", async () => {
    const path = join(folder, "app.log");
    const words = ["--storage", join(folder, "s"), "--tail", path, "--db", join(folder, "db")];
    const out = join(folder, "out");
    const { end, log } = start([
      ...words,
      "--file",
      out,
      "--flush",
      "0.1",
      "--scheduler-base",
      "1",
    ]);
    await until("the first line arrives", () => contentOf(out).includes('"one"'));
    await until("its chunk is gone", () => readdirSync(join(folder, "s/tail.0")).length === 0);
    chmodSync(join(folder, "s/tail.0"), 0o555);
    writeFileSync(path, "one\ntwo\n");
    await until("it cannot make a chunk", () => log().includes("could not create chunk file"));
    chmodSync(join(folder, "s/tail.0"), 0o755);
    await until("the second line arrives", () => contentOf(out).includes('"two"'));
    expect(await end("SIGTERM")).toBe(0);
    expect(log()).not.toMatch(/^\s+at /m);
    expect(readFileSync(out, "utf8").match(/"log"/g)).toHaveLength(2);
  });
});
