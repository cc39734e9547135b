import type { EventCursor } from "../event-cursor.ts";
import type { EventKind, TraceEvent } from "../trace-event.ts";
import type { Mechanism } from "../mechanism.ts";
import type { ReplayedAction, StepMeaning } from "../trace-step.ts";

/** Reads a step from its first event on, and says what it means. */
type StepReader = (cursor: EventCursor, first: TraceEvent) => StepMeaning;

/** The readers of a family of events, by the kind of the first event of a step. */
export type StepReaders<K extends EventKind> = Readonly<Record<K, StepReader>>;

export function action(name: ReplayedAction, output: number | null = null): StepMeaning {
  return { kind: "action", action: name, output };
}

export function outside(sentence: string): StepMeaning {
  return { kind: "outside", sentence };
}

export function notModelled(mechanism: Mechanism, sentence: string): StepMeaning {
  return { kind: "notModelled", mechanism, sentence };
}

/** `flb_task.c::flb_task_destroy` and `cio_file.c::cio_file_close`: the task ends and the file is deleted. */
export function settles(cursor: EventCursor): boolean {
  if (!cursor.follow("task_destroy", "close")) return false;
  if (!cursor.follow("quota_release")) cursor.follow("quota_leak");
  return true;
}

/** `flb_engine.c::flb_engine_shutdown`: each chunk is brought up if need be, and closed with its file kept. */
export function closing(cursor: EventCursor): StepMeaning {
  if (!cursor.follow("up", "close")) {
    cursor.follow("up_refused");
    if (!cursor.follow("up_force", "close")) cursor.follow("close");
  }
  if (!cursor.follow("quota_release")) cursor.follow("quota_leak");
  return { kind: "closing" };
}
