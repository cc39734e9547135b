import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { run } from "./recording-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "unstuck-diagnose-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function logOf(name: string): string {
  return fileURLToPath(new URL(`../fixtures/logs/${name}.log.gz`, import.meta.url));
}

function textOf(name: string): string {
  return gunzipSync(readFileSync(logOf(name))).toString();
}

function metricsOf(name: string): string {
  return fileURLToPath(new URL(`../fixtures/diagnose/${name}/metrics.ndjson.gz`, import.meta.url));
}

function written(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

function sentences(out: string): string {
  return out.replaceAll(/\s+/g, " ");
}

describe("unstuck diagnose", () => {
  it("says that an engine is stuck, since when, and what to do", async () => {
    const { code, out, err } = await run(["diagnose", logOf("v304_pristine_map2048_up128")]);
    expect(err).toBe("");
    const said = sentences(out);
    expect(said).toMatch(
      /^STUCK: all 2,048 tasks wait for memory, and nothing has moved since 2026\/11\/23 02:22:00 \(line 1216\)/,
    );
    expect(said).toContain("Restart Fluent Bit once the output is back: at least 2,176 chunks");
    expect(said).toContain("unstuck check --config FILE --fluent-bit 3.0.4");
    expect(said).toContain("102,352 lines of the log are left out");
    expect(code).toBe(1);
  });

  it("fits eighty columns but for the names of files", async () => {
    const { out } = await run(["diagnose", "test/fixtures/logs/v304_deadlock_map8_up8.log.gz"]);
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("takes the task map from the version, or from the option", async () => {
    const file = logOf("v511_deadlock_map8_up8");
    const unknown = await run(["diagnose", file]);
    expect(sentences(unknown.out)).toMatch(
      /^UNDECIDED: blocked: 8 tasks wait for out_a, of the 16,384/,
    );
    expect(unknown.code).toBe(3);
    const known = await run(["diagnose", file, "--task-map", "8"]);
    expect(known.out).toMatch(/^STUCK: all 8 tasks wait for memory/);
    expect(known.code).toBe(1);
  });

  it("is told the version where the log has none", async () => {
    const lines = textOf("v304_pristine_map2048_up128").split("\n");
    const file = written("excerpt.log", lines.slice(600).join("\n"));
    const unknown = await run(["diagnose", file]);
    expect(unknown.out).toMatch(/^UNDECIDED: blocked/);
    expect(unknown.code).toBe(3);
    const { out } = await run(["diagnose", file, "--fluent-bit", "3.0.4"]);
    expect(out).toMatch(/^STUCK: all 2,048 tasks wait for memory/);
    const wrong = await run(["diagnose", file, "--fluent-bit", "three"]);
    expect(wrong.err).toBe('unstuck: --fluent-bit needs a version such as 3.0.4, not "three"\n');
  });

  it("tells of a healthy engine, and of lost data", async () => {
    const healthy = await run(["diagnose", logOf("v304_healthy_map8_up8")]);
    expect(healthy.out).toMatch(/^HEALTHY: records are flowing/);
    expect(healthy.code).toBe(0);
    const lost = await run(["diagnose", logOf("v304_pristine_fd1024_loss")]);
    expect(sentences(lost.out)).toMatch(/^LOSS: 25 chunks were deleted/);
    expect(sentences(lost.out)).toContain("LOSS: 2,060 appends found no chunk to go into");
    expect(lost.code).toBe(1);
  });

  it("is told by metrics what a log alone leaves open", async () => {
    const log = written(
      "quiet.log",
      textOf("v304_deadlock_map8_up8")
        .split("\n")
        .filter((line) => !/\[ ?(?:info|debug)\]/.test(line) || line.includes("max_chunks_up"))
        .join("\n"),
    );
    const map = ["--task-map", "8"];
    const alone = await run(["diagnose", log, ...map]);
    expect(alone.code).toBe(3);
    expect(alone.out).toMatch(/^UNDECIDED: /);
    const both = await run(["diagnose", log, metricsOf("v304_deadlock_map8_up8"), ...map]);
    expect(both.out).toMatch(/^STUCK: all 8 tasks wait for memory, which 8 chunks/);
    expect(both.code).toBe(1);
  });

  it("takes storage.max_chunks_up from a configuration, or from an option", async () => {
    const metrics = metricsOf("v304_deadlock_map8_up8");
    const config = written(
      "fluent-bit.conf",
      "[SERVICE]\n  storage.path /tmp/s\n  storage.max_chunks_up 8\n[INPUT]\n  Name dummy\n  storage.type filesystem\n[OUTPUT]\n  Name http\n  Match *\n",
    );
    const map = ["--task-map", "8"];
    const open = await run(["diagnose", metrics, ...map]);
    expect(sentences(open.out)).toContain("depends on storage.max_chunks_up (give --config)");
    expect(open.code).toBe(3);
    for (const told of [
      ["--config", config],
      ["--max-chunks-up", "8"],
    ]) {
      const { out, code } = await run(["diagnose", metrics, ...map, ...told]);
      expect(out).toMatch(/^STUCK: /);
      expect(code).toBe(1);
    }
  });

  it("reads the files of a folder, and a rotated log as one", async () => {
    const lines = textOf("v304_deadlock_map8_up8").split("\n");
    const logs = join(folder, "logs");
    mkdirSync(logs);
    writeFileSync(join(logs, "fluent-bit.log.1"), lines.slice(0, 500).join("\n"));
    writeFileSync(join(logs, "fluent-bit.log"), lines.slice(500).join("\n"));
    const { out } = await run(["diagnose", logs, "--task-map", "8"]);
    expect(sentences(out)).toMatch(/^STUCK: all 8 tasks [^[]*2026\/11\/23 02:19:40 \(line 91\)/);
    expect(out).not.toContain("run 2");
  });

  it("prints the same as JSON", async () => {
    const file = logOf("v304_deadlock_map8_up8");
    const { out } = await run(["diagnose", file, "--task-map", "8", "--json"]);
    expect(JSON.parse(out)).toEqual({
      brokenOff: [],
      runs: [
        {
          engine: "v304_deadlock_map8_up8",
          run: 1,
          runs: 1,
          version: "3.0.4",
          taskMapSize: 8,
          taskMapIsKnown: true,
          maxChunksUp: 8,
          clockWentBack: false,
          samples: 0,
          verdict: "stuck",
          findings: [
            {
              verdict: "stuck",
              kind: "map-waits",
              says: "all 8 tasks wait for memory, and nothing has moved since 2026/11/23 02:19:40 (line 591): 249 retries found no memory since. It will not recover by itself, unless storage.total_limit_size deletes a waiting chunk.",
              since: { file, line: 591, at: "2026/11/23 02:19:40" },
              last: { file, line: 840, at: "2026/11/23 02:21:01" },
              details: { tasks: 8, gone: 0, refusals: 249 },
              doNow: [expect.stringMatching(/^Restart Fluent Bit/)],
              change: [expect.stringMatching(/^unstuck check --config FILE/)],
              decide: [],
            },
          ],
          log: {
            from: { file, line: 1, at: null },
            to: { file, line: 841, at: "2026/11/23 02:21:02" },
            linesLeftOut: 0,
            tellsInfo: true,
            waitingTasks: 8,
            tasksAtEnd: 8,
            counts: {
              failed: 8,
              delivered: 0,
              rescheduled: 249,
              lost: 0,
              dropped: 0,
              evicted: 0,
              refused: 0,
            },
          },
        },
      ],
    });
  });

  it("judges what stands in a file that breaks off, and says where it does", async () => {
    const packed = readFileSync(logOf("v304_deadlock_map8_up8"));
    const file = written("cut.log.gz", packed.subarray(0, 3000));
    const { code, out, err } = await run(["diagnose", file]);
    expect(err).toMatch(
      /^unstuck: .*cut\.log\.gz breaks off in line \d+; what stands before is judged\n$/,
    );
    expect(out).toMatch(/version +3\.0\.4/);
    expect(code).toBe(0);
    const plain = written("cut.log", textOf("v304_deadlock_map8_up8").slice(0, -20));
    expect((await run(["diagnose", plain, "--task-map", "8"])).out).toMatch(/^STUCK: all 8 tasks/);
  });

  it.each([
    ["a file that is none", "absent.log", null, /^unstuck: cannot read .*absent\.log: ENOENT/],
    ["an empty file", "empty.log", "", /empty\.log: no line is one of a log of Fluent Bit/],
    ["another file", "other.log", "hello\n", /other\.log: no line is one of a log of Fluent Bit/],
    [
      "a damaged file",
      "damaged.log.gz",
      Uint8Array.of(0x1f, 0x8b, 1, 2, 3),
      /^unstuck: cannot read .*damaged\.log\.gz: /,
    ],
  ])("refuses %s in one sentence", async (_, name, content, sentence) => {
    const file = content === null ? join(folder, name) : written(name, content);
    const { code, out, err } = await run(["diagnose", file]);
    expect(err).toMatch(sentence);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
    expect([out, code]).toEqual(["", 2]);
  });

  it("refuses a task map without tasks", async () => {
    const file = logOf("v304_healthy_map8_up8");
    const { code, err } = await run(["diagnose", file, "--task-map", "0"]);
    expect(err).toContain("a whole number of at least 1 is needed");
    expect(code).toBe(2);
  });
});
