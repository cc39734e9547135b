import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { useBrowser } from "../inspect/browser.ts";
import { fields, list, parse, part } from "./json-value.ts";
import { run } from "./recording-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "unstuck-compare-"));
const open = useBrowser();

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("unstuck compare", () => {
  it("puts the releases side by side in the order in which they are asked for", async () => {
    const { code, out, err } = await run(
      "compare park v3.0.4 published-fix --only scopes --only memory".split(" "),
    );
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toMatch(/^Small scopes/);
    expect(out).toMatch(/park +v3\.0\.4 +fix$/m);
    expect(out).toMatch(/^stalled +yes +no 6 \(a\) +no 13 \(a\)$/m);
    expect(out).toMatch(/^chunks in memory, 2 outputs +X +X +X \+ 2 Q$/m);
    expect(out).toMatch(/^twice: T=2 X=2 M=2 +0 +2 +2$/m);
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

  it("prints what the time limit left undecided as such", async () => {
    const { out } = await run("compare park --only sizes --time-limit 1".split(" "));
    expect(out).toMatch(/^starvation +\?/m);
  });

  it("documents every field of its JSON", async () => {
    const { out } = await run(
      "compare evict-idle --only throughput --only memory --json".split(" "),
    );
    const docs = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");
    const [release] = list(parse(out), "releases");
    const names = [
      ...fields(release).keys(),
      ...fields(part(release, "memory")).keys(),
      ...fields(part(release, "throughput", "healthyOnly")).keys(),
      ...fields(part(release, "throughput", "healthyOnly", "delay")).keys(),
    ];
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !docs.includes(name))).toEqual([]);
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

  it("writes a page that needs nothing but itself, and fits on a telephone", async () => {
    const file = join(folder, "page.html");
    await run(
      `compare v3.0.4 park --only scopes --only throughput --only outage --html ${file}`.split(" "),
    );
    for (const width of [1280, 390]) {
      const { page, complaints, strangers } = await open(width);
      await page.goto(pathToFileURL(file).href);
      expect(await page.locator("svg").count()).toBe(6);
      expect(await page.locator("td.no").count()).toBe(6);
      expect(await page.locator(".stuck").count()).toBe(1);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      // The style sheet has the hash that the policy allows.
      expect(await page.evaluate("getComputedStyle(document.querySelector('svg')).display")).toBe(
        "block",
      );
      expect({ complaints, strangers }).toEqual({ complaints: [], strangers: [] });
      await page.close();
    }
  });
});
