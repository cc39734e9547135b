import { readdirSync, readFileSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";

const folder = "test/library/programs";

afterEach(() => {
  vi.restoreAllMocks();
});

/** What a program prints. */
async function printed(name: string): Promise<readonly string[]> {
  const lines: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => lines.push(line));
  await import(`./programs/${name}`);
  return lines;
}

it("docs/library.md shows these programs, none longer than 30 lines", () => {
  const page = readFileSync("docs/library.md", "utf8");
  const shown = [...page.matchAll(/```js\n([^]*?)```/gu)].map(([, text = ""]) => text);
  const programs = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, "utf8"));
  expect(shown.toSorted()).toEqual(programs.toSorted());
  for (const text of shown) expect(text.split("\n").length).toBeLessThanOrEqual(31);
});

it("explore.js finds the deadlock with two tasks and three chunks up", async () => {
  const lines = await printed("explore.js");
  expect(lines[0]).toMatch(/^\d+ states, \d+ transitions$/u);
  expect(lines).toContain("noLoss: holds");
  expect(lines.find((line) => line.startsWith("neverStuck"))).toMatch(
    /^neverStuck: violated ingest .*outputUp$/u,
  );
});

it("prove.js proves a candidate from outside for every size", async () => {
  expect(await printed("prove.js")).toEqual(["neverStuck: proved"]);
});

it("live.js runs actors, and an inspector is told of them", async () => {
  const lines = await printed("live.js");
  expect(lines).toHaveLength(21);
  expect(lines[0]).toBe("ingest");
  expect(lines.at(-1)).toMatch(/@xstate\.actor \d+.*@xstate\.snapshot \d+/u);
});
