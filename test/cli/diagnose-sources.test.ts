import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { diagnoseSources } from "../../src/cli/diagnose/diagnose-sources.ts";

const folder = mkdtempSync(join(tmpdir(), "unstuck-sources-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function sourcesOf(...names: readonly string[]): readonly (readonly [string, string])[] {
  const files = names.map((name) => join(folder, name));
  for (const file of files) writeFileSync(file, "");
  return diagnoseSources(files).map(({ file, log }) => [basename(file), basename(log)] as const);
}

describe("the files to be read", () => {
  it("are those of a rotated log, the oldest first", () => {
    expect(sourcesOf("fb.log", "fb.log.1", "fb.log.10.gz", "fb.log.2.gz")).toEqual([
      ["fb.log.10.gz", "fb"],
      ["fb.log.2.gz", "fb"],
      ["fb.log.1", "fb"],
      ["fb.log", "fb"],
    ]);
    expect(sourcesOf("x.log", "x.log-20250305", "x.log-20250304.gz")).toEqual([
      ["x.log-20250304.gz", "x"],
      ["x.log-20250305", "x"],
      ["x.log", "x"],
    ]);
  });

  it("are logs of their own where their names say so", () => {
    expect(sourcesOf("b.log", "a.log", "b.log.1")).toEqual([
      ["b.log.1", "b"],
      ["b.log", "b"],
      ["a.log", "a"],
    ]);
    expect(sourcesOf("metrics.ndjson.gz", "storage.json").map(([, log]) => log)).toEqual([
      "metrics.ndjson",
      "storage.json",
    ]);
  });

  it("are those of a folder, and - is the standard input", () => {
    expect(diagnoseSources([folder]).length).toBeGreaterThan(5);
    expect(diagnoseSources(["-"])).toMatchObject([{ file: "-" }]);
  });

  it("have to be there", () => {
    expect(() => diagnoseSources([join(folder, "absent")])).toThrow(/cannot read .*absent: ENOENT/);
  });
});
