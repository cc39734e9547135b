import type { EventCursor } from "../event-cursor.ts";
import type { TraceEvent } from "../trace-event.ts";
import type { StepMeaning } from "../trace-step.ts";
import { action, notModelled, outside, settles, type StepReaders } from "./meaning.ts";

/** `flb_engine_dispatch.c::flb_engine_dispatch_retry` */
function retryDue(cursor: EventCursor, { output }: TraceEvent): StepMeaning {
  if (cursor.follow("flush_start")) return action("retryFire", output);
  if (cursor.follow("up", "flush_start")) return action("retryFire", output);
  if (!cursor.follow("up_refused")) {
    return notModelled("unreadable", "a retry is due, and its chunk cannot be brought up");
  }
  if (cursor.follow("up_force", "quota_take", "flush_start")) {
    return action("retryFireOverLimit", output);
  }
  cursor.follow("quota_exhausted");
  if (cursor.follow("reschedule")) return action("reschedule", output);
  settles(cursor);
  return action("scheduleFail", output);
}

/** Names of chunks are `PID-SECONDS.NANOSECONDS.flb`; a dead letter is named after tag, output and an address. */
const nameOfChunk = /^\d+-\d+\.\d+\.flb$/;

/** `flb_engine.c::handle_output_event`, FLB_RETRY */
function flushFailed(cursor: EventCursor, { output }: TraceEvent): StepMeaning {
  if (!cursor.follow("retry_create")) {
    const next = cursor.peek();
    const opens = next?.kind === "open_up" || next?.kind === "open_down";
    if (opens && !nameOfChunk.test(next.chunk)) {
      return notModelled("deadLetter", `the delivery is given up, and copied into ${next.chunk}`);
    }
    settles(cursor);
    return action("flushDrop", output);
  }
  const routes = cursor.taken().at(-1)?.routes ?? 1;
  if (cursor.follow("down")) {
    if (routes > 1) {
      return notModelled(
        "memoryLimit",
        `the chunk is put down after a failed flush, though it goes to ${routes} outputs`,
      );
    }
    cursor.follow("quota_release");
  }
  return action(settles(cursor) ? "scheduleFail" : "flushRetry", output);
}

/** What an output answers, and what becomes of retries. */
export const deliverySteps: StepReaders<
  | "flush_start"
  | "flush_ok"
  | "flush_retry"
  | "flush_error"
  | "retry_dispatch"
  | "retry_create"
  | "reschedule"
> = {
  flush_start: (_, { output }) => ({ kind: "flushStart", output }),
  flush_ok: (cursor, { output }) => {
    settles(cursor);
    return action("flushOk", output);
  },
  flush_retry: flushFailed,
  flush_error: (cursor) => {
    settles(cursor);
    return notModelled("flushError", "the output refuses the chunk for good");
  },
  retry_dispatch: retryDue,
  retry_create: () => outside("no flush failed before this retry"),
  reschedule: () => outside("no retry was refused before this"),
};
