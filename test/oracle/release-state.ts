/** One delivery of a task. Only `flushing` and `retry` count retries, and only under a retry limit; else 0. */
export interface Delivery {
  readonly output: number;
  readonly status: "flushing" | "retry" | "delivered" | "dropped" | "lost";
  readonly retriesUsed: number;
}

/** A live chunk; idle when it has no task. */
export interface Chunk {
  readonly storage: "down" | "up" | { readonly upForOutput: number };
  readonly mask: readonly number[];
  readonly task: readonly Delivery[] | null;
}

/** A labelled state; an absent chunk is `null`. */
export interface ReleaseState {
  readonly stopped: boolean;
  readonly online: readonly boolean[];
  readonly overLimitUp: readonly number[];
  readonly slots: readonly (Chunk | null)[];
}

export function isUp(chunk: Chunk): boolean {
  return chunk.storage !== "down";
}

export function upOf(state: ReleaseState): number {
  return state.slots.filter((chunk) => chunk !== null && isUp(chunk)).length;
}

export function tasksOf(state: ReleaseState): number {
  return state.slots.filter((chunk) => chunk !== null && chunk.task !== null).length;
}
