import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

function written(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe("unstuck diagnose", () => {
  it("says that an engine is stuck, since when, and what to do", async () => {
    const { code, out, err } = await run(["diagnose", logOf("v304_pristine_map2048_up128")]);
    expect(err).toBe("");
    expect(out).toContain(
      "stuck: all 2048 tasks wait for memory, and nothing has moved since 2026/11/23 02:22:00 (line 1216)",
    );
    expect(out).toContain("delivered after a restart");
    expect(out).toContain("unstuck check --config FILE --fluent-bit 3.0.4");
    expect(out).toContain("102352 lines of the log are left out");
    expect(code).toBe(1);
  });

  it("takes the task map from the version, or from the option", async () => {
    const file = logOf("v511_deadlock_map8_up8");
    const unknown = await run(["diagnose", file]);
    expect(unknown.out).toContain("blocked: 8 retries wait for memory");
    expect(unknown.out).toContain("says that 16384 chunks are busy and 8 of fs_chunks are up");
    expect(unknown.code).toBe(3);
    const known = await run(["diagnose", file, "--task-map", "8"]);
    expect(known.out).toContain("stuck: all 8 tasks wait for memory");
    expect(known.code).toBe(1);
  });

  it("is told the version where the log has none", async () => {
    const lines = gunzipSync(readFileSync(logOf("v304_pristine_map2048_up128")))
      .toString()
      .split("\n");
    const file = written("rotated.log", lines.slice(600).join("\n"));
    expect((await run(["diagnose", file])).out).toContain("tasks of 16384 only");
    const { out } = await run(["diagnose", file, "--fluent-bit", "3.0.4"]);
    expect(out).toContain("stuck: all 2048 tasks wait for memory");
    const wrong = await run(["diagnose", file, "--fluent-bit", "three"]);
    expect(wrong.err).toBe('unstuck: --fluent-bit needs a version such as 3.0.4, not "three"\n');
  });

  it("tells of a healthy engine, and of lost data", async () => {
    const healthy = await run(["diagnose", logOf("v304_healthy_map8_up8")]);
    expect(healthy.out).toContain("flowing: no retry waits");
    expect(healthy.code).toBe(0);
    const lost = await run(["diagnose", logOf("v304_pristine_fd1024_loss")]);
    expect(lost.out).toContain("Data loss: 25 chunks were deleted");
    expect(lost.out).toContain("Data loss: 2060 appends found no chunk to go into");
    expect(lost.code).toBe(1);
  });

  it("prints the same as JSON", async () => {
    const { out } = await run([
      "diagnose",
      logOf("v304_deadlock_map8_up8"),
      "--task-map",
      "8",
      "--json",
    ]);
    expect(JSON.parse(out)).toEqual({
      breaksOffAt: null,
      runs: [
        {
          version: "3.0.4",
          taskMapSize: 8,
          maxChunksUp: 8,
          from: { line: 13, at: "2026/11/23 02:19:33" },
          to: { line: 841, at: "2026/11/23 02:21:02" },
          verdict: "stuck",
          moved: { line: 591, at: "2026/11/23 02:19:40", kind: "failed" },
          secondsStill: 82,
          waiting: { tasks: 8, refused: 8, refusals: 249 },
          tasksAtEnd: 8,
          linesLeftOut: 0,
          counts: { failed: 8, delivered: 96, rescheduled: 249, lost: 0, dropped: 0, refused: 0 },
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
    expect(out).toContain("v3.0.4");
    expect(code).toBe(0);
    const plain = written("cut.log", gunzipSync(packed).toString().slice(0, -20));
    expect((await run(["diagnose", plain, "--task-map", "8"])).out).toContain("stuck: all 8 tasks");
  });

  it.each([
    ["a file that is none", "absent.log", null, /^unstuck: cannot read .*absent\.log: ENOENT/],
    [
      "an empty file",
      "empty.log",
      "",
      /^unstuck: .*empty\.log: no line is one of a log of Fluent Bit\n$/,
    ],
    ["another file", "other.log", "hello\n", /: no line is one of a log of Fluent Bit\n$/],
    [
      "a damaged file",
      "damaged.log.gz",
      "no gzip",
      /^unstuck: cannot read .*damaged\.log\.gz: incorrect header/,
    ],
  ])("refuses %s in one sentence", async (_, name, content, sentence) => {
    const file = content === null ? join(folder, name) : written(name, content);
    const { code, out, err } = await run(["diagnose", file]);
    expect(err).toMatch(sentence);
    expect([out, code]).toEqual(["", 2]);
  });

  it("refuses a task map without tasks", async () => {
    const { code, err } = await run([
      "diagnose",
      logOf("v304_healthy_map8_up8"),
      "--task-map",
      "0",
    ]);
    expect(err).toContain("a whole number of at least 1 is needed");
    expect(code).toBe(2);
  });
});
