import type { EventCursor } from "../event-cursor.ts";
import type { StepMeaning } from "../trace-step.ts";
import { action, closing, notModelled, outside, type StepReaders } from "./meaning.ts";

/** A chunk that is down comes up by force: to be written, to be looked at, or to be closed. */
function forcedUp(cursor: EventCursor): StepMeaning {
  if (cursor.follow("append", "down")) {
    return cursor.taken()[1]?.setDown === 1
      ? { kind: "append" }
      : outside("set_down is 0, but the chunk was put down again");
  }
  if (cursor.follow("down")) {
    return isDropped(cursor)
      ? notModelled("totalLimit", "the chunk is dropped, and nothing delivered it")
      : { kind: "forcedUp" };
  }
  if (cursor.follow("close")) return { kind: "closing" };
  const next = cursor.peek();
  if (next?.kind === "up_force" && next.chunk !== cursor.taken()[0]?.chunk) {
    return notModelled(
      "totalLimit",
      `before records are added to the chunk, the engine looks at ${next.chunk}, to drop it`,
    );
  }
  return outside("the chunk was forced up and stays up");
}

/** `flb_input_chunk.c::flb_input_chunk_release_space`: a chunk is opened to count its records, and then deleted. */
function isDropped(cursor: EventCursor): boolean {
  cursor.follow("task_destroy");
  if (!cursor.follow("up", "close")) {
    cursor.follow("up_refused");
    if (!cursor.follow("up_force", "close") && !cursor.follow("close")) return false;
  }
  return cursor.taken().at(-1)?.deletes === 1;
}

/** What becomes of a chunk's file and memory. */
export const storageSteps: StepReaders<
  "open_up" | "open_down" | "append" | "up" | "up_force" | "up_refused" | "down" | "close"
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
      ? outside("the chunk was not forced up for these records")
      : { kind: "append" };
  },
  up: (cursor) => {
    if (cursor.follow("task_create")) return action("dispatch");
    if (cursor.follow("close")) return { kind: "closing" };
    return action("dispatchWithoutTask");
  },
  up_force: forcedUp,
  up_refused: (cursor) =>
    cursor.follow("up_force", "close") ? { kind: "closing" } : { kind: "refusedDispatch" },
  down: () => ({ kind: "putDown" }),
  close: closing,
};
