import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadReleases } from "../../src/compile/load-releases.ts";
import type { Release } from "../../models/description.ts";
import type { Parameters } from "../../models/parameters.ts";
import { callOf, callWord } from "../../src/conform/action-call.ts";
import { differences, type Difference } from "../../src/conform/differences.ts";
import { EngineSubject } from "../../src/conform/engine-subject.ts";
import type { Divergence } from "../../src/conform/divergence.ts";
import { readSteps } from "../../src/conform/read-steps.ts";
import { runSteps } from "../../src/conform/run-steps.ts";
import { shrink, stepsWords } from "../../src/conform/shrink.ts";
import type { ModelRun } from "../../src/conform/model-run.ts";
import type { Subject } from "../../src/conform/subject.ts";
import { EngineCore } from "../../src/engine/lockstep/engine-core.ts";
import { findRelease } from "../../src/engine/releases/catalogue.ts";
import { publishedFix } from "../../src/engine/releases/published-fix.ts";
import { seed } from "../explore/seed.ts";
import { matchOf } from "./match.ts";

/** The real side: an engine, and the words of the actions that it has taken. */
interface Real {
  readonly engine: Subject;
  readonly taken: string[];
}

/** Engine and model parted. The actions are what `unstuck conform --replay` takes. */
class Diverged extends Error {
  override readonly name = "Diverged";
  readonly actions: readonly string[];

  constructor(actions: readonly string[], list: readonly Difference[]) {
    const what = list.length === 0 ? "the last action is refused" : JSON.stringify(list);
    super(`${what}; to replay: ${actions.join(" ")}`);
    this.actions = actions;
  }
}

/** One of the actions that are enabled when the command's turn comes: nothing is made that could not be run. */
class TakeEnabled implements fc.AsyncCommand<ModelRun, Real> {
  readonly #name: number;
  readonly #instance: number;
  #word = "?";

  constructor(name: number, instance: number) {
    this.#name = name;
    this.#instance = instance;
  }

  check(run: Readonly<ModelRun>): boolean {
    // Only a stopped engine has no enabled action.
    return run.enabled().length > 0;
  }

  async run(run: ModelRun, { engine, taken }: Real): Promise<void> {
    const enabled = run.enabled();
    const names = [...new Set(enabled.map(({ move }) => move.action))];
    const name = names[this.#name % names.length];
    const instances = enabled.filter(({ move }) => move.action === name);
    const action = instances[this.#instance % instances.length];
    if (action === undefined) throw new Error("nothing is enabled");
    const call = callOf(action);
    this.#word = callWord(call);
    taken.push(this.#word);
    run.take(action);
    const answer = await engine.act(call);
    if ("refused" in answer) throw new Diverged(taken, []);
    const list = differences(run.expected(), answer.state);
    if (list.length > 0) throw new Diverged(taken, list);
  }

  toString(): string {
    return this.#word;
  }
}

const command = fc
  .tuple(fc.nat({ max: 59 }), fc.nat({ max: 9_999 }))
  .map(([name, instance]) => new TakeEnabled(name, instance));

/** Sizes far beyond what can be explored; what means nothing to a release is left out. */
function settingsFor({ applies, least }: Release): fc.Arbitrary<Partial<Parameters>> {
  const settings = fc.record({
    chunks: fc.integer({ min: 1, max: 80 }),
    taskMapSize: fc.integer({ min: 1, max: 64 }),
    maxChunksUp: fc.integer({ min: least["maxChunksUp"] ?? 1, max: 16 }),
    outputs: fc.integer({ min: 1, max: 3 }),
    routing: fc.constantFrom("all" as const, "any" as const),
    retryLimit: fc.constantFrom("unlimited" as const, 1, 2, 3),
    overLimitQuota:
      least["overLimitQuota"] === undefined
        ? fc.constant(0)
        : fc.integer({ min: least["overLimitQuota"], max: 3 }),
    pauseOnChunksOverlimit: fc.boolean(),
    crash: fc.boolean(),
    schedulerFails: fc.boolean(),
    shutdown: fc.boolean(),
  });
  return settings.map((all) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => applies.some((one) => one === key))),
  );
}

function holdsAgainst(
  release: Release,
  engine: Subject,
  settings: fc.Arbitrary<Partial<Parameters>>,
) {
  return fc.asyncProperty(
    settings,
    fc.commands([command], { maxCommands: 300, size: "max" }),
    async (chosen, commands) => {
      const { model, scope } = matchOf(release, chosen, engine);
      await fc.asyncModelRun(async () => {
        await engine.reset(scope);
        return { model: model.run(), real: { engine, taken: [] } };
      }, commands);
    },
  );
}

/** What fast-check has shrunk, with every step left out that is not needed. */
async function shortened(
  release: Release,
  engine: Subject,
  [settings]: readonly [Partial<Parameters>, unknown],
  error: unknown,
): Promise<Divergence> {
  if (!(error instanceof Diverged))
    throw new Error("fast-check found something else", { cause: error });
  const match = matchOf(release, settings, engine);
  const steps = readSteps(match.model, error.actions.join(" "));
  if (typeof steps === "string") throw new Error(steps);
  const divergence = await runSteps(match, steps);
  if (divergence === undefined) throw new Error("the actions do not diverge again");
  return shrink(match, divergence, undefined);
}

const releases = await loadReleases();

describe(`random actions at any size, seed ${seed}`, { timeout: 240_000 }, () => {
  it.each(releases.map((release) => ({ name: release.name, release })))(
    "$name",
    async ({ release }) => {
      const property = holdsAgainst(release, new EngineSubject(), settingsFor(release));
      await fc.assert(property, { seed, numRuns: 15 });
    },
  );

  it("shrinks a divergence to a short list of actions that can be replayed", async () => {
    const release = releases.find(({ name }) => name === "corrected-fix");
    if (release === undefined) throw new Error("there is no corrected fix");
    const leaking = new EngineSubject({
      createCore: (parameters) => new EngineCore(parameters),
      findRelease: (name) => (name === "corrected-fix" ? publishedFix : findRelease(name)),
    });
    const property = holdsAgainst(release, leaking, settingsFor(release));
    const found = await fc.check(property, { seed, numRuns: 100 });
    if (found.counterexample === null) throw new Error("nothing was found");
    const divergence = await shortened(release, leaking, found.counterexample, found.errorInstance);
    const words = stepsWords(divergence.steps);
    process.stdout.write(`\nseed ${found.seed}, path ${found.counterexamplePath}: ${words}\n`);
    // The shortest way to a leak of the proposed fix has eight actions.
    expect(divergence.steps).toHaveLength(8);
    expect(divergence.rule).toBe("flushOk");
  });
});
