import type { Release } from "../../models/description.ts";
import type { Scope } from "../compile/scope.ts";
import type { Trace } from "./read-trace.ts";
import type { TraceDifference } from "./trace-difference.ts";
import { endingOf, type TraceEnding } from "./trace-ending.ts";
import { TraceReplay } from "./trace-replay.ts";
import { traceScope, type RecordedSettings } from "./trace-scope.ts";
import { traceSteps } from "./trace-steps.ts";

/** What came of holding a trace against the model. */
export interface TraceValidation {
  readonly scope: Scope;
  /** Events that were read and replayed; fewer than the trace has where it differs. */
  readonly events: number;
  /** Actions of the input, the engine and the scheduler that were replayed. */
  readonly actions: number;
  /** Actions of the environment that were put in between. */
  readonly environmentActions: number;
  /** How the trace differs from the model; empty where it does not. Nothing is replayed after the first difference. */
  readonly differences: readonly TraceDifference[];
  /** The one thing that the model leaves out: chunks that were put down while the files were scanned at a restart. */
  readonly restartExceptions: readonly TraceDifference[];
  /** The line in which the trace breaks off: in the middle of a line, or of a step. Null where it does not. */
  readonly breaksOffAt: number | null;
  /** What the model says of the engine where the trace ends (before the shutdown, if it ends in one). */
  readonly ending: TraceEnding;
}

/**
 * Holds a ground-truth trace against the model, event by event, at the engine's real sizes. Every event must follow from
 * those before it, every step must be an action that the model allows, and after each step both sides must agree: how
 * many chunks are up and how many have a task, each over-limit counter, and where the chunk of the step is.
 *
 * What the model leaves out is let through, where it changes nothing: records (`append`), the start of a flush that was
 * already given to its output, and dispatches that were refused (the model must refuse them too).
 *
 * There is one exception, and it is reported by name. When the engine starts on files that an earlier process left, it
 * loads up to `max_chunks_up` of them, reads each, and puts it down again before the first dispatch. The model has no
 * action for this: in it, an idle chunk that is up stays up until it is dispatched.
 *
 * @param release the release to hold the trace against; T, X, M and Q come from `settings`
 */
export function validateTrace(
  trace: Trace,
  release: Release,
  settings: RecordedSettings,
): TraceValidation {
  const scope = traceScope(release, settings, trace.events);
  const replay = new TraceReplay(trace, scope);
  let events = 0;
  let breaksOffAt = trace.cutAt;
  let differences: readonly TraceDifference[] = [];
  for (const step of traceSteps(trace.events)) {
    if (step.cutShort) {
      breaksOffAt ??= trace.events.at(-1)?.line ?? null;
      break;
    }
    const found = replay.take(step);
    if (found.differences.length === 0) {
      events += step.events.length;
    } else if (step.atEnd && !found.contradiction) {
      breaksOffAt ??= step.events.at(-1)?.line ?? null;
    } else {
      differences = found.differences;
      break;
    }
  }
  return {
    scope,
    events,
    actions: replay.actions,
    environmentActions: replay.environmentActions,
    differences,
    restartExceptions: replay.restartExceptions,
    breaksOffAt,
    ending: endingOf(scope, replay.lastRunningState),
  };
}
