import type { Release } from "../../../models/description.ts";
import { scopesFor, suitesFor } from "../../../src/cli/suite-options.ts";
import type { ActionCall } from "../../../src/conform/action-call.ts";
import type { ConformScope } from "../../../src/conform/conform-scopes.ts";
import { differences } from "../../../src/conform/differences.ts";
import type { JsonObject } from "../../../src/conform/json.ts";
import type { Model } from "../../../src/conform/model-run.ts";
import { SubjectFailure } from "../../../src/conform/subject.ts";
import type { SuiteStep } from "../../../src/conform/suite.ts";
import type { Port } from "./chunk-port.ts";

/** A step with what must come of it. */
interface KnownStep {
  readonly call: ActionCall;
  readonly refused: boolean;
  /** The state after it; undefined where nobody looks, since the next step must be refused, too. */
  readonly expected: JsonObject | undefined;
}

/** One test of the kit. */
interface KitTest {
  readonly scope: ConformScope;
  readonly suite: string;
  readonly steps: readonly KnownStep[];
}

/** What found a wrong port out. */
export interface Killer {
  readonly scope: string;
  readonly suite: string;
}

function knownSteps(model: Model, steps: readonly SuiteStep[]): readonly KnownStep[] {
  const run = model.run();
  return steps.map(({ call, refused }, index) => {
    const taken = run.find(call);
    if (taken !== undefined) run.take(taken);
    const looks = !refused || steps[index + 1]?.refused !== true;
    return { call, refused, expected: looks ? run.expected() : undefined };
  });
}

/** Whether a port does in each step what it must, judged as `runSteps` judges it. */
function passes(port: Port, { scope, steps }: KitTest): boolean {
  try {
    port.reset(scope);
    return steps.every(({ call, refused, expected }) => {
      const answer = port.act(call);
      if ("refused" in answer !== refused) return false;
      if (expected === undefined) return true;
      const state = "state" in answer ? answer.state : port.state();
      return differences(expected, state).length === 0;
    });
  } catch (error) {
    if (error instanceof SubjectFailure) return false;
    throw error;
  }
}

/**
 * What `unstuck conform` tries on a port that lists one release, with the defaults of the command line. What the model
 * says is worked out once, for all ports.
 */
export class Kit {
  readonly #tests: KitTest[];

  constructor(release: Release) {
    const suites = suitesFor(scopesFor([release], []), { random: 2, length: 200, seed: 1 });
    this.#tests = [...suites].flatMap(({ scope, model, suites: own }) =>
      own.flatMap(({ name, tests }) =>
        tests.map(({ steps }) => ({ scope, suite: name, steps: knownSteps(model, steps) })),
      ),
    );
  }

  /** The steps of all its tests. */
  get steps(): number {
    return this.#tests.reduce((sum, { steps }) => sum + steps.length, 0);
  }

  /** What finds a port out, the test that found out the last one being tried first; undefined if it passes. */
  killer(port: Port): Killer | undefined {
    const index = this.#tests.findIndex((test) => !passes(port, test));
    const [test] = index < 0 ? [] : this.#tests.splice(index, 1);
    if (test === undefined) return undefined;
    this.#tests.unshift(test);
    return { scope: test.scope.name, suite: test.suite };
  }
}
