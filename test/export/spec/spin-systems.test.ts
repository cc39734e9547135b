import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultLimits, survey } from "../../../src/explore/explore.ts";
import * as fluentd from "../../models/fluentd/rows.ts";
import * as collector from "../../models/otel-collector/rows.ts";
import { randomSettings as fluentdSettings } from "../../models/fluentd/random-settings.ts";
import { randomSettings as collectorSettings } from "../../models/otel-collector/random-settings.ts";
import { seed } from "../../explore/seed.ts";
import { hasSpin, spin } from "./spin.ts";

/** How many rows of each system; all of them with `SPIN_ROWS=100`. */
const most = Number(process.env["SPIN_ROWS"] ?? 3);

/** The rows at even distances, the first among them. */
function some<T>(rows: readonly T[]): readonly T[] {
  const step = Math.max(1, Math.floor(rows.length / most));
  return rows.filter((_, index) => index % step === 0).slice(0, Math.max(most, 1));
}

/** How many random scopes of each system; 30 with `SPIN_SCOPES=30`. */
const numRuns = Number(process.env["SPIN_SCOPES"] ?? 2);

const scopes = [
  ...some(fluentd.rows).map((row) => ({
    ...{ system: "fluentd", release: row.release.name, words: row.words },
    scope: fluentd.scopeOfRow(row),
  })),
  ...some(collector.rows).map((row) => ({
    ...{ system: "otel-collector", release: row.release.name, words: row.words },
    scope: collector.scopeOfRow(row),
  })),
  ...fc.sample(fluentdSettings, { seed, numRuns }).map((asked) => ({
    ...{
      system: "fluentd",
      release: asked.release.name,
      words: `${asked.settings.join(" ")} (seed ${seed})`,
    },
    scope: fluentd.scopeOfRow(asked),
  })),
  ...fc.sample(collectorSettings, { seed, numRuns }).map((asked) => ({
    ...{
      system: "otel-collector",
      release: asked.release.name,
      words: `${asked.settings.join(" ")} (seed ${seed})`,
    },
    scope: collector.scopeOfRow(asked),
  })),
];

describe.skipIf(!hasSpin)("SPIN, given the Promela model of another system", () => {
  it.each(scopes)("finds the states and transitions: $system $release $words", ({ scope }) => {
    const { states, transitions } = spin(scope);
    const found = survey(scope, { ...defaultLimits, symmetry: false });
    expect(states).toBe(found.states);
    expect(transitions).toBe(Number(found.counts.transitions));
  });

  it("judges a limit that giving up breaks as the explorer does", () => {
    const row = fluentd.rows.find(({ words }) => words === "N=3 L=2 F=2 retryMax=1");
    if (row === undefined) throw new Error("the row is gone");
    expect(spin(fluentd.scopeOfRow(row), "limitHolds").violations).toBeGreaterThan(0);
  });
});
