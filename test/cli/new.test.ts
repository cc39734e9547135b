import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { modelVariable } from "../../src/compile/load-releases.ts";
import { list, parse } from "./json-value.ts";
import { run } from "./recording-terminal.ts";

// Within the package, so that the loader of the tests finds what the files import.
mkdirSync("dist", { recursive: true });
const folder = mkdtempSync(join("dist", "new-"));
const own = join(folder, "own");
const first = ["--model", join(own, "v1.js")];
const second = ["--model", join(own, "v2.js")];

afterEach(() => {
  Reflect.deleteProperty(process.env, modelVariable);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("the skeleton of a system", () => {
  beforeAll(async () => {
    const { code, out } = await run(["new", own]);
    expect(code).toBe(0);
    expect(out).toContain(`unstuck check --model ${own}/v1.js`);
  });

  it("is the template of the package", () => {
    const files = readdirSync("templates/system");
    expect(readdirSync(own).toSorted()).toEqual(files.toSorted());
    for (const file of files) {
      expect(readFileSync(join(own, file))).toEqual(readFileSync(join("templates/system", file)));
    }
  });

  it("has a release that is violated, by a shortest path, and one that holds", async () => {
    const { code, out } = await run(["check", ...first]);
    expect(code).toBe(1);
    expect(out).toMatch(/^neverStuck: 4 actions$/mu);
    expect(out).toMatch(/^4 ! {2}fail \(job 0\) +failed +queued /mu);
    expect((await run(["check", ...second])).code).toBe(0);
    expect((await run(["check", ...first, "--set", "failures=false"])).code).toBe(0);
  });

  it("is proved for every size", async () => {
    const { code, out } = await run(["prove", ...first]);
    expect(code).toBe(1);
    expect(out).toMatch(/^neverStuck: violated if and only if N >= Q \+ W$/mu);
    const fixed = await run(["prove", ...second]);
    expect(fixed.code).toBe(0);
    expect(fixed.out).toMatch(/^queueBound: proved\nneverStuck: proved$/mu);
  });

  it("is drawn, exported and put into test vectors", async () => {
    expect((await run(["chart", ...first])).out).toContain("slot × jobs");
    expect((await run(["chart", ...first, "--mermaid"])).out).toContain("putBack");
    expect((await run(["export", ...first, "--promela"])).out).toContain("#define workers 1");
    const vectors = join(folder, "vectors");
    expect((await run(["generate", ...second, "--out", vectors])).code).toBe(0);
    const index: unknown = parse(readFileSync(join(vectors, "index.json"), "utf8"));
    expect(list(index, "files").length).toBeGreaterThan(2);
  });
});

describe("a folder that cannot take it", () => {
  it("is refused where something is in it, and stays as it is", async () => {
    const taken = join(folder, "taken");
    mkdirSync(taken);
    writeFileSync(join(taken, "mine.txt"), "mine");
    const { code, err } = await run(["new", taken]);
    expect([code, err]).toEqual([2, `unstuck: ${taken} is not empty; name a new folder\n`]);
    expect(readdirSync(taken)).toEqual(["mine.txt"]);
  });

  it.each(["package.json/own", "dist/not/there"])("%s is refused in one sentence", async (path) => {
    const { code, err } = await run(["new", path]);
    expect(code).toBe(2);
    expect(err).toMatch(/^unstuck: cannot write .*\n$/u);
  });
});
