import { expect, test } from "vitest";
import { defaultParameters } from "../../models/parameters.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { scopeOf } from "../../src/compile/scope.ts";
import { chartOfDefinition } from "../../src/inspect/charts/chart-of-definition.ts";
import { chartsOfScope } from "../../src/inspect/charts/charts-of-scope.ts";
import { layoutChart, type Box } from "../../src/inspect/charts/layout.ts";

const releases = await loadReleases();

function overlap(a: Box, b: Box): boolean {
  return (
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2
  );
}

test.each(releases.map((release) => [release.name, release] as const))(
  "in the charts of %s no state or label lies on another, and all are inside",
  (_, release) => {
    const extras = Object.fromEntries(
      release.applies.flatMap((name) =>
        ["crash", "schedulerFails", "shutdown"].includes(name) ? [[name, true]] : [],
      ),
    );
    const parameters = { ...defaultParameters, retryLimit: 1, ...release.defaults, ...extras };
    const charts = chartsOfScope(release.describe(parameters), scopeOf(release, parameters));
    expect(charts.length).toBeGreaterThan(2);
    for (const chart of charts) {
      const layout = layoutChart(chart);
      const boxes: readonly Box[] = [...layout.states, ...layout.arrows.map(({ label }) => label)];
      boxes.forEach((box, index) => {
        expect(box.x - box.width / 2).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width / 2).toBeLessThanOrEqual(layout.width);
        for (const other of boxes.slice(index + 1)) {
          expect(overlap(box, other), `${chart.role}: ${JSON.stringify([box, other])}`).toBe(false);
        }
      });
    }
  },
);

test("a chart shows what can happen in its scope and nothing else", () => {
  const release = releases.find(({ name }) => name === "v3.0.4");
  if (release === undefined) throw new Error("no v3.0.4");
  const namesOf = (parameters: typeof defaultParameters): readonly string[] =>
    chartsOfScope(release.describe(parameters), scopeOf(release, parameters)).map(
      ({ role, states }) => `${role}: ${states.map(({ name }) => name).join(" ")}`,
    );
  expect(namesOf(defaultParameters)).toEqual([
    "chunk: absent down up",
    "task: vacant running",
    "delivery: unrouted routed flushing retry delivered",
    "output: online offline",
  ]);
  expect(namesOf({ ...defaultParameters, pauseOnChunksOverlimit: true, shutdown: true })).toEqual([
    "chunk: absent down up",
    "task: vacant running",
    "delivery: unrouted routed flushing retry delivered",
    "stream: none own",
    "engine: running stopped",
    "output: online offline",
    "input: running paused",
  ]);
});

test("a nested machine of someone else is flattened", () => {
  const chart = chartOfDefinition("light", {
    id: "light",
    initial: "green",
    states: {
      green: { on: { next: "red" } },
      red: {
        initial: "stop",
        states: {
          stop: { after: { 100: "go" } },
          go: { on: { again: { target: "#light.green" } } },
        },
        on: { next: "green" },
      },
    },
  });
  expect(chart.states.map(({ name }) => name)).toEqual(["green", "red.stop", "red.go"]);
  expect(chart.transitions.map(({ from, event, to }) => `${from} ${event} ${to}`).sort()).toEqual([
    "green next red.stop",
    "red.go again green",
    "red.go next green",
    "red.stop after 100 red.go",
    "red.stop next green",
  ]);
  expect(chartOfDefinition("nothing", "no machine").states).toEqual([]);
});
