import { beforeAll, describe, expect, it } from "vitest";
import { list, parse, part } from "./json-value.ts";
import { run, type Recorded } from "./recording-terminal.ts";

const releases = [
  "v3.0.1",
  "v3.0.4",
  "v5.1",
  "published-fix",
  "corrected-fix",
  "hardened-fix",
  "evict-idle",
  "reserve-slot",
  "park",
  "park-breaker",
];

describe("check without arguments", () => {
  let text: Recorded;
  let json: unknown;

  beforeAll(async () => {
    text = await run(["check"]);
    json = parse((await run(["check", "--json"])).out);
  });

  it("ends well, and says that every verdict and count is the pinned one", () => {
    expect(text.code).toBe(0);
    expect(text.err).toBe("");
    expect(text.out).toMatch(/\nAll 50 verdicts and counts are the pinned ones \(\d+\.\d s\)\.\n$/);
  });

  it("has a column for every release, and rows for properties, states, transitions and time", () => {
    const rows = text.out.split("\n").map((line) => line.trim().split(/\s{2,}/));
    const named = (name: string): readonly string[] =>
      rows.find(([first]) => first === name)?.slice(1) ?? [];
    expect(named("neverStuck")).toEqual([
      "violated (6 a)",
      "violated (6 a)",
      "violated (6 a)",
      "violated (13 a)",
      "holds",
      "holds",
      "holds",
      "holds",
      "holds",
      "holds",
    ]);
    expect(named("isolation")).toEqual([
      ...Array<string>(8).fill("violated (3 c)"),
      "holds",
      "holds",
    ]);
    for (const name of ["states", "transitions", "ms"]) {
      expect(named(name)).toHaveLength(releases.length);
      expect(named(name).every((cell) => /^\d+$/.test(cell))).toBe(true);
    }
  });

  it("adds up the states of the scopes of a release", () => {
    const states = list(json, "runs")
      .filter((one) => part(one, "release") === "v3.0.4")
      .map((one) => Number(part(one, "states", "labelled")));
    expect(states).toHaveLength(5);
    const sum = states.reduce((total, one) => total + one, 0);
    expect(text.out).toMatch(new RegExp(`\\nstates +\\d+ +${sum} `));
  });

  it("tells the shortest way into the stall, with the command that shows it", () => {
    const from = text.out.indexOf(
      "v3.0.1, v3.0.4, v5.1: neverStuck and recovery violated: 6 actions",
    );
    const story = text.out.slice(from, text.out.indexOf("\n\n", from));
    const actions = [...story.matchAll(/^\d+ [ !] {2}(\w+)/gm)].map(([, action]) => action);
    expect(story).toContain("\nunstuck check --release v3.0.1\n");
    expect(actions).toHaveLength(6);
    expect(actions.filter((action) => action === "ingest")).toHaveLength(2);
    expect(story).toContain("[flb_task.c::flb_task_retry_create]");
    expect(story).toContain("! point of no return: after step 5");
  });

  it("runs every release at every pinned scope in JSON", () => {
    const names = list(json, "runs").map((one) => part(one, "release"));
    expect(names).toEqual(releases.flatMap((name) => Array<string>(5).fill(name)));
  });

  it("has no colour but on a terminal", async () => {
    const escape = String.fromCharCode(27);
    expect(text.out).not.toContain(escape);
    const coloured = await run(["check"], { coloured: true });
    expect(coloured.out).toContain(escape);
    const plain = coloured.out.replaceAll(new RegExp(`${escape}\\[[0-9;]*m`, "g"), "");
    const timeless = (words: string): string =>
      words.replaceAll(/^ms .*$/gm, "").replaceAll(/\(\d+\.\d s\)/g, "");
    expect(timeless(plain)).toBe(timeless(text.out));
  });

  it("prints Markdown tables", async () => {
    const markdown = await run(["check", "--markdown"]);
    expect(markdown.code).toBe(0);
    const [heading, rule] = markdown.out.split("\n");
    expect(heading).toBe(`|  | ${releases.join(" | ")} |`);
    expect(rule).toBe(
      `| ${Array<string>(releases.length + 1)
        .fill("---")
        .join(" | ")} |`,
    );
    expect(markdown.out).toContain("#### v3.0.1, v3.0.4, v5.1: neverStuck and recovery violated");
    expect(markdown.out).toContain("`unstuck check --release published-fix`");
  });
});
