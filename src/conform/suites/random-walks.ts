import type { EnabledAction } from "../../compile/stepper.ts";
import { seededRandom, type Random } from "../../engine/platform/random.ts";
import { callOf, callWord, type ActionCall } from "../action-call.ts";
import type { Model, ModelRun } from "../model-run.ts";
import { enabledStep, type Suite, type SuiteStep } from "../suite.ts";

function pick<T>(list: readonly T[], random: Random): T | undefined {
  return list[Math.floor(random.next() * list.length)];
}

/** One of the enabled actions: first its name is drawn, then which it is, so that rare names are not starved. */
function drawAction(enabled: readonly EnabledAction[], random: Random): EnabledAction | undefined {
  const names = [...new Set(enabled.map(({ move }) => move.action))];
  const name = pick(names, random);
  return pick(
    enabled.filter(({ move }) => move.action === name),
    random,
  );
}

/** One of the calls that are not enabled, drawn in the same way. */
function drawRefused(
  calls: readonly ActionCall[],
  enabled: readonly EnabledAction[],
  random: Random,
): ActionCall | undefined {
  if (calls.length === 0) return undefined;
  const words = new Set(enabled.map((taken) => callWord(callOf(taken))));
  const refused = calls.filter((call) => !words.has(callWord(call)));
  const name = pick([...new Set(refused.map(({ action }) => action))], random);
  return pick(
    refused.filter(({ action }) => action === name),
    random,
  );
}

/** A random walk, as it grows. */
class RandomWalk {
  readonly steps: SuiteStep[] = [];
  readonly #model: Model;
  readonly #run: ModelRun;
  readonly #random: Random;

  constructor(model: Model, random: Random) {
    this.#model = model;
    this.#run = model.run();
    this.#random = random;
  }

  /** Takes an action after which something is still enabled; false if there is none. */
  goOn(): boolean {
    return this.#take((taken) => !this.#ends(taken));
  }

  /** Takes an action after which nothing is enabled, such as a shutdown, if there is one. */
  end(): boolean {
    return this.#take((taken) => this.#ends(taken));
  }

  /** Tries one of the calls that are not enabled. */
  beRefused(calls: readonly ActionCall[]): void {
    const call = drawRefused(calls, this.#run.enabled(), this.#random);
    if (call !== undefined) this.steps.push({ call, refused: true });
  }

  #take(which: (taken: EnabledAction) => boolean): boolean {
    const taken = drawAction(this.#run.enabled().filter(which), this.#random);
    if (taken === undefined) return false;
    this.#run.take(taken);
    this.steps.push(enabledStep(callOf(taken)));
    return true;
  }

  #ends(taken: EnabledAction): boolean {
    // Only what changes a machine outside the slots can end everything.
    if (taken.slot !== null || taken.move.output !== null) return false;
    const after = this.#model.run(this.#run.state());
    after.take(taken);
    return after.enabled().length === 0;
  }
}

/** Refusals that are tried after the last action of a walk. */
const refusalsAtEnd = 20;

/**
 * Random walks through a scope of any size, each `length` actions long. What would end a walk, such as a shutdown, comes
 * last.
 *
 * @param calls before each action one of these that is not enabled is tried, to see it refused; and some more at the end
 */
export function randomWalks(
  model: Model,
  plan: { readonly walks: number; readonly length: number; readonly seed: number },
  calls: readonly ActionCall[] = [],
): Suite {
  const tests = Array.from({ length: plan.walks }, (_, index) => {
    const seed = plan.seed + index;
    const walk = new RandomWalk(model, seededRandom(seed));
    for (let taken = 1; taken < plan.length; taken++) {
      walk.beRefused(calls);
      if (!walk.goOn()) break;
    }
    if (!walk.end()) walk.goOn();
    for (let tried = 0; tried < refusalsAtEnd; tried++) walk.beRefused(calls);
    return { name: `seed ${seed}`, steps: walk.steps };
  });
  const refusals = calls.length === 0 ? "" : ", with a refusal before each";
  return {
    name: "random",
    covers: `${plan.walks} random walks of ${plan.length} actions from seed ${plan.seed} on${refusals}`,
    tests,
  };
}
