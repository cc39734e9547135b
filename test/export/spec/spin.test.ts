import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadReleases } from "../../../src/compile/load-releases.ts";
import type { Scope } from "../../../src/compile/scope.ts";
import { checkScope } from "../../../src/explore/check-scope.ts";
import { defaultLimits, explore } from "../../../src/explore/explore.ts";
import { agentBits } from "../../../src/explore/move-kinds.ts";
import { edgeIsIdentity, isTakenBy } from "../../../src/explore/state-graph.ts";
import { StateReader } from "../../../src/explore/state-reader.ts";
import { SpecNames } from "../../../src/export/spec/spec-names.ts";
import { promelaOf } from "../../../src/export/spec/promela.ts";
import { comparedScopes } from "./compared-scopes.ts";

const hasSpin = ["spin", "gcc"].every((tool) => spawnSync(tool, ["--version"]).error === undefined);

/** Labelled states, their transitions, and the states in which a property does not hold. */
interface Found {
  readonly states: number;
  readonly transitions: number;
  readonly violations: number;
}

/** What SPIN finds, where a property is asserted in every state. */
function spin(scope: Scope, property: string): Found {
  const folder = mkdtempSync(join(tmpdir(), "unstuck-spin-"));
  try {
    writeFileSync(join(folder, "model.pml"), promelaOf(scope));
    const take = (tool: string, words: readonly string[]): string =>
      execFileSync(tool, words, { cwd: folder, encoding: "utf8" });
    take("spin", [`-DCHECK_${property}`, "-a", "model.pml"]);
    take("gcc", ["-w", "-DNOREDUCE", "-DSAFETY", "-o", "pan", "pan.c"]);
    // All errors are counted (-c0); that nothing can move any more is none (-E): an engine may stop.
    const said = take("./pan", ["-m1000000", "-c0", "-E"]);
    const number = (pattern: RegExp): number => Number(pattern.exec(said)?.[1]);
    const violations = number(/errors: (\d+)/);
    return {
      states: number(/(\d+) states, stored/),
      // The initial state counts as one, and so does the failed assertion of each state that violates the property.
      transitions: number(/(\d+) transitions \(/) - 1 - violations,
      violations,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same by the explorer, of stalled states: every output is online, a chunk lives, and no engine action changes anything. */
function explored(scope: Scope): Found {
  const graph = explore(scope, { ...defaultLimits, symmetry: false });
  const reader = new StateReader(graph);
  const everyOutput = 2 ** scope.system.outputs - 1;
  let violations = 0;
  for (let state = 0; state < graph.states; state++) {
    reader.read(state);
    if (!reader.running || reader.onlineOutputs !== everyOutput || reader.live === 0) continue;
    let acts = false;
    for (let edge = graph.edgeStarts.at(state); edge < graph.edgeStarts.at(state + 1); edge++) {
      const code = graph.edgeCodes.at(edge);
      acts ||= isTakenBy(graph, code, engine) && !edgeIsIdentity(code);
    }
    if (!acts) violations += 1;
  }
  return { states: graph.states, transitions: Number(graph.counts.transitions), violations };
}

const engine = agentBits(["engine"]);
const releases = await loadReleases();
const scopes = comparedScopes(releases);

describe("the compared scopes", () => {
  it("are at least twelve, of every release, and some of them have stalls", () => {
    expect(scopes.length).toBeGreaterThanOrEqual(12);
    expect(new Set(scopes.map(({ scope }) => scope.release))).toEqual(
      new Set(releases.map(({ name }) => name)),
    );
    expect(scopes.filter(({ scope }) => explored(scope).violations > 0).length).toBeGreaterThan(2);
  });
});

describe.skipIf(!hasSpin)("SPIN, given the Promela model", () => {
  it.each(scopes)("finds the states, transitions and stalls of $title", ({ scope }) => {
    const found = spin(scope, "neverStuck");
    expect(found).toEqual(explored(scope));
    const verdict = checkScope(scope).properties.find(
      ({ property }) => property === "neverStuck",
    )?.verdict;
    expect(verdict).toBe(found.violations > 0 ? "violated" : "holds");
  });

  it("finds that a quota is not conserved where the explorer does", () => {
    const known = scopes.find(({ title }) => title.startsWith("published-fix chunks=3"));
    if (known === undefined) throw new Error("there is no such scope");
    const { scope } = known;
    const [name = ""] = new SpecNames(scope).properties.filter((one) =>
      one.startsWith("quotaConserved"),
    );
    expect(spin(scope, name).violations).toBeGreaterThan(0);
    const verdict = checkScope(scope).properties.find(
      ({ property }) => property === "quotaConserved",
    )?.verdict;
    expect(verdict).toBe("violated");
  });
});
