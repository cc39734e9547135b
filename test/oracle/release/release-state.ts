import type { Settings } from "./settings.ts";
/** One delivery of a task. */
export interface Delivery {
  readonly output: number;
  status:
    | "flushing"
    | "retry"
    | "delivered"
    | "dropped"
    | "lost"
    /** Neither flushed nor retried, and no user of the task (§9.5). */
    | "orphaned"
    /** Neither flushed nor retried, and a user of the task (§9.5). */
    | "pinned";
  /** Counted only while `flushing` or `retry`, and only under a retry limit; else 0. */
  retriesUsed: number;
  /** Whether its output has evicted the chunk (§9.6), while `retry` or `flushing`. */
  marked: boolean;
}

/** A live chunk; idle when it has no task. */
export interface Chunk {
  storage: "onDisk" | "down" | "up" | "memory" | { readonly upForOutput: number };
  readonly input: number;
  readonly mask: readonly number[];
  /** The outputs whose storage it counts in; its mask unless some output has a `totalLimit`. */
  charged: readonly number[];
  /** Whether it was alive at a crash. */
  restored: boolean;
  task: Delivery[] | null;
}

/** A labelled state; an absent chunk is `null`. Only a transition that makes a new state writes to it. */
export interface ReleaseState {
  phase: "running" | "ending" | "stopped";
  /** Whether the chunks have been put down while ending. */
  segregated: boolean;
  outputs: ("online" | "offline" | "hung")[];
  overLimitUp: number[];
  /** The latch of each input: `paused` of a filesystem input, `memPaused` of a memory input. */
  paused: boolean[];
  letters: number;
  lettersUp: number;
  slots: (Chunk | null)[];
}

/** A chunk and its slot. */
export interface Placed {
  readonly slot: number;
  readonly chunk: Chunk;
}

export function liveOf(state: ReleaseState): Placed[] {
  return state.slots.flatMap((chunk, slot) => (chunk === null ? [] : [{ slot, chunk }]));
}

/** Whether the chunk counts in the chunks up. */
export function isUp({ storage }: Chunk): boolean {
  return storage === "up" || typeof storage === "object";
}

export function isMapped(chunk: Chunk): boolean {
  return isUp(chunk) || chunk.storage === "memory";
}

/** The chunks up, dead letters included. */
export function upOf(state: ReleaseState): number {
  return liveOf(state).filter(({ chunk }) => isUp(chunk)).length + state.lettersUp;
}

/** Whether a chunk that waits for no retry may take a place in memory. */
export function hasRoomForNew(
  { maxChunksUp, keptForRetries }: Pick<Settings, "maxChunksUp" | "keptForRetries">,
  state: ReleaseState,
): boolean {
  return upOf(state) < maxChunksUp - keptForRetries;
}

export function tasksOf(state: ReleaseState): number {
  return liveOf(state).filter(({ chunk }) => chunk.task !== null).length;
}

/** The chunks of an input's stream that are up. */
export function upOfInput(state: ReleaseState, input: number): number {
  return liveOf(state).filter(({ chunk }) => chunk.input === input && isUp(chunk)).length;
}

/** The memory chunks of an input. */
export function memoryOfInput(state: ReleaseState, input: number): number {
  return liveOf(state).filter(({ chunk }) => chunk.input === input && chunk.storage === "memory")
    .length;
}

/** fs(o): the live chunks that are charged to an output. */
export function chargedTo(state: ReleaseState, output: number): number {
  return liveOf(state).filter(({ chunk }) => chunk.charged.includes(output)).length;
}

/** The users of a chunk's task; 0 where it has none. */
export function usersOf({ task }: Chunk): number {
  return (task ?? []).filter(({ status }) => status === "flushing" || status === "pinned").length;
}

/** The outputs that a chunk still owes a delivery. */
export function owedBy({ task, charged }: Chunk): readonly number[] {
  if (task === null) {
    return charged;
  }
  const owing = ["flushing", "retry", "orphaned", "pinned"];
  return task.filter(({ status }) => owing.includes(status)).map(({ output }) => output);
}

/** A copy that shares nothing that can be written. */
export function copyOf(state: ReleaseState): ReleaseState {
  return {
    ...state,
    outputs: [...state.outputs],
    overLimitUp: [...state.overLimitUp],
    paused: [...state.paused],
    slots: state.slots.map(
      (chunk) =>
        chunk && { ...chunk, task: chunk.task?.map((delivery) => ({ ...delivery })) ?? null },
    ),
  };
}
