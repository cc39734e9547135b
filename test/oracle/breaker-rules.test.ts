import { describe, expect, it } from "vitest";
import type { BreakerState } from "./breaker-rules.ts";
import { attempts, breakerRules } from "./breaker-rules.ts";
import { reachableGraph } from "./graph.ts";
import { exploreOracle } from "./oracle.ts";
import type { BreakerParameters, BreakerRule } from "./parameters.ts";
import { violations } from "./violations.ts";

interface Attempts {
  /** What begins an attempt at an output whose breaker is open, and whether there were any before. */
  readonly begun: readonly string[];
  /** The most attempts at such an output right after one has begun. */
  readonly mostBegun: number;
  /** The most probes in the queue at once. */
  readonly mostProbes: number;
}

/** Looks at every state and every transition of the scope. */
function attemptsIn(parameters: Omit<BreakerParameters, "park">): Attempts {
  const rules = breakerRules({ park: "breaker", ...parameters });
  const begun = new Set<string>();
  let mostBegun = 0;
  let mostProbes = 0;
  const steps = (state: BreakerState): ReturnType<typeof rules.steps> => {
    const probes = state.slots.filter((chunk) => chunk !== null && chunk.probes.length > 0);
    mostProbes = Math.max(mostProbes, probes.length);
    const taken = rules.steps(state);
    for (const { label, next } of taken) {
      for (const output of state.open.keys()) {
        const [before, after] = [attempts(state, output), attempts(next, output)];
        if (state.open[output] === true && after > before) {
          const whose = label.output === output ? "its own" : "another's";
          begun.add(`${whose} ${label.action}, ${before === 0 ? "none" : "some"} before`);
          mostBegun = Math.max(mostBegun, after);
        }
      }
    }
    return taken;
  };
  reachableGraph({ ...rules, steps });
  return { begun: [...begun].sort(), mostBegun, mostProbes };
}

describe("attempts at an output whose breaker is open", () => {
  it.each([
    { chunks: 3 },
    { chunks: 3, taskMapSize: 2, maxChunksUp: 2 },
    { chunks: 3, taskMapSize: 2, maxChunksUp: 2, retryLimit: 1, crash: true },
  ])(
    "one output, $chunks chunks: only a probe begins one, and only when there is none",
    (scope) => {
      expect(attemptsIn(scope)).toEqual({
        begun: ["its own probe, none before"],
        mostBegun: 1,
        mostProbes: 1,
      });
    },
  );

  it.each([
    { chunks: 2, outputs: 2, routing: "all" },
    { chunks: 2, outputs: 2, taskMapSize: 2, maxChunksUp: 2, routing: "any", crash: true },
  ] as const)(
    "two outputs, $routing: a probe for the other one comes on top; at most one probe per output waits",
    (scope) => {
      expect(attemptsIn(scope)).toEqual({
        begun: [
          "another's probe, none before",
          "another's probe, some before",
          "its own probe, none before",
        ],
        mostBegun: 2,
        mostProbes: 2,
      });
    },
  );

  it("may be as many as there are chunks, if a probe for another output comes on top again and again", () => {
    const { mostBegun, mostProbes } = attemptsIn({ chunks: 3, outputs: 2 });
    expect([mostBegun, mostProbes]).toEqual([3, 2]);
  });

  it("begin side by side if a probe is sent whoever attempts the output", () => {
    const { begun, mostProbes } = attemptsIn({ chunks: 3, without: "oneProbe" });
    expect(begun).toEqual(["its own probe, none before", "its own probe, some before"]);
    expect(mostProbes).toBe(3);
  });
});

const anyOfTwo = { chunks: 2, outputs: 2, routing: "any" } as const;

/** What breaks without one rule of `park-breaker`, in a scope that is as small as can be. */
const ablations: readonly {
  readonly why: string;
  readonly without: BreakerRule;
  readonly scope: Omit<BreakerParameters, "park">;
  readonly violated: readonly string[];
}[] = [
  {
    why: "a chunk that is held back keeps its place in the queue",
    without: "setAside",
    scope: { chunks: 2 },
    violated: ["recovery 6", "stalled 7", "starvation"],
  },
  {
    why: "a chunk that is set aside stays in memory",
    without: "putDown",
    scope: { chunks: 2 },
    violated: ["recovery 6", "stalled 8", "starvation"],
  },
  {
    why: "nothing is recalled",
    without: "recall",
    scope: { chunks: 2 },
    violated: ["recovery 6", "stalled 10", "starvation"],
  },
  {
    why: "nothing is sent as a probe",
    without: "probe",
    scope: { chunks: 1 },
    violated: ["recovery 5", "stalled 5", "starvation"],
  },
  {
    why: "a probe does not wait in the queue",
    without: "probeQueue",
    scope: anyOfTwo,
    violated: ["isolationFair", "starvation"],
  },
  {
    why: "a new probe passes the gate",
    without: "probeAge",
    scope: { chunks: 2, outputs: 2 },
    violated: ["isolationFair"],
  },
  {
    why: "a probe attempts only the output that it was chosen for",
    without: "wholeProbe",
    scope: { chunks: 1, outputs: 2 },
    violated: ["isolationFair"],
  },
  {
    why: "no breaker closes",
    without: "closing",
    scope: anyOfTwo,
    violated: ["isolationFair", "starvation"],
  },
  {
    why: "a probe is sent whoever attempts the output: no property breaks, but attempts add up",
    without: "oneProbe",
    scope: anyOfTwo,
    violated: [],
  },
  {
    why: "a chunk whose task ends joins the queue: no property breaks",
    without: "settleAside",
    scope: anyOfTwo,
    violated: [],
  },
];

describe("park-breaker without one of its rules", () => {
  it.each(ablations)("$why", ({ without, scope, violated }) => {
    expect(violations(exploreOracle({ park: "breaker", ...scope, without }))).toEqual(violated);
    expect(violations(exploreOracle({ park: "breaker", ...scope }))).toEqual([]);
  });
});
