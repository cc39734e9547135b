import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { enginePort } from "../../src/cli/conform/engine-port.ts";
import { runCommand } from "../conform/run-command.ts";

/** A candidate of which there is a model, and nothing else. */
const candidate = { ...v304, name: "spare-place" };

vi.mock("../../src/compile/load-releases.ts", () => ({
  loadReleases: () => Promise.resolve([v304, candidate]),
}));

const folder = mkdtempSync(join(tmpdir(), "unstuck-release-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const sentence =
  'the model has the release "spare-place", the reference engine has not: put a strategy into src/engine/releases/ and list it in catalogue.ts there (docs/architecture.md, "Adding a fix candidate")';

/** A port that says hello, and nothing else. */
function portThatLists(...releases: readonly string[]): readonly string[] {
  const hello = { type: "hello", protocol: 1, name: "a test", actions: [], releases };
  return [process.execPath, "-e", `console.log(${JSON.stringify(JSON.stringify(hello))})`];
}

describe("a release that the model alone has", () => {
  it.each([
    ["simulate", ["simulate", "--release", "spare-place"]],
    ["run", ["run", "--storage", join(folder, "storage"), "--release", "spare-place"]],
  ])("is what %s says it is, with what to add", async (_, words) => {
    expect(await runCommand(...words)).toEqual({ code: 2, out: "", err: `unstuck: ${sentence}\n` });
  });

  it("is not listed by the reference engine as a port, which says why when it is asked for", async () => {
    const server = enginePort([v304, candidate]);
    const { answer: hello } = await server.answer('{"type":"hello","protocol":1}');
    expect(hello["releases"]).toEqual(["v3.0.4"]);
    const reset = '{"type":"reset","release":"spare-place","parameters":{}}';
    expect((await server.answer(reset)).answer).toEqual({ type: "error", error: sentence });
  });

  it("is what conform says of the reference engine", async () => {
    const hello = { ...(await enginePort([v304, candidate]).answer('{"type":"hello"}')).answer };
    const port = [process.execPath, "-e", `console.log(${JSON.stringify(JSON.stringify(hello))})`];
    const { code, err } = await runCommand("conform", "--release", "spare-place", "--", ...port);
    expect([code, err]).toEqual([2, `unstuck: ${sentence}\n`]);
  });
});

describe("a release that nobody has", () => {
  it.each([
    ["simulate", ["simulate", "--release", "v9"]],
    ["run", ["run", "--storage", join(folder, "storage"), "--release", "v9"]],
    ["conform", ["conform", "--release", "v9", "--", ...portThatLists("v3.0.4")]],
  ])("is no release for %s", async (_, words) => {
    const { code, err } = await runCommand(...words);
    expect(code).toBe(2);
    expect(err).toMatch(/^unstuck: there is no release "v9"; known releases are v3\.0\./);
  });
});

describe("a release that a port does not list", () => {
  it.each([
    [["v3.0.1", "v5.1"], "but v3.0.1, v5.1"],
    [[], "but none"],
  ])("ends conform with a sentence: it lists %j", async (lists, but) => {
    const { code, out, err } = await runCommand(
      ...["conform", "--release", "spare-place", "--", ...portThatLists(...lists)],
    );
    const says = `the port does not list the release spare-place in its hello, ${but}`;
    expect({ code, out, err }).toEqual({ code: 2, out: "", err: `unstuck: ${says}\n` });
  });
});
