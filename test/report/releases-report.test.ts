import { describe, expect, it } from "vitest";

import { loadReleases } from "../../src/compile/load-releases.ts";
import { type EnabledAction, Stepper } from "../../src/compile/stepper.ts";
import { checkScope } from "../../src/explore/check-scope.ts";
import type { LetteredRun } from "../../src/report/scope/release-table.ts";
import { releasesText } from "../../src/report/scope/releases-report.ts";
import { style } from "../../src/report/style.ts";
import { scopeWith } from "../../src/analysis/scope-with.ts";

const releases = await loadReleases();
const settings = {
  a: {},
  c: { chunks: 3, outputs: 2, routing: "any", crash: true },
} as const;
const runs = releases.flatMap((release) =>
  (["a", "c"] as const).map((letter): LetteredRun => ({
    release,
    scope: { letter },
    result: checkScope(scopeWith(release, settings[letter])),
    elapsedMs: 0,
  })),
);
const sections = releasesText(runs, [], style(false), Number.POSITIVE_INFINITY)
  .split("\n\n")
  .flatMap((text) => {
    const [, names = "", properties = "", letter = ""] =
      /^([\w.,\- ]+): ([\w ]+) violated: .*, in scope (\w)\n/u.exec(text) ?? [];
    return names === ""
      ? []
      : [{ text, names: names.split(", "), properties: properties.split(" and "), letter }];
  });

it("begins with what was found: who can deadlock, the shortest way, and who cannot", () => {
  const text = releasesText(runs, [], style(false), Number.POSITIVE_INFINITY);
  const [first, second, third, rest] = text.split("\n");
  const stuck = runs.filter(({ result }) =>
    result.properties.some(({ property, path }) => property === "neverStuck" && path !== null),
  );
  const names = [...new Set(stuck.map(({ release }) => release.name))];
  expect(first).toBe(`${names.length} releases can deadlock: ${names.join(", ")}.`);
  expect(second).toContain("Shortest way: 6 actions (");
  expect(third).toContain("corrected-fix");
  expect(rest).toBe("");
});

it("fits a terminal of 80 columns: what was found, and the table below it", () => {
  const text = releasesText(runs, [], style(false), 80);
  const shown = text.slice(0, text.indexOf("\n(a) ") + 1 || text.indexOf("\nholds: ") + 1);
  expect(shown).toContain("Never stuck in these scopes");
  expect(shown).toContain("\nnoStarvation ");
  const long = shown.split("\n").filter((line) => line.length > 80);
  expect(long).toEqual([]);
});

function runOf(name: string, letter: string): LetteredRun {
  const run = runs.find((one) => one.release.name === name && one.scope.letter === letter);
  if (run === undefined) throw new Error(`no run of ${name} in scope ${letter}`);
  return run;
}

function word({ move, slot }: EnabledAction): string {
  const mask = "mask" in move ? move.mask : null;
  return JSON.stringify([move.action, slot, move.output, mask]);
}

describe("a path that several releases share", () => {
  it("is told for every release and property that is violated, once", () => {
    const told = sections.flatMap(({ names, properties }) =>
      names.flatMap((name) => properties.map((property) => `${name} ${property}`)),
    );
    const violated = runs.flatMap(({ release, result }) =>
      result.properties
        .filter(({ verdict }) => verdict === "violated")
        .map(({ property }) => `${release.name} ${property}`),
    );
    expect(new Set(told)).toEqual(new Set(violated));
    expect(told).toHaveLength(new Set(told).size);
  });

  it.each(sections)("is one of each of them: $names, $properties", (section) => {
    const { names, properties, letter } = section;
    const [first = "", ...others] = names;
    const property = runOf(first, letter).result.properties.find(
      (one) => one.property === properties[0],
    );
    const lasso = property?.lasso();
    const actions = [
      ...(property?.path?.steps ?? []),
      ...(lasso?.approach ?? []),
      ...(lasso?.loop ?? []),
    ];
    expect(actions.length).toBeGreaterThan(0);
    for (const other of others) {
      const stepper = new Stepper(runOf(other, letter).result.scope);
      for (const { taken } of actions) {
        const same = stepper.enabled().find((action) => word(action) === word(taken));
        if (same === undefined) throw new Error(`${other} has no ${word(taken)} there`);
        stepper.take(same);
      }
    }
  });

  it("names nothing that only one of them has", () => {
    for (const { text, names } of sections) {
      expect(text.includes("dispatchWithoutTask"), names.join()).toBe(
        names.join() === "v3.0.1" && text.includes("dispatchWithoutTask"),
      );
    }
    expect(sections.filter(({ text }) => text.includes("dispatchWithoutTask"))).not.toEqual([]);
  });
});
