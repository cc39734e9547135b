import type { EventCursor } from "../event-cursor.ts";
import type { StepMeaning } from "../trace-step.ts";
import { action, outside, settles, type StepReaders } from "./meaning.ts";
import { storageSteps } from "./storage-steps.ts";

/** The task of a chunk has ended: the chunk is closed, or it is put down (which one in memory cannot be) and parked. */
function ends(cursor: EventCursor): void {
  if (cursor.follow("task_destroy", "down", "park")) return;
  if (!cursor.follow("task_destroy", "park")) settles(cursor);
}

/** A chunk that is new is written at once; one that is not written was found on disk. */
function opened(cursor: EventCursor): StepMeaning {
  cursor.follow("up_force", "down");
  if (!cursor.follow("append")) return cursor.atEnd ? action("ingest") : { kind: "found" };
  cursor.follow("up_force", "down");
  return action("ingest");
}

const unexpected = (sentence: string) => (): StepMeaning => outside(sentence);

/** What only a build with `park` writes, met by the rules of a release without it. */
export const withoutParkSteps: StepReaders<"park" | "gate" | "backlog" | "recall" | "turn_lost"> = {
  park: unexpected("the release parks no chunks"),
  gate: unexpected("the release has no gate"),
  backlog: unexpected("the release does not say who is queued"),
  recall: unexpected("the release recalls no chunks"),
  turn_lost: unexpected("the release gives chunks no turns"),
};

/** What a build with `park` does in another way than others, or does alone. */
export const parkSteps: StepReaders<
  | "open_up"
  | "open_down"
  | "up_force"
  | "flush_ok"
  | "flush_retry"
  | "retry_create"
  | "retry_dispatch"
  | keyof typeof withoutParkSteps
> = {
  open_up: opened,
  open_down: opened,
  up_force: (cursor, first) => {
    if (!cursor.follow("backlog", "down")) return storageSteps.up_force(cursor, first);
    return { kind: "queued", owed: cursor.taken()[1]?.owed ?? 0 };
  },
  flush_ok: (cursor, { output }) => {
    ends(cursor);
    return action("flushOk", output);
  },
  flush_retry: (cursor, { output }) => {
    ends(cursor);
    return action("flushRetry", output);
  },
  retry_create: unexpected("a release that parks keeps no retries"),
  retry_dispatch: unexpected("a release that parks keeps no retries"),
  park: unexpected("no task ended before this"),
  backlog: unexpected("the chunk was not brought up to be queued"),
  gate: () => ({ kind: "gate" }),
  recall: () => ({ kind: "recalled" }),
  turn_lost: () => ({ kind: "turnLost" }),
};
