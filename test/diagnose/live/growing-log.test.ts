import {
  appendFileSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { GrowingLog } from "../../../src/diagnose/live/growing-log.ts";

const folder = mkdtempSync(join(tmpdir(), "unstuck-log-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let count = 0;

function file(content: string): string {
  const path = join(folder, `${++count}.log`);
  writeFileSync(path, content);
  return path;
}

function lines(log: GrowingLog, now = 0): readonly string[] {
  return [...log.read(now)].map(({ number, content }) => `${number} ${content}`);
}

describe("a log that grows", () => {
  it("is read line by line, each once it is whole", () => {
    const path = file("one\ntw");
    const log = new GrowingLog(path);
    expect(lines(log)).toEqual(["1 one"]);
    appendFileSync(path, "o\nthree\n");
    expect(lines(log)).toEqual(["2 two", "3 three"]);
    expect(lines(log)).toEqual([]);
    log.close();
  });

  it("is read to its end when it is renamed, and then the new one from its beginning", () => {
    const path = file("one\n");
    const log = new GrowingLog(path);
    expect(lines(log)).toEqual(["1 one"]);
    appendFileSync(path, "two\n");
    renameSync(path, `${path}.1`);
    expect(lines(log)).toEqual(["2 two"]);
    appendFileSync(`${path}.1`, "three\n");
    writeFileSync(path, "four\n");
    expect(lines(log)).toEqual(["3 three", "1 four"]);
    log.close();
  });

  it("is read again from its beginning when it is emptied", () => {
    const path = file("a long first line\n");
    const log = new GrowingLog(path);
    expect(lines(log)).toHaveLength(1);
    truncateSync(path);
    appendFileSync(path, "new\n");
    expect(lines(log)).toEqual(["1 new"]);
    log.close();
  });

  it("is waited for while it is gone", () => {
    const path = file("one\n");
    const log = new GrowingLog(path);
    expect(lines(log)).toHaveLength(1);
    unlinkSync(path);
    expect(lines(log)).toEqual([]);
    writeFileSync(path, "two\n");
    expect(lines(log)).toEqual(["1 two"]);
    log.close();
  });

  it("knows when it last grew: at first by the file, then by who reads it", () => {
    const path = file("one\n");
    utimesSync(path, 1000, 1000);
    const log = new GrowingLog(path);
    expect(lines(log, 5_000_000)).toHaveLength(1);
    expect(log.grownAt).toBe(1_000_000);
    expect(lines(log, 6_000_000)).toEqual([]);
    expect(log.grownAt).toBe(1_000_000);
    appendFileSync(path, "two\n");
    expect(lines(log, 7_000_000)).toHaveLength(1);
    expect(log.grownAt).toBe(7_000_000);
    log.close();
  });

  it("can be read from near its end, and keeps no line without end", () => {
    const log = new GrowingLog(file(`${"x".repeat(100)}\nlast\n`), 8);
    expect(lines(log)).toEqual(["1 xx", "2 last"]);
    log.close();
    const endless = new GrowingLog(file(`${"x".repeat(3 << 20)}\nlast\n`));
    const [first, last] = [...endless.read(0)];
    expect(first?.content.length).toBeLessThanOrEqual(1 << 16);
    expect(last?.content).toBe("last");
    endless.close();
  });
});
