/** The numbers that an event may carry, by the names that a trace file gives them. */
const fieldNames = {
  task: "task",
  output: "out",
  users: "users",
  attempts: "attempts",
  routes: "routes",
  isNew: "new",
  isUp: "is_up",
  setDown: "set_down",
  deletes: "delete",
  wasUp: "was_up",
  quotaUsed: "quota_used",
  owed: "owed",
  turns: "turns",
  locked: "locked",
  count: "n",
} as const;

/** A number of an event: an id, a count, 0 or 1 for a yes-or-no, or (`owed`) a mask with a bit for each output. */
export type EventField = keyof typeof fieldNames;

/** Every field, with its name in a trace file. */
export const eventFields: readonly (readonly [EventField, string])[] = [
  ["task", fieldNames.task],
  ["output", fieldNames.output],
  ["users", fieldNames.users],
  ["attempts", fieldNames.attempts],
  ["routes", fieldNames.routes],
  ["isNew", fieldNames.isNew],
  ["isUp", fieldNames.isUp],
  ["setDown", fieldNames.setDown],
  ["deletes", fieldNames.deletes],
  ["wasUp", fieldNames.wasUp],
  ["quotaUsed", fieldNames.quotaUsed],
  ["owed", fieldNames.owed],
  ["turns", fieldNames.turns],
  ["locked", fieldNames.locked],
  ["count", fieldNames.count],
];

/** What an event of each kind must carry, besides its chunk. The kinds from `park` on are those of a build with `park`. */
export const fieldsOfKind = {
  open_up: [],
  open_down: [],
  up: [],
  up_force: [],
  up_refused: [],
  down: [],
  alt_down: [],
  close: ["deletes", "wasUp"],
  append: ["isNew", "isUp", "setDown"],
  map_full: [],
  task_create: ["task", "routes"],
  task_destroy: ["task"],
  flush_start: ["task", "output", "users"],
  flush_ok: ["task", "output", "users"],
  flush_retry: ["task", "output", "users"],
  flush_error: ["task", "output", "users"],
  retry_create: ["task", "output", "users", "attempts", "routes"],
  retry_dispatch: ["task", "output", "isUp"],
  reschedule: ["task", "output", "attempts"],
  quota_take: ["quotaUsed"],
  quota_release: ["quotaUsed"],
  quota_leak: ["quotaUsed"],
  quota_exhausted: ["quotaUsed"],
  quota_detach: ["quotaUsed"],
  park: ["owed", "turns", "locked"],
  gate: ["count"],
  backlog: ["owed"],
  recall: [],
  turn_lost: [],
} as const satisfies Readonly<Record<string, readonly EventField[]>>;

/** What happened, in the words of the instrumented engine. */
export type EventKind = keyof typeof fieldsOfKind;

/** Whether a word of a trace is a kind of event that is known here. */
export function isEventKind(word: string): word is EventKind {
  return Object.hasOwn(fieldsOfKind, word);
}

/**
 * One event of a ground-truth trace: a step of a chunk, a task or a retry, as the engine itself wrote it down. Numbers
 * that the event does not carry are -1.
 */
export interface TraceEvent extends Readonly<Record<EventField, number>> {
  readonly kind: EventKind;
  /** The line of the trace file, from 1. */
  readonly line: number;
  /** Seconds since the epoch. */
  readonly time: number;
  /** `total_chunks_up` after the event. */
  readonly up: number;
  /** Live chunks; not yet counting the chunk of an `open_*`, still counting the chunk of a `close`. */
  readonly total: number;
  /** The chunk's name; empty for `reschedule`, which only knows its task, and for `gate`, which is about all of them. */
  readonly chunk: string;
}

/** Whether an event of this kind is about no chunk, or does not say about which. */
export function isWithoutChunk(kind: EventKind): boolean {
  return kind === "reschedule" || kind === "gate";
}
