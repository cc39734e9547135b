import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { modelVariable } from "../../src/compile/load-releases.ts";
import { part, parse, list } from "./json-value.ts";
import { run } from "./recording-terminal.ts";

const model = "test/fixtures/model/spare-place.js";
const folder = mkdtempSync(join(tmpdir(), "unstuck-model-"));

afterEach(() => {
  Reflect.deleteProperty(process.env, modelVariable);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function modelOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe("a candidate from outside", () => {
  it("is checked, at the sizes at which it can move", async () => {
    const { code, out } = await run(["check", "--model", model, "--json"]);
    const [only] = list(parse(out), "runs");
    expect([code, part(only, "release"), part(only, "parameters", "maxChunksUp")]).toEqual([
      1,
      "spare-place",
      2,
    ]);
    expect(part(only, "properties", "neverStuck", "verdict")).toBe("holds");
    expect(part(only, "properties", "noStarvation", "verdict")).toBe("violated");
  });

  it("is proved, for every size from its least", async () => {
    const { out } = await run(["prove", "--model", model, "--outputs", "1"]);
    expect(out).toMatch(/^spare-place, 1 output: every N and T of at least 1, X of at least 2$/mu);
    expect(out).toMatch(/^neverStuck: proved$/mu);
  });

  it("is offered as a remedy for a configuration", async () => {
    const file = modelOf(
      "fluent-bit.conf",
      "[SERVICE]\n    storage.path /s\n[INPUT]\n    name tail\n    path /l\n    storage.type filesystem\n[OUTPUT]\n    name http\n    match *\n",
    );
    const words = ["check", "--config", file, "--time-limit", "0", "--model", model];
    const { out } = await run(words);
    expect(out).toContain("spare-place (a candidate of mine)");
  });

  it("is drawn, compared, put on a page and into test vectors", async () => {
    expect((await run(["chart", "--model", model, "--mermaid"])).out).toContain("spare-place");
    const page = join(folder, "page.html");
    await run(["check", "--model", model, "--html", page]);
    expect(readFileSync(page, "utf8")).toContain("spare-place");
    const vectors = join(folder, "vectors");
    const { code } = await run([
      "generate",
      "--model",
      model,
      "--set",
      "outputs=1",
      "--out",
      vectors,
    ]);
    expect(code).toBe(0);
    expect(readFileSync(join(vectors, "index.json"), "utf8")).toContain("spare-place");
  });

  it("is told from what the engine has", async () => {
    const { code, err } = await run(["simulate", "--model", model]);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^unstuck: the model has the release "spare-place", the reference engine has not/u,
    );
  });
});

describe("a model file that is wrong", () => {
  it.each([
    ["empty.js", "", /empty\.js exports no release: it must have "export const release"\n$/u],
    [
      "nameless.js",
      "export const release = { describe: () => ({}) };",
      /nameless\.js: name of the release must be a text without spaces\n$/u,
    ],
    [
      "taken.js",
      'export const release = { name: "park", describe: () => ({}) };',
      /taken\.js: there is a release called park already\n$/u,
    ],
    [
      "throws.js",
      'export const release = { name: "mine", describe: (p) => p.nothing.at(0) };',
      /throws\.js: describe: Cannot read properties of undefined \(reading 'at'\)\n$/u,
    ],
    ["broken.js", "export const release = {", /broken\.js cannot be loaded: /u],
  ])("%s is refused in one sentence", async (name, text, says) => {
    const { code, err } = await run(["check", "--model", modelOf(name, text)]);
    expect(code).toBe(2);
    expect(err).toMatch(says);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  it("is refused where there is none", async () => {
    const { code, err } = await run(["check", "--model", join(folder, "none.js")]);
    expect(code).toBe(2);
    expect(err).toMatch(/none\.js cannot be loaded: /u);
  });
});
