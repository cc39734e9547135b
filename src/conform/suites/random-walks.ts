import type { EnabledAction } from "../../compile/stepper.ts";
import { seededRandom, type Random } from "../../engine/platform/random.ts";
import { callOf, callWord, everySlotWord, type ActionCall } from "../action-call.ts";
import type { Model, ModelRun } from "../model-run.ts";
import { Novelty } from "./novelty.ts";
import { enabledStep, type Suite, type SuiteStep } from "../suite.ts";

function pick<T>(list: readonly T[], random: Random): T | undefined {
  return list[Math.floor(random.next() * list.length)];
}

/** One of some choices: first the name of an action is drawn, then which it is, so that rare names are not starved. */
function drawByName<T>(
  choices: readonly T[],
  callOfChoice: (choice: T) => ActionCall,
  random: Random,
): T | undefined {
  const name = pick([...new Set(choices.map((one) => callOfChoice(one).action))], random);
  return pick(
    choices.filter((one) => callOfChoice(one).action === name),
    random,
  );
}

/** The part of the draws that asks for nothing new. */
const drawnBlindly = 0.25;

/** A random walk, as it grows. */
class RandomWalk {
  readonly steps: SuiteStep[] = [];
  readonly #model: Model;
  readonly #run: ModelRun;
  readonly #random: Random;
  readonly #taken = new Novelty();
  readonly #refused = new Novelty();
  #before = "";
  #history = "";

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
    const words = new Set(this.#run.enabled().map((taken) => callWord(callOf(taken))));
    const every = calls.filter((call) => !words.has(callWord(call)));
    // Most calls are refused most of the time: to compare them all would take long.
    const name = pick([...new Set(every.map(({ action }) => action))], this.#random);
    const refused = every.filter(({ action }) => action === name);
    const call = this.#draw(refused, (one) => one, this.#refused);
    if (call !== undefined) this.steps.push({ call, refused: true });
  }

  #take(which: (taken: EnabledAction) => boolean): boolean {
    const taken = this.#draw(this.#run.enabled().filter(which), callOf, this.#taken);
    if (taken === undefined) return false;
    const call = callOf(taken);
    this.#run.take(taken);
    this.steps.push(enabledStep(call));
    this.#before = everySlotWord(call);
    if (taken.slot === null && taken.move.output === null) this.#history = call.action;
    return true;
  }

  /** Mostly what was done least in such a situation, now and then anything. */
  #draw<T>(
    choices: readonly T[],
    callOfChoice: (choice: T) => ActionCall,
    done: Novelty,
  ): T | undefined {
    const situation = { state: this.#run.state(), before: this.#before, history: this.#history };
    const ranked = choices.map((choice) => ({
      choice,
      news: done.of(callOfChoice(choice), situation),
    }));
    const most = Math.max(...ranked.map(({ news }) => news));
    const newest = ranked.filter(({ news }) => news === most).map(({ choice }) => choice);
    const drawn =
      this.#random.next() < drawnBlindly
        ? drawByName(choices, callOfChoice, this.#random)
        : pick(newest, this.#random);
    if (drawn !== undefined) done.note(callOfChoice(drawn), situation);
    return drawn;
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
