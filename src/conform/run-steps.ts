import type { EnabledAction } from "../compile/stepper.ts";
import { callWords } from "./action-call.ts";
import type { ConformScope } from "./conform-scopes.ts";
import { differences } from "./differences.ts";
import type { Divergence } from "./divergence.ts";
import type { JsonObject } from "./json.ts";
import type { Model, ModelRun } from "./model-run.ts";
import { SubjectFailure, type Subject } from "./subject.ts";
import type { SuiteStep } from "./suite.ts";

/** What is held against what. */
export interface Match {
  readonly scope: ConformScope;
  readonly model: Model;
  readonly subject: Subject;
}

/** Who wants to know of every step, and how closely to look. */
export interface RunOptions {
  /** Told of every enabled step before it is taken. */
  readonly onStep?: (step: SuiteStep) => void;
  /** Whether to look at the state after every refusal, and not only after the last of several. */
  readonly looksAfterEachRefusal?: boolean;
}

type Found = Pick<Divergence, "kind" | "actual" | "differences" | "sentence" | "timedOut">;

function found(kind: Divergence["kind"], sentence: string, rest: Partial<Found> = {}): Found {
  return { kind, sentence, actual: null, differences: [], timedOut: false, ...rest };
}

function failed(error: unknown): Found {
  if (!(error instanceof SubjectFailure)) throw error;
  return found("failure", error.message, { timedOut: error.timedOut });
}

function compared(
  kind: Divergence["kind"],
  expected: JsonObject,
  actual: JsonObject,
  sentence: string,
): Found | undefined {
  const list = differences(expected, actual);
  return list.length === 0 ? undefined : found(kind, sentence, { actual, differences: list });
}

/** Takes an enabled step on both sides. */
async function takeEnabled(
  { subject }: Match,
  run: ModelRun,
  { call }: SuiteStep,
  taken: EnabledAction,
): Promise<Found | undefined> {
  run.take(taken);
  const answer = await subject.act(call);
  if ("refused" in answer) {
    return found("refused", `${callWords(call)} is enabled, but was refused`);
  }
  return compared(
    "state",
    run.expected(),
    answer.state,
    `${callWords(call)} leads to another state`,
  );
}

/** Tries a step that the model refuses. */
async function tryRefused(
  { subject }: Match,
  run: ModelRun,
  { call }: SuiteStep,
  looks: boolean,
): Promise<Found | undefined> {
  const words = callWords(call);
  const answer = await subject.act(call);
  if ("state" in answer) {
    return found("accepted", `${words} is not enabled, but was taken`, {
      actual: answer.state,
      differences: differences(run.expected(), answer.state),
    });
  }
  if (!looks) return undefined;
  const state = await subject.state();
  return compared("accepted", run.expected(), state, `${words} was refused, but changed the state`);
}

/**
 * Takes steps from the initial state on both sides, comparing the whole state after each.
 *
 * @returns the first divergence; undefined if there is none
 * @throws Error if the steps are none of the model: enabled ones that are not, or the other way round.
 */
export async function runSteps(
  match: Match,
  steps: readonly SuiteStep[],
  options: RunOptions = {},
): Promise<Divergence | undefined> {
  const run = match.model.run();
  let before = run.expected();
  const divergence = (
    index: number,
    taken: EnabledAction | undefined,
    what: Found,
  ): Divergence => ({
    ...what,
    steps: steps.slice(0, index + 1),
    rule: taken === undefined ? null : "rule" in taken.move ? taken.move.rule : taken.move.action,
    tells: taken?.move.tells ?? "",
    cFunction: taken?.move.cFunction ?? "",
    before,
    expected: run.expected(),
  });
  try {
    const start = await match.subject.reset(match.scope);
    const what = compared("state", before, start, "the reset leads to another state");
    if (what !== undefined) return divergence(-1, undefined, what);
  } catch (error) {
    return divergence(-1, undefined, failed(error));
  }
  for (const [index, step] of steps.entries()) {
    const taken = run.find(step.call);
    if ((taken === undefined) !== step.refused) {
      const words = callWords(step.call);
      throw new Error(
        `step ${index + 1}, ${words}, is ${step.refused ? "" : "not "}enabled in the model`,
      );
    }
    const looks = options.looksAfterEachRefusal === true || steps[index + 1]?.refused !== true;
    if (taken !== undefined) options.onStep?.(step);
    try {
      const what =
        taken === undefined
          ? await tryRefused(match, run, step, looks)
          : await takeEnabled(match, run, step, taken);
      if (what !== undefined) return divergence(index, taken, what);
    } catch (error) {
      return divergence(index, taken, failed(error));
    }
    if (taken !== undefined) before = run.expected();
  }
  return undefined;
}
