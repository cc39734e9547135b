import type { EnabledAction } from "../compile/stepper.ts";
import { callWords } from "./action-call.ts";
import type { ConformScope } from "./conform-scopes.ts";
import { differences } from "./differences.ts";
import type { Divergence } from "./divergence.ts";
import type { JsonObject } from "./json.ts";
import type { Model, ModelRun } from "./model-run.ts";
import { SubjectFailure, type Answer, type Subject } from "./subject.ts";
import type { SuiteStep } from "./suite.ts";

/** What is held against what. */
export interface Match {
  readonly scope: ConformScope;
  readonly model: Model;
  readonly subject: Subject;
}

/** Who wants to know of every step, and how closely to look. */
export interface RunOptions {
  /** Told of every enabled step that is taken. */
  readonly onStep?: (step: SuiteStep) => void;
  /** Whether to look at the state after every refusal, and not only after the last of several. */
  readonly looksAfterEachRefusal?: boolean;
}

type Found = Pick<Divergence, "kind" | "actual" | "differences" | "sentence" | "timedOut">;

/** A step as the model takes it. */
interface Expectation {
  readonly step: SuiteStep;
  /** Undefined where the model refuses the step. */
  readonly taken: EnabledAction | undefined;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** What was answered to a step; `state` where the state was asked for after a refusal. */
interface Answered {
  readonly answer: Answer;
  readonly state: JsonObject | undefined;
}

/** Steps that are asked for at once: a port in another process need not wait for each answer to be read. */
const asksAhead = 100;

function found(kind: Divergence["kind"], sentence: string, rest: Partial<Found> = {}): Found {
  return { kind, sentence, actual: null, differences: [], timedOut: false, ...rest };
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

function judge(
  { step, taken, after }: Expectation,
  { answer, state }: Answered,
  noun: string,
): Found | undefined {
  const words = callWords(step.call, noun);
  if (taken !== undefined) {
    return "refused" in answer
      ? found("refused", `${words} is enabled, but was refused`)
      : compared("state", after, answer.state, `${words} leads to another state`);
  }
  if ("state" in answer) {
    const list = differences(after, answer.state);
    const rest = { actual: answer.state, differences: list };
    return found("accepted", `${words} is not enabled, but was taken`, rest);
  }
  if (state === undefined) return undefined;
  return compared("accepted", after, state, `${words} was refused, but changed the state`);
}

/** Takes the steps in the model, one by one. */
function* expectations(run: ModelRun, steps: readonly SuiteStep[]): Generator<Expectation> {
  let before = run.expected();
  for (const [index, step] of steps.entries()) {
    const taken = run.find(step.call);
    if ((taken === undefined) !== step.refused) {
      const words = callWords(step.call);
      throw new Error(
        `step ${index + 1}, ${words}, is ${step.refused ? "" : "not "}enabled in the model`,
      );
    }
    if (taken !== undefined) run.take(taken);
    const after = taken === undefined ? before : run.expected();
    yield { step, taken, before, after };
    before = after;
  }
}

/** The answer to a step, or why there is none; never rejects, since nobody may be waiting for it any more. */
async function ask(
  subject: Subject,
  { step, taken }: Expectation,
  looks: boolean,
): Promise<Answered | SubjectFailure> {
  try {
    const answer = subject.act(step.call);
    const state = taken === undefined && looks ? subject.state() : undefined;
    // Both were asked for before either is waited for; if the first fails, so does the second.
    const [first, second] = await Promise.all([answer, state]);
    return { answer: first, state: second };
  } catch (error) {
    if (error instanceof SubjectFailure) return error;
    throw error;
  }
}

function divergenceAt(
  steps: readonly SuiteStep[],
  { taken, before, after }: Pick<Expectation, "taken" | "before" | "after">,
  what: Found,
): Divergence {
  const rule = taken === undefined ? null : "rule" in taken.move ? taken.move.rule : null;
  return {
    ...what,
    steps,
    rule: rule ?? taken?.move.action ?? null,
    tells: taken?.move.tells ?? "",
    cFunction: taken?.move.cFunction ?? "",
    before,
    expected: after,
  };
}

async function diverges(match: Match, initial: JsonObject): Promise<Divergence | undefined> {
  const at = { taken: undefined, before: initial, after: initial };
  try {
    const start = await match.subject.reset(match.scope);
    const what = compared("state", initial, start, "the reset leads to another state");
    return what === undefined ? undefined : divergenceAt([], at, what);
  } catch (error) {
    if (!(error instanceof SubjectFailure)) throw error;
    return divergenceAt([], at, found("failure", error.message, { timedOut: error.timedOut }));
  }
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
  const atReset = await diverges(match, run.expected());
  if (atReset !== undefined) return atReset;
  const planned = [...expectations(run, steps)];
  for (let start = 0; start < planned.length; start += asksAhead) {
    const window = planned.slice(start, start + asksAhead);
    const asked = window.map((expectation, index) => {
      const next = planned[start + index + 1];
      const looks = options.looksAfterEachRefusal === true || next?.step.refused !== true;
      return ask(match.subject, expectation, looks);
    });
    for (const [index, expectation] of window.entries()) {
      const answered = await asked[index];
      if (answered === undefined) continue;
      if (expectation.taken !== undefined) options.onStep?.(expectation.step);
      const what =
        answered instanceof SubjectFailure
          ? found("failure", answered.message, { timedOut: answered.timedOut })
          : judge(expectation, answered, match.scope.scope.system.slots.noun);
      if (what === undefined) continue;
      await Promise.allSettled(asked);
      return divergenceAt(steps.slice(0, start + index + 1), expectation, what);
    }
  }
  return undefined;
}
