import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "./recording-terminal.ts";

const config = "test/fixtures/config/check/pause-on.conf";

interface Bad {
  readonly words: readonly string[];
  readonly says: string;
}

const bad: readonly Bad[] = [
  {
    words: ["--release", "v9"],
    says: 'there is no release "v9"; known releases are v3.0.1, v3.0.4, v5.1, published-fix, corrected-fix, hardened-fix, evict-idle, reserve-slot, park, park-breaker',
  },
  {
    words: ["--set", "chunk=2"],
    says: 'there is no parameter "chunk"; known parameters are chunks',
  },
  { words: ["--set", "chunks"], says: '--set needs NAME=VALUE, not "chunks"' },
  { words: ["--set", "=2"], says: '--set needs NAME=VALUE, not "=2"' },
  { words: ["--set", "constructor=1"], says: 'there is no parameter "constructor"' },
  {
    words: ["--set", "chunks=0"],
    says: 'chunks must be a whole number from 1 to 1000000, not "0"',
  },
  { words: ["--set", "chunks=-1"], says: "chunks must be a whole number from 1" },
  { words: ["--set", "chunks=2.5"], says: "chunks must be a whole number from 1" },
  { words: ["--set", "chunks=1e3"], says: "chunks must be a whole number from 1" },
  { words: ["--set", "chunks="], says: "chunks must be a whole number from 1" },
  { words: ["--set", "chunks=5000"], says: "a search can have 4095 chunks at most" },
  { words: ["--set", "chunks=99999999999999999999"], says: "from 1 to 1000000, not" },
  { words: ["--set", "taskMapSize=9007199254740991"], says: "taskMapSize must be a whole number" },
  { words: ["--set", "maxChunksUp=4294967296"], says: "maxChunksUp must be a whole number" },
  {
    words: ["--set", "outputs=40"],
    says: 'outputs must be a whole number from 1 to 9, not "40"',
  },
  { words: ["--set", "overLimitQuota=-1"], says: "overLimitQuota must be a whole number from 0" },
  {
    words: ["--set", "routing=some"],
    says: 'routing must be all, any, or a mask for each input such as 0,0+1, not "some"',
  },
  {
    words: ["--set", "retryLimit=-1"],
    says: 'retryLimit must be unlimited or a whole number, not "-1"',
  },
  {
    words: ["--set", "retryLimit=-3"],
    says: 'retryLimit must be unlimited or a whole number, not "-3"',
  },
  { words: ["--set", "crash=maybe"], says: 'crash must be true or false, not "maybe"' },
  {
    words: ["--release", "park", "--set", "overLimitQuota=1"],
    says: "overLimitQuota means nothing for park; it takes chunks",
  },
  {
    words: ["--release", "published-fix", "--set", "overLimitQuota=0"],
    says: "published-fix needs overLimitQuota of at least 1, not 0",
  },
  { words: ["--json", "--markdown"], says: "--json and --markdown exclude each other" },
  {
    words: ["--config", config, "--release", "v3.0.4"],
    says: "--config gives the release and the scope; leave out --release and --set",
  },
  { words: ["--config", config, "--set", "chunks=3"], says: "leave out --release and --set" },
  {
    words: ["--config", config, "--fluent-bit", "latest"],
    says: '--fluent-bit needs a version such as 3.0.4, not "latest"',
  },
  { words: ["--fluent-bit", "3.0.4"], says: "--fluent-bit goes with --config" },
  {
    words: ["--max-states", "9"],
    says: "--max-states and --max-memory go with --release or --set",
  },
  { words: ["--config", config, "--max-memory", "9"], says: "go with --release or --set" },
  { words: ["--release", "v3.0.4", "--max-states", "0"], says: "a whole number of at least 1" },
  { words: ["--release", "v3.0.4", "--max-states", "-5"], says: "a whole number of at least 1" },
  { words: ["--release", "v3.0.4", "--max-memory", "much"], says: "a whole number of at least 1" },
  { words: ["--release"], says: "argument missing" },
  { words: ["--no-such-option"], says: "unknown option '--no-such-option'" },
  { words: ["something"], says: "too many arguments" },
  { words: ["--config", "no/such/file.conf"], says: "no/such/file.conf: " },
  { words: ["--config", "test"], says: "test: " },
  {
    words: ["--config", "test/fixtures/config/check/include-error/fluent-bit.conf"],
    says: "test/fixtures/config/check/include-error/inputs.conf:4: expected a value after the key 'this_has_no_value'.",
  },
];

describe("bad input", () => {
  it.each(bad)("$words", async ({ words, says }) => {
    const { code, out, err } = await run(["check", ...words]);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(says);
    expect(err).toMatch(/^unstuck: [^\n]+\n$/);
    expect(err).not.toMatch(/\n\s+at |Error:/);
  });

  it("is an unknown command too", async () => {
    const { code, err } = await run(["chek"]);
    expect(code).toBe(2);
    expect(err).toContain("unknown command 'chek'");
    expect(err).toMatch(/^unstuck: /);
  });

  describe("in a file", () => {
    let folder = "";
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "unstuck-"));
    });
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    it.each([
      { name: "empty.conf", text: "", says: "expected an input" },
      { name: "open.conf", text: "[SERVICE\n", says: "open.conf:1: " },
      { name: "stray.conf", text: "# one\nkey value\n", says: "stray.conf:2: " },
      { name: "bad.yaml", text: "pipeline:\n  inputs: [\n", says: "bad.yaml:" },
      { name: "list.yaml", text: "- a\n- b\n", says: "list.yaml:1: " },
      { name: "bytes.conf", text: "\u0000\u0001\u0002", says: "bytes.conf:" },
    ])("$name", async ({ name, text, says }) => {
      const file = join(folder, name);
      writeFileSync(file, text);
      const { code, out, err } = await run(["check", "--config", file]);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toContain(says);
      expect(err).toMatch(/^unstuck: [^\n]+\n$/);
    });
  });
});

describe("what is no bad input", () => {
  it("is help", async () => {
    const { code, out, err } = await run(["check", "--help"]);
    expect([code, err]).toEqual([0, ""]);
    for (const option of ["--release", "--set", "--config", "--fluent-bit", "--json"]) {
      expect(out).toContain(`  ${option}`);
    }
  });

  it("is the version", async () => {
    expect(await run(["--version"])).toEqual({ code: 0, out: "0.1.0\n", err: "" });
  });
});
