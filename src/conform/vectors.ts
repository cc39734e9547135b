import { callWords } from "./action-call.ts";
import type { JsonObject } from "./json.ts";
import type { Model } from "./model-run.ts";
import type { ScopeSuites } from "./scope-suites.ts";
import type { Suite, SuiteStep } from "./suite.ts";

/** The version of the vectors' form; docs/vectors.md says what changes it. */
export const vectorFormat = 1;

/** A list, one item a line, so that a change shows as the lines that changed. */
function lines(items: readonly string[], indent: string): string {
  return items.length === 0
    ? "[]"
    : `[\n${items.map((item) => `${indent}  ${item}`).join(",\n")}\n${indent}]`;
}

/** The states of a suite, each written once and numbered in the order of their first use. */
class StateTable {
  readonly written: string[] = [];
  readonly #numbers = new Map<string, number>();

  number(state: JsonObject): number {
    const text = JSON.stringify(state);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.written.push(text) - 1;
    this.#numbers.set(text, number);
    return number;
  }
}

function stepLines(model: Model, steps: readonly SuiteStep[], states: StateTable): string[] {
  const run = model.run();
  let state = states.number(run.expected());
  return steps.map(({ call, refused }) => {
    if (refused) return JSON.stringify({ ...call, refused, state });
    const taken = run.find(call);
    if (taken === undefined) throw new Error(`${callWords(call)} is not enabled`);
    run.take(taken);
    state = states.number(run.expected());
    return JSON.stringify({ ...call, state });
  });
}

/** A suite as a file of test vectors; equal suites give equal text. */
export function vectorFile({ scope, model }: ScopeSuites, suite: Suite, generator: string): string {
  const states = new StateTable();
  states.number(model.run().expected());
  const tests = suite.tests.map(
    ({ name, steps }) =>
      `{ "name": ${JSON.stringify(name)}, "steps": ${lines(stepLines(model, steps, states), "    ")} }`,
  );
  const head = {
    format: vectorFormat,
    generator,
    release: scope.release,
    scope: scope.name,
    title: scope.title,
    parameters: scope.parameters,
    suite: suite.name,
    covers: suite.covers,
  };
  return [
    "{",
    ...Object.entries(head).map(([key, value]) => `  "${key}": ${JSON.stringify(value)},`),
    `  "states": ${lines(states.written, "  ")},`,
    `  "tests": ${lines(tests, "  ")}`,
    "}",
    "",
  ].join("\n");
}
