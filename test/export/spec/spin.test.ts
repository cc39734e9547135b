import { describe, expect, it } from "vitest";
import { loadReleases } from "../../../src/compile/load-releases.ts";
import type { Scope } from "../../../src/compile/scope.ts";
import { checkScope } from "../../../src/explore/check-scope.ts";
import { defaultLimits, explore } from "../../../src/explore/explore.ts";
import { agentBits } from "../../../src/explore/move-kinds.ts";
import { edgeIsIdentity, isTakenBy } from "../../../src/explore/state-graph.ts";
import { StateReader } from "../../../src/explore/state-reader.ts";
import { SpecNames } from "../../../src/export/spec/spec-names.ts";
import { comparedScopes } from "./compared-scopes.ts";
import { hasSpin, spin, type Found } from "./spin.ts";

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
