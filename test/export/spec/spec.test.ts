import { describe, expect, it } from "vitest";
import { fields, list, parse, part } from "../../cli/json-value.ts";
import { run } from "../../cli/recording-terminal.ts";

const two = ["--set", "outputs=2"];

describe("a Promela model", () => {
  it("has a process for each slot, an option for each action, and every property", async () => {
    const { code, out } = await run(["export", "--promela", ...two]);
    expect(code).toBe(0);
    expect(out).toContain("active [N] proctype slot() {");
    expect(out).toContain("#define N 2\n");
    expect(out).toContain("#define maxChunksUp 1\n");
    expect(out).toContain(
      "#define memoryBound ((total_up < maxChunksUp + 2 * overLimitQuota + 1))",
    );
    for (const action of ["ingest", "dispatch", "flushOk", "flushRetry", "outputDown"]) {
      expect(out).toContain(`/* ${action}`);
    }
    expect(out.split("(").length).toBe(out.split(")").length);
    expect(out.split("{").length).toBe(out.split("}").length);
  });
});

describe("a TLA+ module", () => {
  it.each([
    [["--release", "v3.0.4", ...two]],
    [["--release", "park-breaker", ...two, "--set", "crash=true"]],
    [["--release", "v3.0.4", "--set", "totalLimit=1", "--set", "chunks=2"]],
  ])("defines whatever it uses, before it does: %o", async (words) => {
    const { code, out } = await run(["export", "--tla", ...words]);
    expect(code).toBe(0);
    expect(out.startsWith("-------- MODULE unstuck --------\n")).toBe(true);
    expect(out.trimEnd().endsWith("=".repeat(40))).toBe(true);
    const text = out.replaceAll(/\\\*.*/g, "");
    const given = new Set(
      "EXTENDS Integers FiniteSets TLC CONSTANT VARIABLES EXCEPT LET IN IF THEN ELSE CASE OTHER TRUE FALSE MODULE unstuck Cardinality Permutations ENABLED WF_vars _vars A E in notin s p open o0 o1 Slots".split(
        " ",
      ),
    );
    for (const line of text.split("\n")) {
      for (const [, name = ""] of line.matchAll(/([A-Za-z_]\w*)/g)) {
        const defines = /^(\w+)(\(.*?\))? ==/.exec(line)?.[1] ?? "";
        const declares = line.startsWith("VARIABLES") || line.startsWith("CONSTANT");
        if (declares || defines === name) given.add(name);
        expect([name, given.has(name)]).toEqual([name, true]);
      }
    }
    expect(text.split("(").length).toBe(text.split(")").length);
  });

  it("says what every variable becomes in every action", async () => {
    const { out } = await run(["export", "--tla", ...two]);
    const variables = /^vars == <<(.*)>>$/m.exec(out)?.[1]?.split(", ") ?? [];
    const actions = out.split(/^(?=(?:Slot|World)\d+.*==$)/m).slice(1);
    expect(actions.length).toBeGreaterThan(10);
    for (const action of actions) {
      const [body = ""] = action.split("\n\n");
      for (const variable of variables) expect(body.split(`${variable}' = `)).toHaveLength(2);
    }
  });

  it("has a configuration that names its invariants", async () => {
    const { out } = await run(["export", "--tla-config", "--set", "chunks=3"]);
    expect(out).toContain("CONSTANT Slots = {s0, s1, s2}\n");
    expect(out).toContain("INVARIANT memoryBound\n");
  });
});

describe("a run in the Informal Trace Format", () => {
  it("goes into the violation, and names where the loop begins", async () => {
    const { code, out } = await run(["export", "--release", "v3.0.1", "--itf", "neverStuck"]);
    expect(code).toBe(0);
    const json = parse(out);
    const states = list(part(json, "states"));
    const variables = list(part(json, "vars"));
    expect(part(json, "#meta", "format")).toBe("ITF");
    states.forEach((state, index) => {
      expect(part(state, "#meta", "index")).toBe(index);
      expect([...fields(state).keys()]).toEqual(["#meta", ...variables]);
    });
    const loop = Number(part(json, "loop"));
    const placeOf = (state: unknown): unknown => part(state, "place");
    expect(placeOf(states.at(-1))).toEqual(placeOf(states[loop]));
  });

  it.each([
    [["--itf", "unknown"], "there is no property"],
    [["--release", "park", "--itf", "recovery"], "recovery is not violated here"],
    [["--promela", "--tla"], "give one of --promela"],
    [[], "give one of --promela"],
  ])("refuses %o", async (words, says) => {
    const { code, err } = await run(["export", ...words]);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });
});
