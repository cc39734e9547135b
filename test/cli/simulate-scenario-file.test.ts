import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { settingsOfScenarioFile } from "../../src/cli/simulate/simulate-scenario-file.ts";
import { parse, part } from "./json-value.ts";
import { run } from "./recording-terminal.ts";

let folder = "";
let file = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "unstuck-scenario-"));
  file = join(folder, "story.yaml");
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(text: string): string {
  writeFileSync(file, text);
  return file;
}

describe("the scenario in docs/simulate.md", () => {
  const page = readFileSync(new URL("../../docs/simulate.md", import.meta.url), "utf8");
  const example = /```yaml\n(?<text>[\s\S]*?)```/u.exec(page)?.groups?.["text"] ?? "";

  it("is read, every key of it", () => {
    const settings = settingsOfScenarioFile(write(example));
    expect(settings).toMatchObject({
      releases: ["v3.0.4", "published-fix", "hardened-fix"],
      seed: 7,
      flush: 0.5,
      sampleEvery: 1,
      limits: {
        taskMapSize: 8,
        maxChunksUp: 8,
        overLimitQuota: 2,
        retryLimit: "no_limits",
        schedulerBase: 1,
        schedulerCap: 2,
        timerLimit: 100,
        pauseOnChunksOverlimit: false,
      },
      outputs: [
        { name: "search", match: "app.*", retryLimit: undefined },
        { name: "archive", match: "host", retryLimit: 5 },
      ],
    });
    expect(settings.inputs?.map(({ tags, rate }) => [tags.length, tags[0], rate])).toEqual([
      [10, "app.0", 4],
      [1, "host", 0.5],
    ]);
    expect(settings.phases?.map(({ name, seconds }) => [name, seconds])).toEqual([
      ["healthy", 10],
      ["outage", 30],
      ["healthy", 60],
      ["search is down", 30],
      ["drain", 60],
    ]);
  });

  it("tells the releases apart", async () => {
    const { code, out } = await run(["simulate", "--scenario", write(example), "--json"]);
    expect(code).toBe(1);
    const outcomes = [0, 1, 2].map((index) => [
      part(parse(out), "runs", index, "release"),
      part(parse(out), "runs", index, "recovered"),
      part(parse(out), "runs", index, "remainingChunks"),
    ]);
    expect(outcomes).toEqual([
      ["v3.0.4", false, 19],
      ["published-fix", false, 19],
      ["hardened-fix", true, 0],
    ]);
  });

  it("gives way to the command line", async () => {
    const words = ["simulate", "--scenario", write(example), "--json"];
    const { out } = await run([...words, "--release", "park", "--tasks", "9", "--seed", "3"]);
    expect(part(parse(out), "runs", 0, "release")).toBe("park");
    expect(part(parse(out), "runs", 1)).toBeUndefined();
    expect(part(parse(out), "runs", 0, "limits", "taskMapSize")).toBe(9);
    expect(part(parse(out), "runs", 0, "limits", "maxChunksUp")).toBe(8);
  });
});

describe("a bad scenario", () => {
  it.each([
    ["", 1, "the scenario is empty"],
    ["# nothing", 1, "the scenario is empty"],
    ["- healthy 5s", 1, "a scenario must be a map, not a list"],
    ["seed: 1\nphase: []", 2, 'a scenario has no "phase"; it may have releases, seed'],
    ["seed: 1\nseed: 2", 2, 'a scenario has "seed" twice'],
    ["seed: -1", 1, 'seed must be a whole number of at least 0, not "-1"'],
    ["limits:\n  tasks: 0", 2, 'tasks must be a whole number of at least 1, not "0"'],
    ["limits:\n  task: 1", 2, 'limits has no "task"'],
    ["limits:\n  retry_limit: some", 2, "retry_limit must be no_limits"],
    ["limits:\n  pause_on_chunks_overlimit: 2", 2, "must be true or false"],
    ["flush: soon", 1, 'flush must be seconds, such as 1 or 500ms, not "soon"'],
    ["inputs:\n  - tag: app\n    tags: 3", 2, 'tag "app" needs a * to stand for 3'],
    ["inputs:\n  - rate: 0", 2, "rate must be records a second"],
    ["inputs: []", 1, "inputs is empty"],
    ["inputs:\n  - offset: later", 2, "offset must be seconds after a flush"],
    ["phases:", 1, "phases is empty"],
    ["phases:\n  - healthy 5s\n  - outage", 3, '"outage": a duration is missing'],
    ["phases:\n  - name: x", 2, 'a phase needs "for"'],
    ["phases:\n  - for: 5", 2, '"5" is no duration'],
    ["phases:\n  - for: 5s\n    down: [z]", 2, 'there is no output "z"; there are a'],
    ["phases: [", 1, "bad YAML"],
    ["seed: 1\n---\nseed: 2", 3, "a scenario is a single document"],
  ])("is refused with file and line: %j", async (text, line, sentence) => {
    const { code, out, err } = await run(["simulate", "--scenario", write(text)]);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(`${file}:${line}: `);
    expect(err).toContain(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  it("is refused if it is not there", async () => {
    const { code, err } = await run(["simulate", "--scenario", join(folder, "none.yaml")]);
    expect(code).toBe(2);
    expect(err).toContain("none.yaml: expected a scenario, but there is no such file");
  });
});
