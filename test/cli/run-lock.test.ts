import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { lockStorage } from "../../src/cli/run/storage-lock.ts";
import { bundleCommandLine, startRun, type RunChild } from "./run-child.ts";
import { until } from "./until.ts";

let folder = "";
const children: RunChild[] = [];

beforeAll(bundleCommandLine);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unstuck-"));
  writeFileSync(join(folder, "app.log"), "");
});

afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.end("SIGKILL")));
  rmSync(folder, { recursive: true });
});

function start(): RunChild {
  const storage = join(folder, "storage");
  const child = startRun(["--storage", storage, "--tail", join(folder, "app.log"), "--grace", "1"]);
  children.push(child);
  return child;
}

function locks(): readonly string[] {
  return readdirSync(join(folder, "storage")).filter((name) => name.startsWith("lock."));
}

describe("one process at a time on a storage path", () => {
  it("the second is refused in one sentence; after a kill the next one starts, and tidies up", async () => {
    const first = start();
    await until("it runs", () => first.log().includes("[input:tail:tail.0]"));
    const second = start();
    expect(await second.end("SIGCONT")).toBe(2);
    const [lock = ""] = locks();
    expect(second.log()).toBe(
      `unstuck: ${join(folder, "storage")} is in use by another unstuck run (process ${lock.split(".")[1] ?? ""})\n`,
    );
    expect(locks()).toEqual([lock]);
    await first.end("SIGKILL");
    expect(locks()).toEqual([lock]);
    const third = start();
    await until("it runs", () => third.log().includes("[input:tail:tail.0]"));
    expect(locks()).toHaveLength(1);
    expect(locks()).not.toEqual([lock]);
    expect(await third.end("SIGHUP")).toBe(0);
    expect(third.log()).toContain("service has stopped (0 pending tasks)");
    expect(locks()).toEqual([]);
  });

  it("never two of many that start at once", async () => {
    for (let round = 0; round < 20; round += 1) {
      const tries = Array.from({ length: 5 }, (_, pid) => lockStorage(folder, pid));
      const results = await Promise.allSettled(tries);
      const held = results.flatMap((result) =>
        result.status === "fulfilled" ? [result.value] : [],
      );
      expect(held.length).toBeLessThanOrEqual(1);
      for (const lock of held) lock.release();
      expect(readdirSync(folder)).toEqual(["app.log"]);
    }
  });

  it("works on a path that is too long for a socket", async () => {
    const long = join(folder, "x".repeat(120));

    mkdirSync(long);
    const lock = await lockStorage(long, 1);
    await expect(lockStorage(long, 2)).rejects.toThrow(
      "is in use by another unstuck run (process 1)",
    );
    lock.release();
    (await lockStorage(long, 3)).release();
    expect(readdirSync(long)).toEqual([]);
  });

  it("leaves a file of another name alone", async () => {
    const server: Server = createServer().listen(join(folder, "lock.sock"));
    (await lockStorage(folder, 1)).release();
    expect(existsSync(join(folder, "lock.sock"))).toBe(true);
    server.close();
  });
});
