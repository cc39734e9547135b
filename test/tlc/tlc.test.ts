import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { tlaInvariants } from "../../src/export/spec/tla-configuration.ts";
import { comparedScopes } from "../export/spec/compared-scopes.ts";
import { checkTlc } from "./check-tlc.ts";
import { differences, foundByTlc, foundByUs } from "./compare-with-tlc.ts";
import { readTlcOutput } from "./tlc-output.ts";

const finished = `Model checking completed. No error has been found.
2,867 states generated, 1,434 distinct states found, 0 states left on queue.
`;
const violated = `Error: Invariant neverStuck is violated.
Error: The behavior up to this point is:
State 1: <Initial predicate>
/\\ place = 0
State 2: <Slot0 line 1>
State 3: <Slot4 line 2>
90 states generated, 31 distinct states found, 8 states left on queue.
`;

describe("what TLC prints", () => {
  it("is read where it finished, and where it found a violation", () => {
    expect(readTlcOutput(finished)).toEqual({ states: 1434, transitions: 2866, violation: null });
    expect(readTlcOutput(violated)).toEqual({
      states: 31,
      transitions: 89,
      violation: { invariant: "neverStuck", length: 2 },
    });
  });

  it.each([
    ["Error: Could not find or load main class tlc2.TLC\n", "Could not find or load main class"],
    [`Error: Parsing failed\n  at line 3\n${finished.slice(51)}`, "Parsing failed at line 3"],
    ["", "TLC did not finish"],
  ])("is refused where it did neither: %j", (said, why) => {
    expect(() => readTlcOutput(said)).toThrow(why);
  });
});

describe("TLC and the explorer", () => {
  it("are compared after each violated invariant was taken out", async () => {
    const scope = comparedScopes(await loadReleases()).find(({ title }) => title === "park")?.scope;
    if (scope === undefined) throw new Error("there is no such scope");
    const ours = foundByUs(scope);
    const asked: (readonly string[])[] = [];
    const tlc = foundByTlc(scope, ({ symmetry, invariants }) => {
      asked.push(invariants);
      const states = symmetry ? ours.upToPermutation : ours.states;
      const violation = invariants.includes("neverStuck")
        ? { invariant: "neverStuck", length: 5 }
        : null;
      return { states, transitions: ours.transitions, violation };
    });
    const all = tlaInvariants(scope);
    expect(asked).toEqual([[], all, all.filter((one) => one !== "neverStuck")]);
    expect(differences(tlc, { ...ours, violated: ["neverStuck 5"] })).toEqual([]);
    expect(differences(tlc, { ...ours, states: 1, violated: [] })).toEqual([
      `states: TLC ${ours.states}, unstuck 1`,
      "violated, with lengths: TLC neverStuck 5, unstuck none",
    ]);
  });
});

describe("check:tlc", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "unstuck-fake-tlc-"));
    writeFileSync(join(folder, "tla2tools.jar"), "");
    writeFileSync(join(folder, "says"), finished);
    writeFileSync(join(folder, "broken"), "Error: this is no TLC\n");
    for (const said of ["says", "broken"]) {
      const java = join(folder, `java-${said}`);
      // It needs both files, and the module by its name, as TLC does.
      writeFileSync(
        java,
        `#!/bin/sh\ntest -s unstuck.tla && test -s unstuck.cfg && for last; do :; done && test "$last" = unstuck && cat ${join(folder, said)}\n`,
      );
      chmodSync(java, 0o755);
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const check = async (
    words: readonly string[],
    java: string,
  ): Promise<{ readonly code: number; readonly said: string }> => {
    let said = "";
    const code = await checkTlc(words, join(folder, java), (text) => {
      said += text;
    });
    return { code, said };
  };

  it("tells every scope that differs, and ends with 1", async () => {
    const { code, said } = await check([join(folder, "tla2tools.jar")], "java-says");
    expect(code).toBe(1);
    expect(said).toContain("park\n  DIFFERS states: TLC 1434, unstuck ");
    expect(said).toMatch(/TLC and unstuck differ in \d+ of \d+ scopes\n$/);
  });

  it.each([
    [[], "java-says", "takes one word"],
    [["nowhere.jar"], "java-says", "nowhere.jar: there is no such file"],
    [["JAR"], "java-broken", "TLC did not finish: this is no TLC"],
    [["JAR"], "java-absent", "ENOENT"],
  ])("ends with 2 and a sentence: %j %s", async (words, java, says) => {
    const given = words.map((word) => (word === "JAR" ? join(folder, "tla2tools.jar") : word));
    const { code, said } = await check(given, java);
    expect(code).toBe(2);
    expect(said).toContain(says);
  });
});
