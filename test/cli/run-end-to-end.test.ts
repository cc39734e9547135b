import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { contentOffset, readContentLength } from "../../src/engine/chunkio/layout.ts";
import { decodeLogEvents } from "../../src/engine/core/log-event.ts";
import { parse, part } from "./json-value.ts";
import { Endpoint } from "./endpoint.ts";
import { bundleCommandLine, startRun, type RunChild } from "./run-child.ts";
import { until } from "./until.ts";

const records = 100_000;
const lineOf = (number: number) => `record ${String(number).padStart(6, "0")} ${"x".repeat(40)}`;
const lineLength = lineOf(0).length + 1;

let folder = "";
let endpoint: Endpoint;
let child: RunChild | undefined;

beforeAll(bundleCommandLine);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "unstuck-"));
  endpoint = new Endpoint();
  await endpoint.up();
});

afterEach(async () => {
  await child?.end("SIGKILL");
  await endpoint.down();
  rmSync(folder, { recursive: true });
});

function write(from: number, to: number): void {
  const lines = Array.from({ length: to - from }, (_, index) => lineOf(from + index));
  appendFileSync(join(folder, "app.log"), `${lines.join("\n")}\n`);
}

function start(): RunChild {
  child = startRun([
    ...["--storage", join(folder, "storage"), "--http", endpoint.url],
    ...["--tail", join(folder, "app.log"), "--db", join(folder, "offset")],
    ...["--flush", "0.2", "--grace", "5", "--max-chunks-up", "4", "--tasks", "8"],
    ...["--scheduler-base", "1", "--scheduler-cap", "1"],
  ]);
  return child;
}

/** Lines that were read and are in a chunk, as the db has it. */
function linesRead(): number {
  const path = join(folder, "offset");
  if (!existsSync(path)) return 0;
  const offset = part(parse(readFileSync(path, "utf8")), "files", 0, "offset");
  return Number(offset ?? 0) / lineLength;
}

function chunkFiles(): string[] {
  const storage = join(folder, "storage");
  return readdirSync(storage, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".flb"))
    .map((name) => join(storage, name));
}

/** The lines in the chunks on disk. */
function linesOnDisk(): string[] {
  return chunkFiles().flatMap((file) => {
    const bytes = readFileSync(file);
    const begin = contentOffset(bytes);
    const content = bytes.subarray(begin, begin + (readContentLength(bytes) ?? 0));
    return decodeLogEvents(content).map(({ body }) => String(body["log"]));
  });
}

describe("unstuck run", () => {
  it("delivers 100,000 records through an outage and a kill -9; what arrives twice was under way", async () => {
    write(0, 30_000);
    const first = start();
    await until("the first records arrive", () => endpoint.arrivals.size > 1000);

    await endpoint.down();
    write(30_000, 60_000);
    await until("a flush fails", () => first.log().includes("failed to flush chunk"));
    await until("everything so far is in a chunk", () => linesRead() === 60_000);

    endpoint.holds = true;
    await endpoint.up();
    await until("a delivery is under way", () => endpoint.held > 0);
    expect(await first.end("SIGKILL")).toBe("SIGKILL");
    // Whatever was still in a socket has arrived once the endpoint is down.
    await endpoint.down();
    expect(first.log()).not.toContain("service will shutdown");
    const onDisk = new Set(linesOnDisk());
    const underWay = new Set([...onDisk].filter((line) => endpoint.arrivals.has(line)));
    expect(underWay.size).toBeGreaterThan(0);
    expect(linesRead()).toBe(60_000);
    for (let number = 0; number < 60_000; number += 1) {
      const line = lineOf(number);
      if (!onDisk.has(line) && !endpoint.arrivals.has(line)) expect.fail(`${line} is lost`);
    }

    write(60_000, 80_000);
    endpoint.holds = false;
    await endpoint.up();
    const second = start();
    write(80_000, records);
    await until("every record has arrived", () => endpoint.arrivals.size === records);
    await until("no chunk is left", () => chunkFiles().length === 0);
    expect(await second.end("SIGTERM")).toBe(0);
    expect(second.log()).toContain("service has stopped (0 pending tasks)");

    const twice = [...endpoint.arrivals].filter(([, count]) => count > 1);
    expect(twice.filter(([line]) => !underWay.has(line))).toEqual([]);
    expect(twice.length).toBe(underWay.size);
    for (let number = 0; number < records; number += 1) {
      if (!endpoint.arrivals.has(lineOf(number))) expect.fail(`${lineOf(number)} is missing`);
    }
  });

  it.each(["SIGTERM", "SIGINT"] as const)(
    "%s ends it while the endpoint hangs, and the next start delivers",
    async (signal) => {
      endpoint.holds = true;
      write(0, 10);
      const first = start();
      await until("a delivery is under way", () => endpoint.held > 0);
      expect(await first.end(signal)).toBe(0);
      expect(first.log()).toContain("service will shutdown in max 5 seconds");
      expect(first.log()).toContain("service has stopped (1 pending tasks)");
      expect(linesOnDisk()).toHaveLength(10);
      endpoint.holds = false;
      start();
      await until("no chunk is left", () => chunkFiles().length === 0);
      expect([...endpoint.arrivals.values()]).toEqual(Array.from({ length: 10 }, () => 2));
    },
  );

  it("waits for a file that is not there yet", async () => {
    start();
    await until("it is running", () => (child?.log() ?? "").includes("[input:tail:tail.0]"));
    write(0, 3);
    await until("the records arrive", () => endpoint.arrivals.size === 3);
  });
});
