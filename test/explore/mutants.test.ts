import { isDeepStrictEqual } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { defaultParameters, parameterNames, type Parameters } from "../../models/parameters.ts";
import type { Release, SystemDescription } from "../../models/description.ts";
import { release as parkBreaker } from "../../models/releases/park-breaker.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as reserveSlot } from "../../models/releases/reserve-slot.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { compile } from "../../src/compile/compile.ts";
import { isStuck } from "../../src/compile/stuck.ts";
import { Stepper } from "../../src/compile/stepper.ts";
import { checkScope, type ScopeResult } from "../../src/explore/check-scope.ts";
import { deliveryMutants } from "./mutants/delivery-mutants.ts";
import { dispatchMutants } from "./mutants/dispatch-mutants.ts";
import { environmentMutants } from "./mutants/environment-mutants.ts";
import type { Mutant } from "./mutants/mutant.ts";
import { parkBreakerMutants } from "./mutants/park-breaker-mutants.ts";
import { ablations, parkMutants } from "./mutants/park-mutants.ts";
import { reserveSlotMutants } from "./mutants/reserve-slot-mutants.ts";
import { retryMutants } from "./mutants/retry-mutants.ts";
import { breakerRows, parkRows, type ReferenceRow, releaseRows } from "./reference-rows.ts";

/** Scopes whose counts are those of the reference engine (test/engine/lockstep.test.ts). */
const reserveSlotRows = [{ scope: { chunks: 5, taskMapSize: 2, maxChunksUp: 3 } }];

const families = [
  { family: "ingest and dispatch", release: v304, rows: releaseRows, mutants: dispatchMutants },
  { family: "flush and settle", release: v304, rows: releaseRows, mutants: deliveryMutants },
  { family: "retries and quota", release: v304, rows: releaseRows, mutants: retryMutants },
  { family: "the environment", release: v304, rows: releaseRows, mutants: environmentMutants },
  {
    family: "reserve-slot",
    release: reserveSlot,
    rows: reserveSlotRows,
    mutants: reserveSlotMutants,
  },
  { family: "park", release: park, rows: parkRows, mutants: parkMutants },
  { family: "park-breaker", release: parkBreaker, rows: breakerRows, mutants: parkBreakerMutants },
] as const;

/** How a search says that it accepts no such system. */
const refusals = /^a counter became|reactions of a slot never end|which refuses it$|local states$/;

/** Enough for every mutant; some have more states than the system that they come from. */
const maxStates = 50_000;

function checked(description: SystemDescription, parameters: Parameters): ScopeResult {
  const system = compile(description);
  return checkScope({ release: "mutant", parameters, system }, { maxStates });
}

function violated({ properties }: ScopeResult): string[] {
  return properties.filter(({ verdict }) => verdict === "violated").map(({ property }) => property);
}

/** The reference scopes have counts that are pinned; only there can a count catch a mutant. */
function isPinned(
  rows: readonly Pick<ReferenceRow, "scope">[],
  scope: Partial<Parameters>,
): boolean {
  const all = JSON.stringify(scope, parameterNames.slice());
  return rows.some((row) => JSON.stringify(row.scope, parameterNames.slice()) === all);
}

/** Everything that tells the mutant from the system that it was made of. */
function killers(
  release: Release,
  rows: readonly Pick<ReferenceRow, "scope">[],
  mutant: Mutant,
): readonly string[] {
  const parameters = { ...defaultParameters, ...mutant.scope };
  const description = release.describe(parameters);
  const before = checked(description, parameters);
  let after: ScopeResult;
  try {
    after = checked(mutant.change(description), parameters);
  } catch (error) {
    if (!(error instanceof Error) || !refusals.test(error.message)) throw error;
    return ["refused"];
  }
  const broken = violated(after).filter((property) => !violated(before).includes(property));
  if (!isPinned(rows, mutant.scope)) return broken;
  return [
    ...broken,
    ...(isDeepStrictEqual(before.counts, after.counts) ? [] : ["counts"]),
    ...(before.properties.some(({ property, length }) => {
      const now = after.properties.find((one) => one.property === property)?.length ?? null;
      return length !== null && now !== null && length !== now;
    })
      ? ["lengths"]
      : []),
  ];
}

const caught = new Map<string, readonly string[]>();

describe.each(families)("mutants of $family", ({ family, release, rows, mutants }) => {
  it.each(mutants)("$name", (mutant) => {
    const by = killers(release, rows, mutant);
    caught.set(`${family}: ${mutant.name}`, by);
    expect(by).toContain(mutant.caughtBy);
  });
});

describe("the parts that park cannot do without", () => {
  function without(name: string): ScopeResult {
    const mutant = parkMutants.find((one) => one.name === name);
    if (mutant === undefined) throw new Error(`there is no mutant "${name}"`);
    const parameters = { ...defaultParameters, ...mutant.scope };
    return checked(mutant.change(park.describe(parameters)), parameters);
  }

  it("are the ages of chunks: without them chunks starve", () => {
    expect(violated(without(ablations.ages))).toContain("noStarvation");
  });

  it("are input that looks for idle chunks on disk: without it the engine stalls in 5 actions", () => {
    const { scope, properties } = without(ablations.idleChunksOnDisk);
    expect(properties.find(({ property }) => property === "neverStuck")?.length).toBe(5);
    const stepper = new Stepper(scope);
    for (const name of ["ingest", "dispatch", "ingest", "flushOk", "ingest"]) {
      const action = stepper.enabled().find(({ move }) => move.action === name);
      if (action === undefined) throw new Error(`${name} is not enabled`);
      stepper.take(action);
    }
    expect(isStuck(stepper)).toBe(true);
  });

  it("are tasks that are free while chunks wait: without them isolation is lost", () => {
    expect(violated(without(ablations.freeTasks))).toContain("isolation");
  });
});

it("every property is what must catch some mutant", () => {
  const catchers = families.flatMap(({ mutants }) => mutants.map(({ caughtBy }) => caughtBy));
  const properties = v304.describe(defaultParameters).properties.map(({ name }) => name);
  expect(properties).toHaveLength(11);
  expect(properties.filter((name) => !catchers.includes(name))).toEqual([]);
});

afterAll(() => {
  const killed = [...caught.values()].filter((by) => by.length > 0).length;
  const rows = [...caught].map(([mutant, by]) => `${mutant} | ${by.join(", ")}`);
  process.stdout.write(`${rows.join("\n")}\n${killed} of ${caught.size} mutants are caught\n`);
});
