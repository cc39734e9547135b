import type { Comparison, Quantity, SlotCondition, Total } from "../description.ts";

/** Whether there may be chunks that are not counted. */
interface Drifting {
  readonly drifts: boolean;
}

/** That the chunk of the slot is in one of these states. */
export function chunkIs(...states: readonly string[]): SlotCondition {
  return {
    name: `the chunk is ${states.join(" or ")}`,
    holds: (slot) => slot.is("chunk", ...states),
  };
}

function chunks(name: string, ...states: readonly string[]): Total {
  return { name, perOutput: false, counts: (slot) => slot.is("chunk", ...states) };
}

const held = ["writing", "writing2", "emitting"] as const;

/** Chunks that `Buffer` has in `@dequeued`. */
export const dequeued: readonly string[] = [...held, "pending"];

const producers = ["waiting", "entering"];
const buffered = ["staged", "queued", ...dequeued];

/** Every total of the system. */
export const totals: readonly Total[] = [
  chunks("live", ...producers, ...buffered),
  chunks("buffered", ...buffered),
  chunks("staged", "staged"),
  chunks("queued", "queued"),
  chunks("held", ...held),
  chunks("pending", "pending"),
  chunks("producers", ...producers),
  chunks("flushed", "queued", ...dequeued),
  chunks("cleared", "cleared"),
];

export function total(name: string): Quantity {
  return { total: name };
}

export function atLeast(quantity: Quantity, constant: number): Comparison {
  return { quantity, relation: ">=", bound: { constant } };
}

export function below(quantity: Quantity, constant: number): Comparison {
  return { quantity, relation: "<", bound: { constant } };
}

/** There is a flush thread that has no chunk. */
export const threadFree: Comparison = {
  quantity: total("held"),
  relation: "<",
  bound: { constant: 0, threads: 1 },
};

/** `stage_size + queue_size < total_limit_size`, with some chunks more: what is counted may be less than what is there. */
export function storable({ drifts }: Drifting, more = 0): Comparison {
  return {
    quantity: total("buffered"),
    ...(drifts ? { minus: { counter: "drift" } } : {}),
    relation: "<",
    bound: { constant: more, limit: 1 },
  };
}

/** There is no room, even if some chunks less were there. */
export function full(output: Drifting, more = 0): Comparison {
  return { ...storable(output, more), relation: ">=" };
}
