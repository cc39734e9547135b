import { describe, expect, it } from "vitest";
import { decades, growthPlot } from "./growth-plot.ts";
import type { BenchResult, MeasuredContender, MeasuredScope } from "./measured.ts";
import { performanceTable } from "./performance-table.ts";
import { processCost } from "./process-cost.ts";
import { summaryOf } from "./summary.ts";

describe("a summary", () => {
  it.each([
    [[3], { median: 3, least: 3, most: 3 }],
    [[5, 1, 9, 2, 3], { median: 3, least: 1, most: 9 }],
    [[10, 9, 100, 1], { median: 9.5, least: 1, most: 100 }],
  ])("of %j is %j", (values, expected) => {
    expect(summaryOf(values)).toEqual(expected);
  });

  it("of nothing is refused", () => {
    expect(() => summaryOf([])).toThrow(RangeError);
  });
});

function contender(name: string, seconds: readonly number[]): MeasuredContender {
  const summary = summaryOf(seconds);
  return {
    contender: name,
    states: 156,
    wallSeconds: summary,
    seconds: summary,
    mebibytes: summaryOf([64.4, 70.6]),
  };
}

function measured(name: string, contenders: readonly MeasuredContender[]): MeasuredScope {
  return {
    scope: { name, settings: {} },
    labelled: 1858644,
    upToPermutation: 4400,
    contenders,
    tooMany: ["xstate/graph"],
  };
}

const result: BenchResult = {
  rounds: 3,
  machine: "2 × Test, Node v1",
  compared: [measured("N=7", [contender("ours", [0.5, 0.4, 0.6]), contender("theirs", [5, 4, 7])])],
  growth: [
    {
      size: "N",
      besides: "T=3",
      points: [
        {
          value: 4,
          measured: measured("N=4", [contender("ours", [0.1]), contender("theirs", [1])]),
        },
        { value: 6, measured: measured("N=6", [contender("ours", [0.1])]) },
      ],
    },
  ],
};

describe("the table", () => {
  const table = performanceTable(result, "growth.svg");

  it("has medians with least and most, ratios to the first, and who cannot take the scope", () => {
    expect(table).toContain("1,858,644 labelled states, 4,400 up to permutation.");
    expect(table).toContain(
      "| theirs | 5.00 (4.00 to 7.00) | 5.00 (4.00 to 7.00) | 10.0 | 68 (64 to 71) |",
    );
    expect(table).toContain("Too many states for: xstate/graph.");
    expect(table).toContain("Medians of 3 interleaved rounds");
  });

  it("has a row for each size that grows", () => {
    expect(table).toContain("| 4 | 1,858,644 | 4,400 | 0.10 | 1.00 |");
    expect(table).toContain("| 6 | 1,858,644 | 4,400 | 0.10 | too many |");
  });
});

describe("the plot", () => {
  it("takes in every value between whole powers of ten", () => {
    expect(decades([0.4, 26])).toEqual({ from: -1, to: 2 });
    expect(decades([0.02])).toEqual({ from: -2, to: 0 });
    expect(decades([])).toEqual({ from: 0, to: 1 });
  });

  it("draws a line for each contender; ten times the cost is as high everywhere", () => {
    const svg = growthPlot(result.growth);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg.match(/<polyline /g)).toHaveLength(2);
    const heights = [...svg.matchAll(/<circle cx="[\d.]+" cy="([\d.]+)"/g)].map(([, y]) =>
      Number(y),
    );
    // From 0.1 s to 1 s: the whole height, since these are the only powers of ten.
    expect(heights).toEqual([280, 280, 60]);
  });
});

describe("a whole process", () => {
  it("is measured, and what it printed is kept", () => {
    const cost = processCost({ program: "sh", words: ["-c", "echo said; exit 1"] }, [0, 1]);
    expect(cost.said).toBe("said\n");
    expect(cost.mebibytes).toBeGreaterThan(0);
  });

  it("that fails is no measurement", () => {
    expect(() => processCost({ program: "sh", words: ["-c", "exit 4"] }, [0])).toThrow(
      "sh -c exit 4 ended with 4",
    );
  });
});
