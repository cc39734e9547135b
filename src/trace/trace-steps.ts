import { EventCursor } from "./event-cursor.ts";
import { deliverySteps } from "./steps/delivery-steps.ts";
import type { StepReaders } from "./steps/meaning.ts";
import { parkSteps, withoutParkSteps } from "./steps/park-steps.ts";
import { storageSteps } from "./steps/storage-steps.ts";
import { taskSteps } from "./steps/task-steps.ts";
import type { EventKind, TraceEvent } from "./trace-event.ts";
import type { TraceStep } from "./trace-step.ts";

const ofReleases: StepReaders<EventKind> = {
  ...storageSteps,
  ...taskSteps,
  ...deliverySteps,
  ...withoutParkSteps,
};
const ofPark: StepReaders<EventKind> = { ...ofReleases, ...parkSteps };

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
 *
 * In a build with `park`:
 *
 * | events | action |
 * |---|---|
 * | `open_up` `append`; `open_down` (`up_force` `down`) `append` (`up_force` `down`) | `ingest` |
 * | `open_up`; `open_down` | none: a file of an earlier process is found |
 * | `flush_ok` (settled) | `flushOk` |
 * | `flush_retry` (settled) | `flushRetry`, or `flushDrop` at Retry_Limit |
 * | `up_force` `backlog` `down`; `recall`; `turn_lost` | none that the model has |
 * | `gate` | none: it is part of the action before |
 *
 * where settled is as above, or `task_destroy` (`down`) `park`.
 *
 * @param parks whether the build parks chunks
 */
export function* traceSteps(events: readonly TraceEvent[], parks = false): Generator<TraceStep> {
  const readers = parks ? ofPark : ofReleases;
  for (let index = 0; index < events.length;) {
    const first = events[index];
    if (first === undefined) return;
    const cursor = new EventCursor(events, index);
    const meaning = readers[first.kind](cursor, first);
    index = cursor.next;
    const { cutShort } = cursor;
    yield { events: cursor.taken(), meaning, atEnd: index === events.length, cutShort };
  }
}
