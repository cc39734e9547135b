import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { runCommandLine } from "../../../src/cli/command-line.ts";
import { processTerminal } from "../../../src/cli/terminal.ts";

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function chart(...words: readonly string[]): Promise<Said> {
  let out = "";
  let err = "";
  const code = await runCommandLine(["chart", ...words], {
    ...processTerminal(),
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

test("prints the committed statechart of a machine", async () => {
  const drawing = new URL("../../../docs/charts/chunk.svg", import.meta.url);
  expect(await chart("chunk")).toEqual({ code: 0, out: await readFile(drawing, "utf8"), err: "" });
  expect((await chart("chunk", "--svg")).out).toBe(await readFile(drawing, "utf8"));
});

test("draws the composed system, of v3.0.4 unless told otherwise", async () => {
  expect((await chart()).out).toContain("How the system of v3.0.4 is composed");
  expect((await chart("system", "--release", "park")).out).toContain("the system of park");
  expect((await chart("--mermaid")).out).toContain("sequenceDiagram");
});

test("finds a machine by its role in a release", async () => {
  const { out } = await chart("delivery", "--release", "park", "--mermaid");
  expect(out).toContain("title: parkedDelivery");
  expect((await chart("delivery", "--mermaid")).out).toContain("title: delivery");
});

test("writes to a file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "unstuck-"));
  try {
    const file = join(folder, "task.mmd");
    expect(await chart("task", "--mermaid", "--out", file)).toEqual({ code: 0, out: "", err: "" });
    expect(await readFile(file, "utf8")).toContain("running --> vacant : destroy");
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.for([
  [["nothing"], 'there is no machine "nothing"; there are system, chunk, task, delivery,'],
  [["age", "--release", "v3.0.4"], 'there is no machine "age" in v3.0.4; there are system, chunk'],
  [["--release", "v9"], 'there is no release "v9"'],
  [["--svg", "--png"], "--svg, --mermaid and --png exclude each other"],
  [["--png"], "--png needs --out FILE"],
  [["task", "--out", "/nowhere/at/all.svg"], "/nowhere/at/all.svg cannot be written (ENOENT)"],
] as const)("says what is wrong with %j", async ([words, sentence]) => {
  const { code, out, err } = await chart(...words);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(`unstuck: ${sentence}`);
  expect(err.trimEnd().split("\n")).toHaveLength(1);
});

test("says in one sentence that nothing here draws PNG", async () => {
  vi.stubEnv("PATH", "");
  const { code, err } = await chart("task", "--png", "--out", "task.png");
  expect(code).toBe(2);
  expect(err).toMatch(/^unstuck: a PNG needs rsvg-convert .*\n$/);
});
