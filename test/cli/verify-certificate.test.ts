import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fields, list, parse, part } from "./json-value.ts";
import { run, type Recorded } from "./recording-terminal.ts";

let folder = "";
let file = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "unstuck-certificate-"));
  file = join(folder, "certificate.json");
  const words = ["--release", "v3.0.4", "--outputs", "1", "--time-limit", "3600"];
  const { code } = await run(["prove", ...words, "--certificate", file]);
  expect(code).toBe(1);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Checks a changed copy of the certificate. */
function verifyChanged(change: (text: string) => string): Promise<Recorded> {
  const changed = join(folder, "changed.json");
  const text = readFileSync(file, "utf8");
  const after = change(text);
  expect(after).not.toBe(text);
  writeFileSync(changed, after);
  return run(["verify-certificate", changed]);
}

/** Solvers of other makes than the one that is built in; .ci/run installs the first. */
const others = ["z3", "cvc5"].filter((one) => spawnSync(one, ["--version"]).status === 0);

describe("verify-certificate", () => {
  it("confirms a certificate, property by property", async () => {
    const { code, out, err } = await run(["verify-certificate", file]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^v3\.0\.4, 1 output$/m);
    expect(out).toMatch(/^ {2}memoryBound +holds at every size$/m);
    expect(out).toMatch(/^ {2}neverStuck +violated if and only if N >= T \+ X$/m);
    expect(out).toMatch(
      /^\d+ statements confirmed, 0 failed: the certificate shows what it says$/m,
    );
  });

  it("says the same in JSON", async () => {
    const { code, out } = await run(["verify-certificate", file, "--json"]);
    const json = parse(out);
    expect(code).toBe(0);
    expect(part(json, "isConfirmed")).toBe(true);
    expect(part(json, "failed")).toBe(0);
    const [only] = list(json, "runs");
    expect(part(only, "confirmed")).toBe(part(json, "confirmed"));
    expect(fields(part(only, "properties")).size).toBe(11);
    expect(part(only, "properties", "neverStuck")).toEqual({
      condition: "N >= T + X",
      exact: true,
      confirmed: true,
    });
  });

  it.skipIf(others.length === 0)(
    `writes scripts that other solvers confirm: ${others.join(", ")}`,
    async () => {
      const scripts = join(folder, "scripts");
      const { out } = await run(["verify-certificate", file, "--smt-lib", scripts, "--json"]);
      expect(readdirSync(scripts)).toEqual(["01-v3.0.4-1-all"]);
      const within = join(scripts, "01-v3.0.4-1-all");
      const names = readdirSync(within);
      expect(names).toHaveLength(Number(part(parse(out), "confirmed")));
      for (const name of names) {
        const [claim = "", answer] = readFileSync(join(within, name), "utf8").split("\n");
        expect(claim).toMatch(/^; \S/);
        expect(answer).toBe("; expected answer: unsat");
      }
      for (const solver of others) {
        for (const name of names) {
          const { stdout } = spawnSync(solver, [join(within, name)], { encoding: "utf8" });
          expect(stdout, `${solver} ${name}`).toBe("unsat\n");
        }
      }
    },
  );

  it("does not take a certificate that does not fit the model", async () => {
    const { code, out } = await verifyChanged((text) =>
      text.replace(
        '"times":{"constant":0,"terms":{"T":1}}',
        '"times":{"constant":1,"terms":{"T":1}}',
      ),
    );
    expect(code).toBe(1);
    expect(out).not.toMatch(/ 0 failed/);
  });

  it("does not take nothing for a proof", async () => {
    const { code, out } = await verifyChanged(() => '{"format":"unstuck certificate 3","runs":[]}');
    expect(code).toBe(1);
    expect(out).toBe("\n0 statements confirmed, 0 failed: nothing is certified\n".trimStart());

    const empty = join(folder, "empty.json");
    const words = ["--release", "park", "--outputs", "1", "--time-limit", "0"];
    expect((await run(["prove", ...words, "--certificate", empty])).code).toBe(3);
    const verified = await run(["verify-certificate", empty]);
    expect(verified.code).toBe(1);
    expect(verified.out).toMatch(/^ {2}neverStuck +not certified$/m);
    expect(verified.out).toContain("nothing of park, 1 output is certified");
  });

  it.each([
    ["is cut", (text: string) => text.slice(0, 5000), /is not JSON, or cut off: .*5000 characters/],
    ["is something else", () => "[1]", /is no certificate: the certificate is not an object$/],
    [
      "lacks a part",
      (text: string) => text.replace('"invariant":', '"variant":'),
      /is no certificate: the certificate\.runs\[0\]\.invariant is not a list$/,
    ],
  ])("complains in one sentence of a file that %s", async (_, change, sentence) => {
    const { code, out, err } = await verifyChanged(change);
    expect([code, out]).toEqual([2, ""]);
    expect(err.trim()).toMatch(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  it("complains in one sentence of a file that is missing", async () => {
    const { code, err } = await run(["verify-certificate", join(folder, "none.json")]);
    expect(code).toBe(2);
    expect(err).toMatch(/^unstuck: cannot read .*none\.json: .*no such file/);
  });
});
