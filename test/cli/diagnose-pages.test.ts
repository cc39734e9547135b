import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { milestonesOf } from "../../src/report/diagnosis/diagnosis-milestones.ts";
import { judgeWhole, readRecording } from "../diagnose/judged-recording.ts";
import { run } from "./recording-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "unstuck-diagnose-pages-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function recorded(name: string): readonly string[] {
  return ["fluent-bit.log.gz", "metrics.ndjson.gz"].map(
    (file) => `test/fixtures/diagnose/${name}/${file}`,
  );
}

const deadlock = recorded("v304_deadlock_map8_up8");

/** The texts of a column of the first table of a page. */
function column(page: string, index: number): readonly string[] {
  const table = /<tbody>([\s\S]*?)<\/tbody>/.exec(page)?.[1] ?? "";
  return table
    .trim()
    .split("\n")
    .map((row) => [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)][index]?.[1] ?? "");
}

describe("the time line", () => {
  it("has each step into the deadlock, within a line of what the engine wrote down", () => {
    const recording = readRecording("test/fixtures/diagnose", "v304_deadlock_map8_up8");
    const [diagnosis] = judgeWhole(recording, true);
    const line = diagnosis === undefined ? [] : milestonesOf(diagnosis);
    const bad = line.filter(({ isBad }) => isBad).map(({ words }) => words);
    expect(bad).toEqual([
      "metrics: memory is full",
      "all 8 tasks wait",
      "nothing moves from here on: the point of no return",
      "first retry that finds no memory",
      "metrics: all tasks are taken",
    ]);
    const moved = recording.flushed.findLast((time) => time < (recording.ends[0] ?? 0) - 0.2) ?? 0;
    const stuck = line.find(({ words }) => words.startsWith("nothing moves"));
    expect(Math.abs((stuck?.time ?? 0) - moved)).toBeLessThan(1);
    expect(line.map(({ time }) => time)).toEqual(line.map(({ time }) => time).toSorted());
  });

  it("forgets that the map was full once it is not", () => {
    const [diagnosis] = judgeWhole(
      readRecording("test/fixtures/diagnose", "v304_mapfull_upfree_map8_up8"),
      false,
    );
    const words = diagnosis === undefined ? [] : milestonesOf(diagnosis).map((one) => one.words);
    expect(words).not.toContain("all 8 tasks wait");
    expect(words).toContain("first flush to out_a that fails");
  });
});

describe("unstuck diagnose --html", () => {
  it("writes the time line, then plots of tasks, memory, retries and deliveries", async () => {
    const page = join(folder, "page.html");
    const { code, out } = await run(["diagnose", ...deadlock, "--task-map", "8", "--html", page]);
    expect(code).toBe(1);
    expect(out).toMatch(/^STUCK: /);
    const html = readFileSync(page, "utf8");
    expect(html).toContain("<title>unstuck diagnose: STUCK</title>");
    expect(html.indexOf("<h2>Time line</h2>")).toBeLessThan(html.indexOf("<svg"));
    expect(html.indexOf("<svg")).toBeLessThan(html.indexOf("<h2>Do now</h2>"));
    expect(column(html, 1)).toContain("nothing moves from here on: the point of no return");
    expect(column(html, 2).some((where) => where.endsWith("fluent-bit.log.gz:363"))).toBe(true);
    const plots = [...html.matchAll(/<figcaption>(.*?)<\/figcaption>/g)].map(([, title]) => title);
    expect(plots).toHaveLength(6);
    for (const [, points = ""] of html.matchAll(/<polyline class="[^"]*" points="([^"]*)"/g)) {
      expect(points).toMatch(/^(?:\d+\.\d,\d+\.\d ?)+$/);
    }
    expect(html).toContain("most 8, limit 8");
  });

  it("loads nothing and runs nothing, whatever a log says", async () => {
    const log = join(folder, "evil.log");
    const name = `x"><script>alert(1)</script>`;
    writeFileSync(
      log,
      ["10:00:05", "10:00:15", "10:00:25", "10:00:35"]
        .map(
          (at) => `[2025/03/04 ${at}] [error] [output:http:${name}] <img src=x onerror=alert(1)>`,
        )
        .join("\n"),
    );
    const page = join(folder, "evil.html");
    await run(["diagnose", log, "--html", page]);
    const html = readFileSync(page, "utf8");
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(html).toContain("default-src 'none'; style-src 'sha256-");
  });

  it("is a page for metrics alone, too, and for several runs", async () => {
    const page = join(folder, "metrics.html");
    const [, metrics = ""] = deadlock;
    await run(["diagnose", metrics, "--task-map", "8", "--max-chunks-up", "8", "--html", page]);
    const html = readFileSync(page, "utf8");
    expect(column(html, 1)).toEqual([
      "the metrics begin",
      "metrics: memory is full",
      "metrics: nothing is delivered from here on",
      "metrics: all tasks are taken",
      "the metrics end",
    ]);
    const runs = join(folder, "runs.html");
    await run(["diagnose", ...recorded("v304_restart_while_stuck_map8_up8"), "--html", runs]);
    expect(readFileSync(runs, "utf8")).toContain("<h2>run 2 of 2</h2>");
  });

  it("does not touch a page where the input is bad, and says where it cannot write", async () => {
    const page = join(folder, "kept.html");
    writeFileSync(page, "kept");
    const bad = await run(["diagnose", "/no/such.log", "--html", page]);
    expect(bad.code).toBe(2);
    expect(readFileSync(page, "utf8")).toBe("kept");
    const nowhere = join(folder, "none", "page.html");
    const { code, err, out } = await run(["diagnose", ...deadlock, "--html", nowhere]);
    expect(err).toBe(`unstuck: ${nowhere} cannot be written (ENOENT)\n`);
    expect(out).toBe("");
    expect(code).toBe(2);
    expect(existsSync(nowhere)).toBe(false);
  });
});

describe("unstuck diagnose --markdown", () => {
  it("is the verdict, the time line, a plot, and what to do", async () => {
    const words = ["diagnose", ...deadlock, "--task-map", "8", "--markdown"];
    const { code, out } = await run(words);
    expect(code).toBe(1);
    const parts = [
      "**STUCK: all 8 tasks",
      "### Time line",
      "```text",
      "### Do now",
      "### Evidence",
    ];
    const places = parts.map((part) => out.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect(out).toMatch(/^waiting {3}·+█+ most 8$/m);
    expect(out).toContain("| 2026/11/23 02:19:42 | first retry that finds no memory |");
  });

  it("excludes JSON", async () => {
    const { code, err } = await run(["diagnose", ...deadlock, "--markdown", "--json"]);
    expect(err).toBe("unstuck: --json and --markdown exclude each other\n");
    expect(code).toBe(2);
  });
});
