import { describe, expect, it } from "vitest";
import type { BreakerState } from "./breaker-rules.ts";
import { breakerRules, flushes } from "./breaker-rules.ts";
import { reachableGraph } from "./graph.ts";
import { exploreOracle } from "./oracle.ts";
import type { BreakerParameters, BreakerRule } from "./parameters.ts";
import { violations } from "./violations.ts";

interface Attempts {
  /** How many flushes to an output are under way when another one starts though its breaker is open. */
  readonly whenOneStarts: readonly number[];
  /** What a probe does, when its turn comes, about an output that holds back and that another chunk is being flushed to. */
  readonly spared: readonly string[];
  /** The most probes in the queue at once. */
  readonly mostProbes: number;
}

/** Looks at every state and every transition of the scope. */
function attemptsIn(parameters: Omit<BreakerParameters, "park">): Attempts {
  const rules = breakerRules({ park: "breaker", ...parameters });
  const whenOneStarts = new Set<number>();
  const spared = new Set<string>();
  let mostProbes = 0;
  const steps = (state: BreakerState): ReturnType<typeof rules.steps> => {
    const probes = state.slots.filter((chunk) => chunk !== null && chunk.probes.length > 0);
    mostProbes = Math.max(mostProbes, probes.length);
    const taken = rules.steps(state);
    for (const { label, next } of taken) {
      const turn = label.action === "dispatch" || label.action === "setAside";
      const owed = turn ? state.slots[label.slot ?? -1]?.probes : undefined;
      for (const output of state.open.keys()) {
        if (state.open[output] !== true) {
          continue;
        }
        const before = flushes(state, output);
        if (flushes(next, output) > before) {
          whenOneStarts.add(before);
        } else if (before > 0 && owed?.includes(output) === true) {
          spared.add(label.action);
        }
      }
    }
    return taken;
  };
  reachableGraph({ ...rules, steps });
  return {
    whenOneStarts: [...whenOneStarts].sort(),
    spared: [...spared].sort(),
    mostProbes,
  };
}

const twoTasks = { taskMapSize: 2, maxChunksUp: 2 } as const;

describe("flushes to an output whose breaker is open", () => {
  it.each([
    { chunks: 3 },
    { chunks: 3, ...twoTasks },
    { chunks: 3, ...twoTasks, retryLimit: 1, crash: true },
    { chunks: 3, taskMapSize: 3, maxChunksUp: 3 },
  ] as const)("$chunks chunks, one output: start only when there is none", (scope) => {
    // Nobody else is flushed to what the one probe owes, so it has nothing to leave out.
    expect(attemptsIn(scope)).toEqual({ whenOneStarts: [0], spared: [], mostProbes: 1 });
  });

  it.each([
    { chunks: 2, outputs: 2, ...twoTasks },
    { chunks: 2, outputs: 2, ...twoTasks, routing: "any", crash: true },
    { chunks: 2, outputs: 2, ...twoTasks, routing: "any", retryLimit: 1 },
  ] as const)(
    "2 chunks, two outputs: start only when there is none; a probe leaves out what the other is flushed to",
    (scope) => {
      expect(attemptsIn(scope)).toEqual({
        whenOneStarts: [0],
        spared: ["dispatch"],
        mostProbes: 2,
      });
    },
  );

  it("3 chunks, two outputs: start only when there is none; a probe may even have nothing left to try", () => {
    expect(attemptsIn({ chunks: 3, outputs: 2, ...twoTasks })).toEqual({
      whenOneStarts: [0],
      spared: ["dispatch", "setAside"],
      mostProbes: 2,
    });
  });

  it.each([
    { chunks: 2, outputs: 2, ...twoTasks, most: 1 },
    { chunks: 3, outputs: 2, taskMapSize: 3, maxChunksUp: 3, most: 2 },
  ])(
    "add up if a probe tries all that it owes: $chunks chunks, one more on top of $most",
    ({ most, ...scope }) => {
      const { whenOneStarts, spared } = attemptsIn({ ...scope, without: "oneFlush" });
      expect(Math.max(...whenOneStarts)).toBe(most);
      expect(spared).toEqual([]);
    },
  );

  it("are planned for every chunk at once if a probe is sent whoever attempts the output", () => {
    const { mostProbes } = attemptsIn({ chunks: 3, without: "oneProbe" });
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
    violated: ["neverStuck 7", "noStarvation", "recovery 6"],
  },
  {
    why: "a chunk that is set aside stays in memory",
    without: "putDown",
    scope: { chunks: 2 },
    violated: ["neverStuck 8", "noStarvation", "recovery 6"],
  },
  {
    why: "nothing is recalled",
    without: "recall",
    scope: { chunks: 2 },
    violated: ["neverStuck 10", "noStarvation", "recovery 6"],
  },
  {
    why: "nothing is sent as a probe",
    without: "probe",
    scope: { chunks: 1 },
    violated: ["neverStuck 5", "noStarvation", "recovery 5"],
  },
  {
    why: "a probe does not wait in the queue",
    without: "probeQueue",
    scope: anyOfTwo,
    violated: ["isolationFair", "noStarvation"],
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
    violated: ["isolationFair", "noStarvation"],
  },
  {
    why: "a probe tries what somebody is being flushed to: no property breaks, but attempts add up",
    without: "oneFlush",
    scope: { ...anyOfTwo, ...twoTasks },
    violated: [],
  },
  {
    why: "a probe is sent whoever attempts the output: no property breaks, but all may be probes",
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
