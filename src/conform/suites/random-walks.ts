import type { EnabledAction } from "../../compile/stepper.ts";
import { seededRandom, type Random } from "../../engine/platform/random.ts";
import { callOf } from "../action-call.ts";
import type { Model } from "../model-run.ts";
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

/** Random walks through a scope of any size, each as long as `length` unless nothing is enabled any more. */
export function randomWalks(
  model: Model,
  plan: { readonly walks: number; readonly length: number; readonly seed: number },
): Suite {
  const tests = Array.from({ length: plan.walks }, (_, index) => {
    const seed = plan.seed + index;
    const random = seededRandom(seed);
    const run = model.run();
    const steps: SuiteStep[] = [];
    while (steps.length < plan.length) {
      const taken = drawAction(run.enabled(), random);
      if (taken === undefined) break;
      run.take(taken);
      steps.push(enabledStep(callOf(taken)));
    }
    return { name: `seed ${seed}`, steps };
  });
  return {
    name: "random",
    covers: `${plan.walks} random walks of ${plan.length} steps from seed ${plan.seed} on`,
    tests,
  };
}
