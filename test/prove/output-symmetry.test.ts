import { describe, expect, it, test } from "vitest";
import type { Branch, Release, SystemDescription } from "../../models/description.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { compile } from "../../src/compile/compile.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import type { CompiledSystem } from "../../src/compile/compiled-system.ts";
import { EverySizeScope } from "../../src/compile/every-size.ts";
import { scopeOf } from "../../src/compile/scope.ts";
import { count, type CountedSystem } from "../../src/prove/counted/counting.ts";
import { goalsOf } from "../../src/prove/counted/goals.ts";
import { linearKey, type Valuation } from "../../src/prove/logic/linear.ts";
import { exchanges, type Exchange } from "../../src/prove/counted/output-symmetry.ts";
import { sampleStates } from "../../src/prove/invariant/sampling.ts";
import { step } from "../../src/prove/violation/walk.ts";
import { inMessages } from "../explore/mutants/mutant.ts";
import { prove, withSolver } from "./with-solver.ts";

const releases = await loadReleases();
const twoAny = { ...defaultParameters, outputs: 2, routing: "any" } as const;

function countedWith(
  parameters: Parameters,
  masks?: readonly (readonly number[])[],
): CountedSystem {
  return count(scopeOf(v304, parameters, masks).system, parameters);
}

/** A wrong rule for the last output alone. */
function wrongForLast(description: SystemDescription): SystemDescription {
  return inMessages("flushRetry", (messages, output) =>
    output === 1 ? messages.filter(({ to }) => to !== "chunk") : messages,
  )(description);
}

/** The release whose last output of two need not be flushed to. */
function withoutFlushOfLast(release: Release): Release {
  return {
    ...release,
    describe: (parameters) => {
      const description = release.describe(parameters);
      const split = (branch: Branch): readonly Branch[] => {
        const { where, outcomes } = branch;
        if (!outcomes.some(({ fairness }) => fairness === "flush")) return [branch];
        const only = (last: boolean): Branch["where"] => ({
          name: where.name,
          holds: (slot, output) => where.holds(slot, output) && (output === 1) === last,
        });
        return [
          { ...branch, where: only(false) },
          {
            ...branch,
            where: only(true),
            outcomes: outcomes.map(({ fairness, ...outcome }) =>
              fairness === undefined || fairness === "flush" ? outcome : { ...outcome, fairness },
            ),
          },
        ];
      };
      const slotRules = description.slotRules.map((rule) => ({
        ...rule,
        branches: rule.branches.flatMap(split),
      }));
      return { ...description, slotRules };
    },
  };
}

/** The system in which nobody is obliged to do this any more. */
function withoutDuty(system: CompiledSystem, duty: string): CompiledSystem {
  const instance = system.fairnessInstances.indexOf(duty);
  if (instance < 0) throw new Error(`nobody is obliged to ${duty}`);
  const slotMoves = system.slotMoves.map((move) =>
    move.fairness === instance ? { ...move, fairness: -1 } : move,
  );
  return { ...system, slotMoves };
}

function renamed(values: Valuation, { variables }: Exchange): Valuation {
  return new Map(
    [...values].map(([name, value]) => {
      const [its = name] = variables.get(name)?.terms.keys() ?? [];
      return [its, value];
    }),
  );
}

/** What a state can become in one step. */
function successors(counted: CountedSystem, values: Valuation, exchange?: Exchange): Set<string> {
  return new Set(
    counted.actions.flatMap((action) => {
      const after = step(action, values);
      if (after === null) return [];
      const there = exchange === undefined ? after : renamed(after, exchange);
      return [
        linearKey({ constant: 0, terms: new Map([...there].filter(([, one]) => one !== 0)) }),
      ];
    }),
  );
}

describe("outputs that can exchange their names", () => {
  test.each(releases.map((release) => [release.name, release] as const))(
    "%s: any two can, and what can happen is the same afterwards",
    (_, release) => {
      for (const routing of ["all", "any"] as const) {
        const parameters = { ...defaultParameters, ...release.defaults, outputs: 2, routing };
        const counted = count(scopeOf(release, parameters).system, parameters);
        const [exchange, ...others] = exchanges(counted);
        expect(others).toEqual([]);
        if (exchange === undefined) throw new Error("they cannot");
        expect([0, 1].map(exchange.output)).toEqual([1, 0]);
        for (const state of sampleStates(counted, parameters).slice(0, 60)) {
          expect(successors(counted, renamed(state, exchange))).toEqual(
            successors(counted, state, exchange),
          );
        }
      }
    },
  );

  it("are all three of three", () => {
    expect(exchanges(countedWith({ ...twoAny, outputs: 3 }))).toHaveLength(3);
  });

  it.each([
    { masks: [[0], [0, 1]], pairs: 0 },
    { masks: [[0], [1]], pairs: 1 },
    { masks: [[0, 1]], pairs: 1 },
    { outputs: 3, masks: [[0, 1], [2]], pairs: 1 },
    { outputs: 3, masks: [[0], [1], [0, 1, 2]], pairs: 1 },
    { outputs: 3, masks: [[0], [0, 1], [0, 1, 2]], pairs: 0 },
  ])("depend on the routes that chunks can have: $masks", ({ outputs = 2, masks, pairs }) => {
    expect(exchanges(countedWith({ ...twoAny, outputs }, masks))).toHaveLength(pairs);
  });

  it("cannot where one of them has a rule of its own, or a duty of its own", () => {
    const system = compile(wrongForLast(v304.describe(twoAny)));
    expect(exchanges(count(system, twoAny))).toEqual([]);
    const right = scopeOf(v304, twoAny).system;
    expect(exchanges(count(withoutDuty(right, "flush 1"), twoAny))).toEqual([]);
  });

  it("stand for each other in what must be reached", () => {
    const alike = countedWith({ ...twoAny, outputs: 3 });
    const other = countedWith({ ...twoAny, outputs: 3 }, [[0], [0, 1], [0, 1, 2]]);
    // Of nine cases (an output online, and what else is) two differ: one other output is offline, or both.
    expect(goalsOf(alike, "isolation", [])?.every).toHaveLength(9);
    expect(goalsOf(alike, "isolation", [])?.goals).toHaveLength(2);
    expect(goalsOf(other, "isolation", [])?.goals).toHaveLength(9);
    expect(goalsOf(alike, "recovery", [])?.goals).toHaveLength(2);
  });
});

describe("what is wrong with the last output alone", () => {
  withSolver();

  it("is not overlooked", async () => {
    const parameters = { ...defaultParameters, outputs: 2 };
    const only = ["recovery", "isolation", "noStarvation"];
    const verdicts = async (release: Release): Promise<readonly string[]> => {
      const { properties } = await prove(EverySizeScope.of(release, parameters), null, only);
      return properties.map(({ verdict }) => verdict);
    };
    expect(await verdicts(park)).toEqual(["proved", "proved", "proved"]);
    const wrong = withoutFlushOfLast(park);
    expect(await verdicts(wrong)).toEqual(["unknown", "unknown", "unknown"]);
  });
});
