import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { createActor, createMachine, type AnyStateMachine } from "xstate";
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

function isMachineConfig(value: unknown): value is AnyStateMachine["config"] {
  return typeof value === "object" && value !== null && "states" in value;
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

test("draws the way into a violation, and who waits for whom at its end", async () => {
  const messages = await chart("--messages", "neverStuck");
  expect(messages.out).toContain("Fluent Bit 3.0.4 can deadlock after one outage.</title>");
  expect(messages.out).toContain(">6 outputUp · output 0</text>");
  const waits = await chart("--waits", "neverStuck", "--release", "published-fix");
  expect(waits.out).toContain("chunk 0 needs a task, held by chunk 1");
  expect((await chart("--waits", "neverStuck", "--format", "mermaid")).out).toContain(
    "r1 -- held by --> g0",
  );
  expect((await chart("--messages", "neverStuck", "--mermaid")).out).toContain("sequenceDiagram");
});

test("the JSON of a machine is an XState machine that does what the machine does", async () => {
  const { out } = await chart("delivery", "--format", "xstate");
  const config: unknown = JSON.parse(out);
  if (!isMachineConfig(config)) throw new TypeError("it has no states");
  const guards = { retriesLeft: () => true };
  const actor = createActor(createMachine(config).provide({ guards })).start();
  for (const type of ["route", "flush", "retry"]) actor.send({ type });
  expect(actor.getSnapshot().value).toBe("retry");
});

test("the system is its machines side by side, in JSON and in SCXML", async () => {
  const config: unknown = JSON.parse((await chart("--format", "xstate")).out);
  expect(config).toMatchObject({ id: "v3.0.4", type: "parallel", states: { chunk: {}, task: {} } });
  const { out } = await chart("--format", "scxml");
  const ids = [...out.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const targets = [...out.matchAll(/(?:target|initial)="([^"]+)"/g)].map(([, id]) => id);
  expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  expect((await chart("task", "--format", "scxml")).out).toContain(
    '<transition event="destroy" target="vacant"',
  );
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
  [["--svg", "--png"], "--svg, --mermaid, --png and --format exclude each other"],
  [["--waits", "noLoss"], "v3.0.4 does not violate noLoss at this scope"],
  [["--messages", "nothing"], 'there is no property "nothing"; known properties are'],
  [["--waits", "neverStuck", "--format", "scxml"], "a run is no machine: there is no scxml of it"],
  [["--set", "chunks=3"], "--set goes with --messages or --waits"],
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
