import { describe, expect, it } from "vitest";
import { setup } from "xstate";
import type { SystemDescription, SystemRule } from "../../models/description.ts";
import { defaultParameters } from "../../models/parameters.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { scopeOf, type Scope } from "../../src/compile/scope.ts";
import { isStuck } from "../../src/compile/stuck.ts";
import { Stepper, type SystemState } from "../../src/compile/stepper.ts";
import { checkScope } from "../../src/explore/check-scope.ts";
import { violatedAt } from "../../src/inspect/tell/judge-state.ts";

const flag = setup({}).createMachine({
  initial: "low",
  states: { low: { on: { turn: "high" } }, high: { on: { turn: "low" } } },
});

const rule: Omit<SystemRule, "action" | "send"> = {
  for: "system",
  agent: "engine",
  tells: "the engine does something of its own",
  cFunction: "none",
};

/** v3.0.4 with an action of the whole engine. */
function withEngineAction(change: (description: SystemDescription) => SystemDescription): Scope {
  return scopeOf(
    { ...v304, describe: (parameters) => change(v304.describe(parameters)) },
    defaultParameters,
  );
}

const turning = withEngineAction((description) => ({
  ...description,
  shared: [
    ...description.shared,
    { name: "flag", machine: flag, perOutput: false, events: [{ type: "turn" }] },
  ],
  systemRules: [
    ...description.systemRules,
    { ...rule, action: "turn", send: () => [{ to: "flag", event: { type: "turn" } }] },
  ],
}));

const clearing = withEngineAction((description) => ({
  ...description,
  counters: [...description.counters, { name: "spare", perOutput: false, bound: { constant: 0 } }],
  systemRules: [
    ...description.systemRules,
    { ...rule, action: "clear", send: () => [], assigns: [{ counter: "spare", to: 0 }] },
  ],
}));

/** Every state, by taking every action. */
function everyState(scope: Scope): readonly SystemState[] {
  const found = new Map<string, SystemState>();
  const open = [new Stepper(scope).state()];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const key = JSON.stringify(state);
    if (found.has(key)) continue;
    found.set(key, state);
    for (const action of new Stepper(scope, state).enabled()) {
      const stepper = new Stepper(scope, state);
      stepper.take(action);
      open.push(stepper.state());
    }
  }
  return [...found.values()];
}

describe("an engine that is stuck, with actions of the whole engine", () => {
  it.each([
    ["turns a flag, and so is never stuck", turning, "holds"],
    ["clears what is clear, which changes nothing", clearing, "violated"],
  ] as const)("%s: explorer, state and page agree", (_, scope, verdict) => {
    const result = checkScope(scope).properties.find(({ property }) => property === "neverStuck");
    const stuck = everyState(scope).filter((state) => isStuck(new Stepper(scope, state)));
    const told = everyState(scope).filter((state) =>
      violatedAt(scope, { taken: null, state }).includes("neverStuck"),
    );
    expect([result?.verdict, stuck.length > 0, told.length]).toEqual([
      verdict,
      verdict === "violated",
      stuck.length,
    ]);
  });
});
