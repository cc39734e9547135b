import { join } from "node:path";
import { findRelease } from "../../src/compile/find-release.ts";
import { parametersOf } from "../../src/cli/options/scope-arguments.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { scopeOf, type Scope } from "../../src/compile/scope.ts";
import { defaultLimits, survey } from "../../src/explore/explore.ts";
import type { BenchPlan, BenchScope } from "./bench-scopes.ts";
import type { Contender } from "./contenders.ts";
import type { BenchResult, MeasuredContender, MeasuredScope } from "./measured.ts";
import { processCost, type Command, type ProcessCost } from "./process-cost.ts";
import { summaryOf } from "./summary.ts";

/** A contender on a scope, with what it cost so far. */
interface Entry {
  readonly contender: Contender;
  readonly command: Command;
  readonly costs: ProcessCost[];
}

interface Entrants {
  readonly asked: BenchScope;
  readonly labelled: number;
  readonly upToPermutation: number;
  readonly entries: readonly Entry[];
  readonly tooMany: readonly string[];
}

function enter(
  asked: BenchScope,
  scope: Scope,
  contenders: readonly Contender[],
  folder: string,
): Entrants {
  const { counts } = survey(scope, { ...defaultLimits, symmetry: true });
  const labelled = Number(counts.labelled);
  const takes = contenders.filter(({ mostStates }) => labelled <= mostStates);
  return {
    asked,
    labelled,
    upToPermutation: counts.canonical,
    entries: takes.map((contender, index) => ({
      contender,
      command: contender.prepare({
        scope,
        asked,
        labelled,
        folder: join(folder, String(index)),
      }),
      costs: [],
    })),
    tooMany: contenders.filter((one) => !takes.includes(one)).map(({ name }) => name),
  };
}

function measuredContender({ contender, costs }: Entry, labelled: number): MeasuredContender {
  const found = costs.map(({ said }) => contender.states(said));
  const wrong = found.find((states) => states !== null && states !== labelled);
  if (wrong !== undefined) {
    throw new Error(`${contender.name} found ${String(wrong)} states of ${labelled}`);
  }
  return {
    contender: contender.name,
    states: found[0] ?? null,
    wallSeconds: summaryOf(costs.map(({ wallSeconds }) => wallSeconds)),
    seconds: summaryOf(costs.map(({ seconds }) => seconds)),
    mebibytes: summaryOf(costs.map(({ mebibytes }) => mebibytes)),
  };
}

function measuredScope({ asked, entries, ...counts }: Entrants): MeasuredScope {
  const { labelled, upToPermutation, tooMany } = counts;
  const contenders = entries.map((entry) => measuredContender(entry, labelled));
  return { scope: asked, labelled, upToPermutation, contenders, tooMany };
}

/**
 * Measures every contender on every scope of a plan, as whole processes. The rounds are interleaved, so that a busy moment
 * of the machine meets all of them.
 *
 * @param folder where contenders may write
 * @throws Error if a contender fails, or finds another number of states than the explorer
 */
export async function measurePlan(
  { rounds, compared, growth }: BenchPlan,
  contenders: readonly Contender[],
  {
    folder,
    machine,
    tell,
  }: {
    readonly folder: string;
    readonly machine: string;
    readonly tell: (text: string) => void;
  },
): Promise<BenchResult> {
  const release = findRelease(await loadReleases(), "v3.0.4");
  const grows = contenders.filter((one) => one.grows);
  let entered = 0;
  const entrantsOf = (asked: BenchScope, all: readonly Contender[]): Entrants => {
    tell(`${asked.name}: prepared\n`);
    const words = Object.entries(asked.settings).map(([name, value]) => `${name}=${value}`);
    const scope = scopeOf(release, parametersOf(release, words));
    return enter(asked, scope, all, join(folder, String(entered++)));
  };
  const ofCompared = compared.map((asked) => entrantsOf(asked, contenders));
  const ofGrowth = growth.map(({ size, besides, points }) => ({
    size,
    besides,
    points: points.map(({ value, scope }) => ({ value, entrants: entrantsOf(scope, grows) })),
  }));
  const all = [
    ...ofCompared,
    ...ofGrowth.flatMap(({ points }) => points.map((one) => one.entrants)),
  ];
  for (let round = 1; round <= rounds; round++) {
    for (const { asked, entries } of all) {
      for (const { contender, command, costs } of entries) {
        const cost = processCost(command, contender.endings);
        costs.push(cost);
        tell(
          `${round}/${rounds} ${asked.name} ${contender.name}: ${cost.wallSeconds.toFixed(2)} s\n`,
        );
      }
    }
  }
  return {
    rounds,
    machine,
    compared: ofCompared.map(measuredScope),
    growth: ofGrowth.map(({ size, besides, points }) => ({
      size,
      besides,
      points: points.map(({ value, entrants }) => ({ value, measured: measuredScope(entrants) })),
    })),
  };
}
