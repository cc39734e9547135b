import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { run } from "./recording-terminal.ts";
import { bundleCommandLine, startRun } from "./run-child.ts";

let folder = "";

beforeAll(bundleCommandLine);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unstuck-"));
  mkdirSync(join(folder, "folder"));
  writeFileSync(join(folder, "file"), "");
  execFileSync("mkfifo", [join(folder, "fifo")]);
  symlinkSync("loop", join(folder, "loop"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const bad: readonly { words: readonly string[]; says: string }[] = [
  { words: [], says: "required option '--storage <path>' not specified" },
  { words: ["--storage", "@/file"], says: "cannot use @/file as storage: EEXIST" },
  {
    words: ["--storage", "@/s", "--tail", "@/fifo"],
    says: "--tail @/fifo is a FIFO; only regular files are followed, the rest goes to standard input",
  },
  {
    words: ["--storage", "@/s", "--tail", "@/file", "/dev/null"],
    says: "--tail /dev/null is a character device; only regular files are followed",
  },
  {
    words: ["--storage", "@/s", "--tail", "@/file", "--db", "@/fifo"],
    says: "--db @/fifo is a FIFO",
  },
  { words: ["--storage", "@/s", "--file", "@/fifo"], says: "--file @/fifo is a FIFO" },
  { words: ["--storage", "@/s", "--file", "@/folder"], says: "--file @/folder is a directory" },
  { words: ["--storage", "@/s", "--file", "@/loop"], says: "cannot use --file @/loop: ELOOP" },
  {
    words: ["--storage", "@/s", "--tail", "@/loop"],
    says: "cannot use --tail @/loop: ELOOP: too many symbolic links",
  },
  { words: ["--storage", "@/loop/s"], says: "cannot use @/loop/s as storage: E" },
  { words: ["--storage", "@/s", "--log-file", "@/fifo"], says: "--log-file @/fifo is a FIFO" },
  {
    words: ["--storage", "@/s", "--file", "@/new", "--log-file", "@/folder"],
    says: "--log-file @/folder is a directory",
  },
  { words: ["--storage", "@/file/s"], says: "cannot use @/file/s as storage: ENOTDIR" },
  { words: ["--storage", "@/s", "--release", "v9"], says: 'there is no release "v9"; known' },
  { words: ["--storage", "@/s", "--http", "nonsense"], says: "--http needs a URL such as" },
  { words: ["--storage", "@/s", "--http", "https://x/"], says: "--http needs a URL such as" },
  { words: ["--storage", "@/s", "--http", "http://x:0/"], says: "--http needs a URL such as" },
  {
    words: ["--storage", "@/s", "--http", "http://x/", "--file", "@/f"],
    says: "--http and --file exclude each other",
  },
  { words: ["--storage", "@/s", "--db", "@/db"], says: "--db goes with --tail" },
  { words: ["--storage", "@/s", "--tail", "@/folder"], says: "--tail @/folder is a directory" },
  {
    words: ["--storage", "@/s", "--tail", "@/file", "--db", "@/folder"],
    says: "--db @/folder is a directory",
  },
  {
    words: ["--storage", "@/s", "--tail", "@/file", "--db", "@/no/db"],
    says: "cannot keep offsets in --db @/no/db: ENOENT",
  },
  { words: ["--storage", "@/s", "--file", "@/no/f"], says: "cannot write --file @/no/f: ENOENT" },
  {
    words: ["--storage", "@/s", "--log-file", "@/folder"],
    says: "--log-file @/folder is a directory",
  },
  { words: ["--storage", "@/s", "--log-level", "loud"], says: "--log-level must be error, warn" },
  { words: ["--storage", "@/s", "--flush", "0"], says: "--flush must be a number of seconds" },
  { words: ["--storage", "@/s", "--grace", "1.5"], says: "--grace must be a whole number" },
  { words: ["--storage", "@/s", "--retry-limit", "0"], says: "--retry-limit must be no_limits" },
  { words: ["--storage", "@/s", "--tasks", "0"], says: "a whole number of at least 1" },
  { words: ["--storage", "@/s", "--metrics-port", "65536"], says: "a port from 1 to 65535" },
  {
    words: ["--storage", "@/s", "--release", "v3.0.4", "--quota", "2"],
    says: "--quota: v3.0.4 never brings chunks up above the limit",
  },
];

describe("run: bad input", () => {
  it.each(bad)("$words", async ({ words, says }) => {
    const { code, out, err } = await run([
      "run",
      ...words.map((word) => word.replace(/^@/, folder)),
    ]);
    expect([code, out]).toEqual([2, ""]);
    expect(err.replaceAll(folder, "@")).toContain(says);
    expect(err).toMatch(/^unstuck: [^\n]+\n$/);
    // Nothing is left behind that was not there.
    expect(readdirSync(folder).sort()).toEqual(["fifo", "file", "folder", "loop"]);
  });

  it("is a port that is taken, before anything is started", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const port = String(address.port);
    const { code, err } = await run([
      "run",
      "--storage",
      join(folder, "s"),
      "--metrics-port",
      port,
    ]);
    server.close();
    expect(code).toBe(2);
    expect(err).toBe(
      `unstuck: cannot serve metrics: listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`,
    );
    expect(readdirSync(join(folder, "s"))).toEqual([]);
  });
});

describe("run: standard input", () => {
  it("is delivered to the end, and the process ends by itself", async () => {
    const file = join(folder, "out");
    const child = startRun(["--storage", join(folder, "s"), "--file", file, "--flush", "0.1"]);
    expect(await child.feed("one\ntwo\nthree")).toBe(0);
    const logs = [...readFileSync(file, "utf8").matchAll(/"log":"(\w+)"/g)].map(([, log]) => log);
    expect(logs).toEqual(["one", "two", "three"]);
  });

  it("stays in its chunks when nobody takes it, for the next run", async () => {
    const storage = join(folder, "s");
    const nobody = ["--http", "http://127.0.0.1:1/", "--scheduler-base", "1"];
    const first = startRun(["--storage", storage, "--grace", "1", "--flush", "0.1", ...nobody]);
    expect(await first.feed("kept\n")).toBe(0);
    expect(first.log()).toContain("service has stopped (1 pending tasks)");
    expect(existsSync(join(storage, "stdin.0"))).toBe(true);
    const second = startRun(["--storage", storage, "--flush", "0.1", "--log-level", "error"]);
    expect(await second.feed("")).toBe(0);
    expect(second.out()).toMatch(/^\{"date":[\d.]+,"log":"kept"\}\n$/);
    expect(second.log()).toBe("");
    expect(readdirSync(join(storage, "stdin.0"))).toEqual([]);
  });
});
