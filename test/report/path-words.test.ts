import { describe, expect, it } from "vitest";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { release as publishedFix } from "../../models/releases/published-fix.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { scopeOf } from "../../src/compile/scope.ts";
import {
  checkScope,
  type PropertyResult,
  type ScopeResult,
} from "../../src/explore/check-scope.ts";
import { pathConclusion, pathRows, pathText } from "../../src/report/scope/path-words.ts";
import { style } from "../../src/report/style.ts";

function told(
  name: string,
  settings: Partial<Parameters> = {},
  release = v304,
): {
  readonly rows: readonly (readonly string[])[];
  readonly property: PropertyResult;
  readonly result: ScopeResult;
} {
  const parameters = { ...defaultParameters, ...release.defaults, ...settings };
  const result = checkScope(scopeOf(release, parameters));
  const property = result.properties.find((one) => one.property === name);
  if (property === undefined) throw new Error(`there is no property ${name}`);
  return { rows: pathRows(property, result), property, result };
}

describe("a path in words", () => {
  it("says after each step what each chunk, the outputs and the counts are", () => {
    const { rows } = told("neverStuck");
    expect(rows[0]).toEqual([
      "",
      "action",
      "chunk 0",
      "chunk 1",
      "outputs",
      "up",
      "tasks",
      "what happened",
      "C function",
    ]);
    expect(rows.slice(1).map((row) => row.slice(2, 7).join("; "))).toEqual([
      "up · idle; –; online; 1/1; 0/1",
      "up · flushing; –; online; 1/1; 1/1",
      "up · flushing; –; offline; 1/1; 1/1",
      "down · retry; –; offline; 0/1; 1/1",
      "down · retry; up · idle; offline; 1/1; 1/1",
      "down · retry; up · idle; online; 1/1; 1/1",
      "down · retry; up · idle; online; 1/1; 1/1",
    ]);
    expect(rows.at(-1)?.slice(0, 2)).toEqual(["7 ↻", "reschedule (chunk 0, output 0)"]);
    expect(rows.slice(1).every((row) => row.at(-2) !== "" && row.at(-1) !== "")).toBe(true);
  });

  it("marks the step after which recovery is impossible", () => {
    const { rows, property, result } = told("neverStuck");
    const marked = rows.filter(([number]) => number?.endsWith("!"));
    expect(marked).toHaveLength(1);
    expect(marked[0]?.[0]).toBe(`${(property.pointOfNoReturn ?? -2) + 1} !`);
    expect(pathConclusion(property, result)).toEqual([
      "point of no return: after step 5 (ingest) recovery is impossible, short of a restart",
      "chunks 0, 1 wait for ever: at no step of the loop can the engine do anything for them",
    ]);
  });

  it("has a column for the counters where there is a quota", () => {
    const { rows } = told("quotaConserved", {}, publishedFix);
    const at = rows[0]?.indexOf("overLimitUp") ?? -1;
    expect(rows.slice(1).map((row) => row[at])).toEqual(["0", "0", "0", "0", "0", "1", "1", "1"]);
  });

  it("leaves out the slots that never hold a chunk", () => {
    const { rows } = told("neverStuck", { chunks: 40 });
    expect(rows[0]?.filter((cell) => cell.startsWith("chunk "))).toEqual(["chunk 0", "chunk 1"]);
    for (const row of rows) expect(row).toHaveLength(rows[0]?.length ?? 0);
  });

  it("shows the deliveries of each output, and retries used", () => {
    const { rows } = told("isolation", { outputs: 2 });
    expect(rows.flat().some((cell) => /flushing\/|\/flushing/.test(cell))).toBe(true);
    const limited = told("neverStuck", { retryLimit: 1 });
    expect(limited.rows.flat()).toContain("down · retry(×1)");
  });

  it("tells an endless run: the way into it, what leads to the loop, the loop, and why a chunk waits", () => {
    const { property, result } = told("noStarvation");
    const lines = pathText(property, result, style(false)).split("\n");
    const at = lines.indexOf("then for ever:");
    expect(lines.slice(at + 1).map((line) => line.trim().split(/ {2,}/)[0])).toEqual([
      "3 ↻",
      "the engine gives the chunk a task and flushes it to its outputs",
      "chunk 1 waits: dispatch needs tasks < the task map, but 1 < 1 is false (held by chunk 0); chunks in memory < max_chunks_up, but 1 < 1 is false (held by chunk 0)",
      "4 ↻",
      "the output delivers the chunk",
      "chunk 1 waits: dispatch is possible now, but something else comes first",
      "5 ↻",
      "the input makes a chunk, in memory",
      "chunk 1 waits: dispatch needs chunks in memory < max_chunks_up, but 1 < 1 is false (held by chunk 0)",
      "! chunk 1 waits for ever: dispatch becomes possible again and again, and each time something else comes first and takes the room",
    ]);
    const apart = told("isolation", { chunks: 3, outputs: 2, routing: "any" });
    const text = pathText(apart.property, apart.result, style(false));
    expect(text).toContain("from there to the loop:\n4 ");
    expect(text).toContain("then for ever:\n5 ↻");
  });

  it("is empty where there is no path", () => {
    const { rows, property, result } = told("memoryBound");
    expect(rows).toEqual([]);
    expect(pathConclusion(property, result)).toEqual([]);
  });
});
