import { callWord, type ActionCall } from "./action-call.ts";
import type { Model } from "./model-run.ts";
import type { SuiteStep } from "./suite.ts";

/**
 * Reads steps as `stepsWords` writes them.
 *
 * @param foreign calls that the model refuses in every state
 * @returns the steps, or a sentence that says which word is none
 */
export function readSteps(
  model: Model,
  words: string,
  foreign: readonly ActionCall[] = [],
): readonly SuiteStep[] | string {
  const calls = new Map([...model.calls(), ...foreign].map((call) => [callWord(call), call]));
  const run = model.run();
  const steps: SuiteStep[] = [];
  for (const word of words.split(/\s+/).filter((one) => one !== "")) {
    const refused = word.startsWith("!");
    const call = calls.get(refused ? word.slice(1) : word);
    if (call === undefined) return `there is no action "${word}" in this scope`;
    const taken = run.find(call);
    if ((taken === undefined) !== refused) {
      return `step ${steps.length + 1}, ${word}, is ${refused ? "" : "not "}enabled there in the model`;
    }
    if (taken !== undefined) run.take(taken);
    steps.push({ call, refused });
  }
  return steps;
}
