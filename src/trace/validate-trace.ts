import type { Release } from "../../models/description.ts";
import type { Scope } from "../compile/scope.ts";
import type { Trace } from "./read-trace.ts";
import type { TraceDifference } from "./trace-difference.ts";
import type { KnownDifference } from "./known-differences.ts";
import type { Parking } from "./recorded-engine.ts";
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
  /** What the trace shows and the model is known to leave out: by name, how often, and the first. */
  readonly knownDifferences: readonly KnownDifference[];
  /** Where the replay stopped because the model has no rules for what the engine did; null where it did not. */
  readonly notModelled: TraceDifference | null;
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
 * What the model is known to leave out is let through too, and told by name (`known-differences.ts`). For example, when the
 * engine starts on files that an earlier process left, it loads up to `max_chunks_up` of them, reads each, and puts it down
 * again before the first dispatch; in the model, an idle chunk that is up stays up until it is dispatched.
 *
 * At a mechanism of which the model has no rules yet (`mechanism.ts`) the replay stops, and says which one it is.
 *
 * @param release the release to hold the trace against; T, X, M and Q come from `settings`
 */
export function validateTrace(
  trace: Trace,
  release: Release,
  settings: RecordedSettings,
): TraceValidation {
  const scope = traceScope(release, settings, trace.events);
  const parking = parkingOf(scope, trace);
  const replay = new TraceReplay(trace, scope, parking);
  let events = 0;
  let breaksOffAt = trace.cutAt;
  let differences: readonly TraceDifference[] = [];
  let notModelled: TraceDifference | null = null;
  for (const step of traceSteps(trace.events, parking !== "none")) {
    if (step.cutShort) {
      breaksOffAt ??= trace.events.at(-1)?.line ?? null;
      break;
    }
    const found = replay.take(step);
    if (found.notModelled !== null) {
      notModelled = found.notModelled;
      break;
    }
    if (found.differences.length === 0) {
      events += step.events.length;
    } else if (step.atEnd && !found.contradiction) {
      breaksOffAt ??= step.events.at(-1)?.line ?? null;
    } else {
      differences = found.differences;
      break;
    }
  }
  if (differences.length === 0 && notModelled === null) replay.end();
  return {
    scope,
    events,
    actions: replay.actions,
    environmentActions: replay.environmentActions,
    differences,
    knownDifferences: replay.known,
    notModelled,
    breaksOffAt,
    ending: endingOf(scope, replay.lastRunningState),
  };
}

/** Whether the release parks chunks; and whether the build lets them rest, which its trace shows by recalling them. */
function parkingOf({ system }: Scope, { events }: Trace): Parking {
  const parks = system.places.some(({ machines }) => machines.some(({ role }) => role === "age"));
  if (!parks) return "none";
  return events.some(({ kind }) => kind === "recall") ? "resting" : "in the queue";
}
