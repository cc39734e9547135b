import { describe, expect, it } from "vitest";
import { planSimulation } from "../../src/cli/simulate/simulate-settings.ts";
import { simulate } from "../../src/engine/simulation/simulate.ts";
import { timeColumns } from "../../src/report/simulation/simulation-columns.ts";
import { momentsOf } from "../../src/report/simulation/simulation-now.ts";
import type { SimulationRun } from "../../src/report/simulation/simulation-run.ts";

const small = { taskMapSize: 8, maxChunksUp: 8, schedulerBase: 1, schedulerCap: 2 };
const phases = [
  { name: "healthy", seconds: 20, down: [], feeding: true },
  { name: "outage", seconds: 1200, down: [0], feeding: true },
  { name: "drain", seconds: 600, down: [], feeding: false },
];
const { scenarios } = planSimulation({ limits: small });
const [scenario] = scenarios;
if (scenario === undefined) throw new Error("nothing is simulated");
const told = { ...scenario, phases, sampleEvery: 1 };
const run: SimulationRun = { scenario: told, result: simulate(told) };
const ends = [20, 1220, 1820];

describe("the columns of a simulation", () => {
  const { stretches, place } = timeColumns([run], ends, 300);

  it("go from the start to the end without a gap, each with a sample and each phase with an end", () => {
    expect(stretches[0]?.[0]).toBe(0);
    expect(stretches.at(-1)?.[1]).toBe(1820);
    stretches.slice(1).forEach(([from, to], index) => {
      expect(from).toBe(stretches[index]?.[1]);
      expect(to).toBeGreaterThan(from);
    });
    const times = run.result.samples.map(({ time }) => time);
    for (const [from, to] of stretches) {
      expect(times.some((time) => time > from && time <= to)).toBe(true);
    }
    for (const end of ends) expect(stretches.some(([, to]) => to === end)).toBe(true);
    expect(stretches.length).toBeGreaterThan(250);
    expect(stretches.length).toBeLessThanOrEqual(305);
  });

  it("are as fine as the samples where something fills up or stops, and wide elsewhere", () => {
    const stuck = run.result.stuckSince ?? 0;
    expect(stuck).toBeGreaterThan(20);
    const widths = stretches
      .filter(([, to]) => Math.abs(to - stuck) < 40)
      .map(([from, to]) => to - from);
    expect(widths.length).toBeGreaterThanOrEqual(60);
    expect(new Set(widths)).toEqual(new Set([1]));
    const late = stretches.filter(([from]) => from > 400).map(([from, to]) => to - from);
    expect(Math.max(...late)).toBeGreaterThan(5);
  });

  it("have a place for every moment", () => {
    expect(place(0)).toBe(0);
    expect(place(1820)).toBe(stretches.length);
    for (const [column, [from, to]] of stretches.entries()) {
      expect(place((from + to) / 2)).toBeCloseTo(column + 0.5);
      expect(place(to)).toBe(column + 1);
    }
  });

  it("say what is true in them, and not what becomes of it", () => {
    const moments = momentsOf(run, ["a"], stretches);
    const stuck = run.result.stuckSince ?? 0;
    moments.forEach(({ isStuck }, column) => {
      expect(isStuck).toBe((stretches[column]?.[1] ?? 0) >= stuck);
    });
    expect(moments[10]?.words).toMatch(/^[\d,]+ delivered$/);
    const open = { ...run, result: { ...run.result, stuckSince: null } };
    const words = momentsOf(open, ["a"], stretches).map((one) => one.words);
    expect(words[place(21)]).toBe("the output is down: nothing delivered, and chunks wait");
    expect(words.at(-1)).toBe("nothing delivered, and chunks wait");
    const second = momentsOf(open, ["a", "b"], stretches)[place(21)]?.words;
    expect(second).toBe("a is down: nothing delivered, and chunks wait");
    expect(moments.at(-1)?.words).toMatch(/^stuck since /);
  });

  it("are one for each sample where there is room", () => {
    const roomy = timeColumns([run], ends, 5000);
    expect(roomy.stretches).toHaveLength(run.result.samples.length);
    expect(timeColumns([], [10], 300).stretches).toEqual([[0, 10]]);
  });
});
