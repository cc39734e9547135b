import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { list, parse, part } from "./json-value.ts";
import { run } from "./recording-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "unstuck-compare-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("unstuck compare", () => {
  it("puts the releases side by side in the order in which they are asked for", async () => {
    const { code, out, err } = await run(
      "compare park corrected-fix --only scopes --only memory".split(" "),
    );
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toMatch(/^Small scopes/);
    expect(out).toMatch(/^ +corrected\n +park +fix$/m);
    expect(out).toMatch(/^ownerAlive +– +violated \(7 d\)$/m);
    expect(out).toMatch(/^chunks in memory, 2 outputs +X +X \+ 2 Q$/m);
    expect(out).toMatch(/^twice: T=2 X=2 M=2 +0 +2$/m);
    expect(out).not.toContain("dead");
  });

  it("compares every release unless told otherwise", async () => {
    const { out } = await run(["compare", "--only", "scopes", "--json"]);
    const names = (await loadReleases()).map(({ name }) => name);
    expect(list(parse(out), "releases").map((one) => part(one, "release"))).toEqual(names);
  });

  it("proves for every size, and says where a property is violated", async () => {
    const { out } = await run("compare v3.0.4 --only sizes --json".split(" "));
    const [release] = list(parse(out), "releases");
    const recovery = (letter: string) => part(release, "sizes", letter, "recovery");
    for (const letter of ["A", "B", "C"]) {
      expect(recovery(letter)).toEqual({ verdict: "refuted", condition: "N >= T + X" });
    }
    expect(part(release, "sizes", "A", "noLoss", "verdict")).toBe("proved");
    expect(part(release, "sizes", "C", "noLoss", "verdict")).toBe("refuted");
    expect(part(release, "scopes")).toBeNull();
    expect(part(release, "outage")).toBeNull();
  });

  it.each([
    ["compare nothing", /^unstuck: there is no release "nothing"; known releases are /],
    ["compare --only sleep", /^unstuck: .*it must be one of scopes, sizes/],
    ["compare --json --markdown", /^unstuck: --json and --markdown exclude each other\n$/],
    ["compare park --only memory --html /nowhere/page.html", /cannot be written \(ENOENT\)\n$/],
  ])("%s is bad input, said in a sentence", async (words, sentence) => {
    const { code, out, err } = await run(words.split(" "));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  it("writes a page beside what it prints", async () => {
    const file = join(folder, "page.html");
    const { out } = await run(`compare park --only scopes --markdown --html ${file}`.split(" "));
    expect(out).toMatch(/^#### Small scopes/);
    expect(out).toContain("\n| noStarvation | holds |\n");
    expect(readFileSync(file, "utf8")).toMatch(/^<!doctype html>[^]*<td class="yes">holds<\/td>/);
  });
});
