import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { conformScope } from "../../src/conform/conform-scopes.ts";
import { differences } from "../../src/conform/differences.ts";
import { EngineSubject } from "../../src/conform/engine-subject.ts";
import { isList, isObject, readJson, type Json, type JsonObject } from "../../src/conform/json.ts";
import { findRelease } from "../../src/compile/find-release.ts";
import { parametersOf } from "../../src/cli/options/scope-arguments.ts";
import { runCommand } from "./run-command.ts";

const folder = mkdtempSync(join(tmpdir(), "unstuck-vectors-"));
const releases = await loadReleases();

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function readObject(...path: readonly string[]): JsonObject {
  const value = readJson(readFileSync(join(...path), "utf8"));
  if (!isObject(value)) throw new Error(`${path.join("/")} is no JSON object`);
  return value;
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return isList(value) ? value.filter(isObject) : [];
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function filesIn(out: string): readonly string[] {
  return readdirSync(out, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .sort();
}

/** Takes the steps of a file on the engine, as docs/vectors.md says, knowing nothing of the model's steps. */
function replay(file: JsonObject): number {
  const { release: name, parameters } = file;
  const release = findRelease(releases, textOf(name));
  const settings = isObject(parameters) ? Object.entries(parameters) : [];
  const set = settings.map(
    ([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  const scope = conformScope(release, parametersOf(release, set), { name: "test", title: "" });
  const states = objects(file["states"]);
  const engine = new EngineSubject();
  let compared = 0;
  for (const { steps } of objects(file["tests"])) {
    engine.reset(scope);
    for (const { action, slot, output, mask, refused, state } of objects(steps)) {
      const answer = engine.act({
        action: textOf(action),
        ...(typeof slot === "number" ? { slot } : {}),
        ...(typeof output === "number" ? { output } : {}),
        ...(isList(mask) ? { mask: mask.filter((one) => typeof one === "number") } : {}),
      });
      expect("refused" in answer).toBe(refused === true);
      const expected = states[typeof state === "number" ? state : -1];
      expect(expected && differences(expected, engine.state())).toEqual([]);
      compared++;
    }
  }
  return compared;
}

describe("unstuck generate", { timeout: 240_000 }, () => {
  const out = join(folder, "all");
  beforeAll(async () => {
    const { code, out: told, err } = await runCommand("generate", "--out", out);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(told).toMatch(/^\d+ suites with \d+ steps written to /);
  }, 240_000);

  it("writes files of the documented form, and an index of them", () => {
    const schema = readObject("docs", "vectors.schema.json");
    const validate = new Ajv2020({ allErrors: true }).compile(schema);
    const files = filesIn(out).filter((file) => file !== "index.json");
    expect(files.length).toBeGreaterThan(200);
    for (const file of files) {
      expect(validate(readObject(out, file)), `${file}: ${JSON.stringify(validate.errors)}`).toBe(
        true,
      );
    }
    const index = readObject(out, "index.json");
    const validIndex = new Ajv2020({ allErrors: true }).compile(
      readObject("docs", "vectors-index.schema.json"),
    );
    expect(validIndex(index), JSON.stringify(validIndex.errors)).toBe(true);
    const listed = objects(index["files"]).map(({ file }) => textOf(file));
    expect(listed.sort()).toEqual(files);
  });

  it("says of each file in the index what is in it", () => {
    for (const { file, suite, covers, tests, steps } of objects(
      readObject(out, "index.json")["files"],
    )) {
      const written = readObject(out, textOf(file));
      const taken = objects(written["tests"]).map((test) => objects(test["steps"]).length);
      expect({ file, suite, covers, tests, steps }).toEqual({
        file,
        suite: written["suite"],
        covers: written["covers"],
        tests: taken.length,
        steps: taken.reduce((sum, count) => sum + count, 0),
      });
    }
  });

  it("writes what the engine does", () => {
    const small = filesIn(out).filter((file) => /(one-output|retry-limit|large)/.test(file));
    const compared = small.reduce((sum, file) => sum + replay(readObject(out, file)), 0);
    expect(compared).toBeGreaterThan(20_000);
  });

  it("writes the known traps: the deadlock of v3.0.4 in six steps, the leak of the proposed fix in eight", () => {
    const lengths = (release: string): Readonly<Record<string, number>> =>
      Object.fromEntries(
        objects(readObject(out, release, "one-output", "counterexamples.json")["tests"]).map(
          ({ name, steps }) => [textOf(name), objects(steps).length],
        ),
      );
    expect(lengths("v3.0.4")).toEqual({ "neverStuck, recovery": 6 });
    expect(lengths("published-fix")).toEqual({ quotaConserved: 8, "neverStuck, recovery": 13 });
  });

  it("writes the same bytes again", async () => {
    const again = join(folder, "again");
    await runCommand("generate", "--release", "v3.0.4", "--out", again);
    for (const file of filesIn(again).filter((one) => one !== "index.json")) {
      expect(readFileSync(join(again, file)).equals(readFileSync(join(out, file))), file).toBe(
        true,
      );
    }
  });

  it("takes a scope, a number of walks and a seed", async () => {
    const chosen = join(folder, "chosen");
    const set = ["--release", "v5.1", "--set", "chunks=12", "--set", "outputs=2"];
    const random = ["--random", "3", "--seed", "7", "--length", "20"];
    expect((await runCommand("generate", "--out", chosen, ...set, ...random)).code).toBe(0);
    expect(filesIn(chosen)).toEqual(["index.json", "v5.1/chosen/random.json"]);
    const file = readObject(chosen, "v5.1", "chosen", "random.json");
    const tests = objects(file["tests"]);
    expect(tests.map(({ name }) => name).slice(0, 2)).toEqual(["seed 7", "seed 8"]);
    expect(replay(file)).toBeGreaterThanOrEqual(tests.length * 20);
  });

  it("says in a sentence what is wrong", async () => {
    const { code, err } = await runCommand("generate", "--out", "package.json/x");
    expect(code).toBe(2);
    expect(err).toMatch(/^unstuck: cannot write into package\.json\/x: ENOTDIR.*\n$/);
  });
});
