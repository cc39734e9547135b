import type { Mechanism } from "./mechanism.ts";
import type { TraceEvent } from "./trace-event.ts";

/** An action of the model that an engine event can stand for. */
export type ReplayedAction =
  | "ingest"
  | "dispatch"
  | "dispatchWithoutTask"
  | "evict"
  | "flushOk"
  | "flushRetry"
  | "flushDrop"
  | "retryFire"
  | "retryFireOverLimit"
  | "reschedule"
  | "scheduleFail";

/** What a few consecutive events of one chunk mean to the model. */
export type StepMeaning =
  /** An action of the chunk; `output` is null where the action is about none. */
  | {
      readonly kind: "action";
      readonly action: ReplayedAction;
      readonly output: number | null;
    }
  /** Records, which the model leaves out: the chunk is where it was. */
  | { readonly kind: "append" }
  /** An output starts on what a dispatch or a retry gave it; to the model that was one step. */
  | { readonly kind: "flushStart"; readonly output: number }
  /** The engine wanted to dispatch the chunk and could not. */
  | { readonly kind: "refusedDispatch" }
  /** A chunk that is down was forced up and put down again, without records. */
  | { readonly kind: "forcedUp" }
  /** An idle chunk was put down, and no event says why. */
  | { readonly kind: "putDown" }
  /** `park`: the process has just started, and finds the file of a chunk. */
  | { readonly kind: "found" }
  /** `park`: a chunk that was found joins the queue, with what it owes. */
  | { readonly kind: "queued"; readonly owed: number }
  /** `park`: the time of a chunk that rests has come, it joins the queue. */
  | { readonly kind: "recalled" }
  /** `park`: a chunk whose turn it is cannot be read, and waits for another turn. */
  | { readonly kind: "turnLost" }
  /** `park`: every new chunk has become old. */
  | { readonly kind: "gate" }
  /** A shutdown takes the mark of an exiting output off the chunk. */
  | { readonly kind: "detached" }
  /** A shutdown closes the chunk and keeps its file. */
  | { readonly kind: "closing" }
  /** What the engine does, and the model has no rules for yet. */
  | { readonly kind: "notModelled"; readonly mechanism: Mechanism; readonly sentence: string }
  /** Nothing that the engine as it is modelled does. */
  | { readonly kind: "outside"; readonly sentence: string };

/** Consecutive events that are one step of the model, or none. */
export interface TraceStep {
  readonly events: readonly TraceEvent[];
  readonly meaning: StepMeaning;
  /** Whether the trace ends with this step: it may be the beginning of a longer one. */
  readonly atEnd: boolean;
  /** Whether the trace ends in the middle of this step: what the step means is not known. */
  readonly cutShort: boolean;
}
