import type { Release } from "../../../models/description.ts";
import { scopesFor, suitesFor } from "../../../src/cli/options/suite-options.ts";
import type { ActionCall } from "../../../src/conform/action-call.ts";
import type { ConformScope } from "../../../src/conform/conform-scopes.ts";
import { differences } from "../../../src/conform/differences.ts";
import type { JsonObject } from "../../../src/conform/json.ts";
import type { Model } from "../../../src/conform/model-run.ts";
import { SubjectFailure } from "../../../src/conform/subject.ts";
import type { SuiteStep } from "../../../src/conform/suite.ts";
import type { Port } from "./chunk-port.ts";
import { faultKey, type Fault, type Watch } from "./faults.ts";
import { portOf } from "./ports.ts";

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

/** The keys of the faults that would make a difference somewhere in a test. */
function faultsMet(release: string, test: KitTest): ReadonlySet<string> {
  const met = new Set<string>();
  const watch: Watch = (place, changes, circumstances) => {
    for (const [change, differs] of Object.entries(changes)) {
      if (!differs) continue;
      met.add(faultKey(place, change, "always"));
      for (const when of circumstances) met.add(faultKey(place, change, when));
    }
  };
  if (!passes(portOf(release, undefined, watch), test)) {
    throw new Error(`the right port of ${release} fails in ${test.scope.name}, ${test.suite}`);
  }
  return met;
}

/**
 * What `unstuck conform` tries on a port that lists one release, with the defaults of the command line. What the model
 * says is worked out once, for all ports.
 */
export class Kit {
  readonly #release: string;
  /** The shortest first. */
  readonly #tests: readonly KitTest[];
  #testsOf: ReadonlyMap<string, readonly KitTest[]> | undefined;

  constructor(release: Release) {
    this.#release = release.name;
    const suites = suitesFor(scopesFor([release], []), { random: 2, length: 200, seed: 1 });
    this.#tests = [...suites]
      .flatMap(({ scope, model, suites: own }) =>
        own.flatMap(({ name, tests }) =>
          tests.map(({ steps }) => ({ scope, suite: name, steps: knownSteps(model, steps) })),
        ),
      )
      .toSorted((a, b) => a.steps.length - b.steps.length);
  }

  /** The steps of all its tests. */
  get steps(): number {
    return this.#tests.reduce((sum, { steps }) => sum + steps.length, 0);
  }

  /** What finds a fault out, or a right port if none is given; undefined if the port passes. */
  killer(fault?: Fault): Killer | undefined {
    const port = portOf(this.#release, fault);
    const found = this.#testsFor(fault).find((test) => !passes(port, test));
    return found === undefined ? undefined : { scope: found.scope.name, suite: found.suite };
  }

  /**
   * Finds out which fault makes a difference in which test at all, so that many of them are tried in less time.
   *
   * @throws Error if a right port does not pass.
   */
  index(): void {
    const testsOf = new Map<string, KitTest[]>();
    for (const test of this.#tests) {
      for (const key of faultsMet(this.#release, test)) {
        const known = testsOf.get(key);
        if (known === undefined) testsOf.set(key, [test]);
        else known.push(test);
      }
    }
    this.#testsOf = testsOf;
  }

  #testsFor(fault: Fault | undefined): readonly KitTest[] {
    if (fault === undefined || this.#testsOf === undefined) return this.#tests;
    return this.#testsOf.get(faultKey(fault.place, fault.change, fault.when)) ?? [];
  }
}
