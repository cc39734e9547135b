import { describe, expect, it } from "vitest";
import { fields, list, parse, part } from "./json-value.ts";
import { run, type Recorded } from "./recording-terminal.ts";

/** Runs `prove` without watching the clock. */
function prove(...words: readonly string[]): Promise<Recorded> {
  return run(["prove", "--time-limit", "3600", ...words]);
}

async function runs(...words: readonly string[]): Promise<readonly unknown[]> {
  return list(parse((await prove(...words, "--json")).out), "runs");
}

describe("prove", () => {
  it("says in JSON what is documented, for a property that is violated", async () => {
    const { code, out } = await prove("--release", "v3.0.4", "--outputs", "1", "--json");
    expect(code).toBe(1);
    const [proof] = list(parse(out), "runs");
    expect([...fields(proof).keys()]).toEqual([
      "release",
      "outputs",
      "routing",
      "retryLimit",
      "settings",
      "least",
      "masks",
      "realSizes",
      "elapsedMs",
      "questions",
      "invariants",
      "properties",
    ]);
    expect(part(proof, "invariants")).toContain("up <= X");
    const neverStuck = part(proof, "properties", "neverStuck");
    expect([...fields(neverStuck).keys()]).toEqual([
      "verdict",
      "condition",
      "leastChunks",
      "path",
      "smallest",
      "brokenBy",
      "notMachineChecked",
      "reason",
      "elapsedMs",
    ]);
    expect(neverStuck).toMatchObject({
      verdict: "refuted",
      condition: "N >= T + X",
      leastChunks: 2176,
      smallest: { length: 6 },
    });
    expect(list(neverStuck, "path")).toEqual([
      {
        actions: "outputDown (ingest dispatch flushRetry)^T ingest^X outputUp",
        length: "3 T + X + 2",
        outages: "1",
        where: "N >= T + X",
        trap: [],
        shortest: true,
        comparedWith: [
          { T: 1, X: 1, length: 6 },
          { T: 1, X: 2, length: 7 },
          { T: 2, X: 1, length: 9 },
          { T: 2, X: 2, length: 10 },
        ].map(({ T, X, length }) => ({
          parameters: { taskMapSize: T, maxChunksUp: X, overLimitQuota: 0, chunks: T + X },
          length,
          shortest: length,
        })),
        replay: {
          parameters: { taskMapSize: 2048, maxChunksUp: 128, overLimitQuota: 0, chunks: 2176 },
          actions: 6274,
          violates: true,
        },
      },
    ]);
  });

  it("takes every path at the real sizes that it is for, into the violation", async () => {
    const replays = new Map<string, unknown>();
    for (const release of ["v5.1", "published-fix"]) {
      const [proof] = await runs("--release", release, "--outputs", "1");
      for (const [name, property] of fields(part(proof, "properties"))) {
        if (part(property, "verdict") === "proved") continue;
        const taken = list(property, "path").flatMap((path) => part(path, "replay") ?? []);
        expect(taken, `${release} ${name}`).toHaveLength(1);
        expect(part(taken[0], "violates"), `${release} ${name}`).toBe(true);
        replays.set(`${release} ${name}`, part(taken[0], "actions"));
      }
    }
    expect(Object.fromEntries(replays)).toEqual({
      "v5.1 neverStuck": 49282,
      "v5.1 recovery": 49282,
      "v5.1 noStarvation": 129,
      "published-fix quotaConserved": 135,
      "published-fix neverStuck": 6281,
      "published-fix recovery": 6281,
      "published-fix noStarvation": 129,
    });
  });

  it("names the action that breaks the proposed fix", async () => {
    const { out } = await prove("--release", "published-fix", "--outputs", "1");
    expect(out).toContain(
      "not inductive: broken by flushOk 0: upForOutput(0) running flushing -> absent",
    );
    expect(out).toContain("3 T + X + 7 Q + 2 actions, Q + 1 outages");
  });

  it("covers one output, then two in both routings, unless it is narrowed", async () => {
    const shapes = async (...words: readonly string[]): Promise<readonly string[]> => {
      const { out } = await run([
        ...["prove", "--release", "park", "--time-limit", "0", "--json"],
        ...words,
      ]);
      return list(parse(out), "runs").map(
        (one) => `${String(part(one, "outputs"))} ${String(part(one, "routing"))}`,
      );
    };
    expect(await shapes()).toEqual(["1 all", "2 all", "2 any"]);
    expect(await shapes("--routing", "any")).toEqual(["1 any", "2 any"]);
    expect(await shapes("--outputs", "2")).toEqual(["2 all", "2 any"]);
    expect(await shapes("--outputs", "3", "--routing", "all")).toEqual(["3 all"]);
  });

  it("calls unknown what there was no time for", async () => {
    const { code, out } = await run([
      ...["prove", "--release", "park", "--outputs", "1", "--time-limit", "0"],
    ]);
    expect(code).toBe(3);
    expect(out).toMatch(/^neverStuck: unknown\n {2}the time limit is reached$/m);
    const table = await run(["prove", "--release", "park", "--time-limit", "0"]);
    expect(table.code).toBe(3);
    expect(table.out.match(/^neverStuck +unknown$/gm)).toHaveLength(3);
  });

  it("fits the table of all releases on 120 columns, and tells it in Markdown", async () => {
    const { out } = await run(["prove", "--outputs", "1", "--time-limit", "0"]);
    const width = Math.max(...out.split("\n").map((line) => line.length));
    expect(width).toBeLessThanOrEqual(120);
    const { out: markdown } = await run([
      ...["prove", "--outputs", "1", "--release", "park", "--time-limit", "0", "--markdown"],
    ]);
    expect(markdown).toContain("| neverStuck | unknown |");
  });

  it("judges a configuration at its very limits", async () => {
    const file = "test/fixtures/config/recordings/v304_pristine_map2048_up128/fluent-bit.conf";
    const { code, out } = await prove("--config", file, "--fluent-bit", "3.0.4");
    expect(code).toBe(1);
    expect(out).toContain(
      "with 2048 tasks and 128 chunks up, the engine can get stuck if and only if 2176 or more",
    );
  });

  it.each([
    ["--outputs 4", /a whole number from 1 to 3 is needed/],
    ["--routing some", /all or any is needed/],
    ["--json --markdown", /exclude each other/],
    ["--release nowhere", /there is no release "nowhere"/],
    ["--set chunks=3", /a proof is for every size: leave out --set chunks=3/],
    ["--set outputs=3", /--outputs and --routing give the shape: leave out --set outputs=3/],
    ["--config fluent-bit.conf --outputs 2", /--config gives the system/],
    ["--fluent-bit 3.0.4", /--fluent-bit goes with --config/],
    ["--release park --certificate /nowhere/at/all.json", /cannot write .*no such file/],
  ])("complains of %s in one sentence", async (words, sentence) => {
    const { code, out, err } = await prove(...words.split(" "));
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
  });
});
