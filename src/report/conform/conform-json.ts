import type { ConformScope } from "../../conform/conform-scopes.ts";
import type { Divergence } from "../../conform/divergence.ts";
import type { Json } from "../../conform/json.ts";
import { stepsOf, type SuiteStep } from "../../conform/suite.ts";
import { replayCommand, type ConformRun } from "./conform-words.ts";

function stepJson({ call, refused }: SuiteStep): Json {
  return { ...call, ...(refused ? { refused } : {}) };
}

function scopeJson({ release, name, title, parameters }: ConformScope): Record<string, Json> {
  return { release, scope: name, title, parameters };
}

function divergenceJson(run: ConformRun, scope: ConformScope, divergence: Divergence): Json {
  const { kind, sentence, steps, rule, before, expected, actual, differences } = divergence;
  return {
    ...scopeJson(scope),
    kind,
    sentence,
    steps: steps.map(stepJson),
    rule,
    before,
    expected,
    actual,
    differences: differences.map((one) => ({ ...one })),
    replay: replayCommand(run, scope, steps),
  };
}

/** The result of `conform` as JSON; the fields are documented in docs/port-protocol.md and stable. */
export function conformJson(run: ConformRun): Json {
  const { suites, coverage, divergence } = run.result;
  return {
    port: run.port,
    command: run.command,
    seed: run.seed,
    conforms: divergence === null,
    elapsedMs: Math.round(run.elapsedMs),
    coverage: coverage.map(({ scope, covered, total }) => ({
      ...scopeJson(scope),
      transitions: { covered, total },
    })),
    suites: suites.map((one) => ({
      release: one.scope.release,
      scope: one.scope.name,
      suite: one.suite.name,
      tests: one.suite.tests.length,
      passed: one.passed,
      plannedSteps: stepsOf(one.suite),
      steps: one.steps,
    })),
    divergence:
      divergence === null ? null : divergenceJson(run, divergence.scope, divergence.found),
  };
}
