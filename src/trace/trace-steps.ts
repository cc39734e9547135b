import { EventCursor } from "./event-cursor.ts";
import type { EventKind, TraceEvent } from "./trace-event.ts";
import type { ReplayedAction, StepMeaning, TraceStep } from "./trace-step.ts";

function action(name: ReplayedAction, output: number | null = null): StepMeaning {
  return { kind: "action", action: name, output };
}

/** `flb_task.c::flb_task_destroy` and `cio_file.c::cio_file_close`: the task ends and the file is deleted. */
function settles(cursor: EventCursor): boolean {
  if (!cursor.follow("task_destroy", "close")) return false;
  if (!cursor.follow("quota_release")) cursor.follow("quota_leak");
  return true;
}

/** `flb_engine_dispatch.c::flb_engine_dispatch_retry` */
function retryDue(cursor: EventCursor, { output }: TraceEvent): StepMeaning {
  if (cursor.follow("flush_start")) return action("retryFire", output);
  if (cursor.follow("up", "flush_start")) return action("retryFire", output);
  if (!cursor.follow("up_refused")) {
    return { kind: "outside", sentence: "a retry is due, and nothing comes of it" };
  }
  if (cursor.follow("up_force", "quota_take", "flush_start")) {
    return action("retryFireOverLimit", output);
  }
  cursor.follow("quota_exhausted");
  if (cursor.follow("reschedule")) return action("reschedule", output);
  settles(cursor);
  return action("scheduleFail", output);
}

/** `flb_engine.c::handle_output_event`, FLB_RETRY */
function flushFailed(cursor: EventCursor, { output }: TraceEvent): StepMeaning {
  if (!cursor.follow("retry_create")) {
    settles(cursor);
    return action("flushDrop", output);
  }
  if (cursor.follow("down")) cursor.follow("quota_release");
  return action(settles(cursor) ? "scheduleFail" : "flushRetry", output);
}

/** `flb_engine.c::flb_engine_shutdown`: each chunk is brought up if need be, and closed with its file kept. */
function closing(cursor: EventCursor): StepMeaning {
  if (!cursor.follow("up", "close")) {
    cursor.follow("up_refused");
    if (!cursor.follow("up_force", "close")) cursor.follow("close");
  }
  if (!cursor.follow("quota_release")) cursor.follow("quota_leak");
  return { kind: "closing" };
}

const meanings: Readonly<
  Record<EventKind, (cursor: EventCursor, first: TraceEvent) => StepMeaning>
> = {
  open_up: () => action("ingest"),
  open_down: (cursor) => {
    cursor.follow("up_force", "down");
    return action("ingest");
  },
  append: (cursor, { isNew, setDown }) => {
    // The first records of a chunk that was created down: they are announced before they are written.
    if (isNew === 1) cursor.follow("up_force", "down");
    return setDown === 1
      ? { kind: "outside", sentence: "the chunk was not forced up for these records" }
      : { kind: "append" };
  },
  up_force: (cursor) => {
    if (cursor.follow("append", "down")) {
      return cursor.taken()[1]?.setDown === 1
        ? { kind: "append" }
        : { kind: "outside", sentence: "set_down is 0, but the chunk was put down again" };
    }
    if (cursor.follow("down")) return { kind: "forcedUp" };
    if (cursor.follow("close")) return { kind: "closing" };
    return { kind: "outside", sentence: "the chunk was forced up and stays up" };
  },
  up: (cursor) => {
    if (cursor.follow("task_create")) return action("dispatch");
    if (cursor.follow("close")) return { kind: "closing" };
    return action("dispatchWithoutTask");
  },
  task_create: () => action("dispatch"),
  map_full: () => ({ kind: "refusedDispatch" }),
  up_refused: (cursor) =>
    cursor.follow("up_force", "close") ? { kind: "closing" } : { kind: "refusedDispatch" },
  down: () => ({ kind: "putDown" }),
  alt_down: (cursor) => {
    cursor.follow("down");
    return action("evict");
  },
  flush_start: (_, { output }) => ({ kind: "flushStart", output }),
  flush_ok: (cursor, { output }) => {
    settles(cursor);
    return action("flushOk", output);
  },
  flush_retry: flushFailed,
  flush_error: (cursor) => {
    settles(cursor);
    return { kind: "outside", sentence: "the model has no FLB_ERROR" };
  },
  retry_dispatch: retryDue,
  task_destroy: closing,
  close: closing,
  retry_create: () => ({ kind: "outside", sentence: "no flush failed before this retry" }),
  reschedule: () => ({ kind: "outside", sentence: "no retry was refused before this" }),
  quota_take: () => ({ kind: "outside", sentence: "no chunk was forced up for a retry" }),
  quota_release: () => ({ kind: "outside", sentence: "no chunk went down or was closed" }),
  quota_leak: () => ({ kind: "outside", sentence: "no chunk was closed" }),
  quota_exhausted: () => ({ kind: "outside", sentence: "no retry was refused" }),
};

/**
 * Reads the events of a trace as steps of the model. The engine is one thread, so the events of a step are consecutive:
 *
 * | events | action |
 * |---|---|
 * | `open_up`; `open_down` (`up_force` `down`) | `ingest` |
 * | `task_create`; `up` `task_create` | `dispatch` |
 * | `up` | `dispatchWithoutTask` |
 * | `alt_down` (`down`) | `evict` |
 * | `flush_ok` (settled) | `flushOk` |
 * | `flush_retry` `retry_create` (`down` (`quota_release`)) | `flushRetry` |
 * | `flush_retry` (settled) | `flushDrop` |
 * | `flush_retry` `retry_create` (`down`) settled | `scheduleFail` |
 * | `retry_dispatch` (`up`) `flush_start` | `retryFire` |
 * | `retry_dispatch` `up_refused` `up_force` `quota_take` `flush_start` | `retryFireOverLimit` |
 * | `retry_dispatch` `up_refused` (`quota_exhausted`) `reschedule` | `reschedule` |
 * | `retry_dispatch` `up_refused` (settled) | `scheduleFail` |
 *
 * where settled is `task_destroy` `close` (`quota_release` or `quota_leak`). A refused `dispatch` is `map_full` or a lone
 * `up_refused`; records are `append`, with `up_force` and `down` around it where the chunk is down. A delivery to one of
 * several outputs that is lost for want of a timer cannot be told from a retry by its events; none is on record.
 */
export function* traceSteps(events: readonly TraceEvent[]): Generator<TraceStep> {
  for (let index = 0; index < events.length;) {
    const first = events[index];
    if (first === undefined) return;
    const cursor = new EventCursor(events, index);
    const meaning = meanings[first.kind](cursor, first);
    index = cursor.next;
    const { cutShort } = cursor;
    yield { events: cursor.taken(), meaning, atEnd: index === events.length, cutShort };
  }
}
