import type { Comparison, Quantity, SlotCondition, Total } from "../description.ts";

/** That the request of the slot is in one of these states. */
export function requestIs(...states: readonly string[]): SlotCondition {
  return {
    name: `the request is ${states.join(" or ")}`,
    holds: (slot) => slot.is("request", ...states),
  };
}

function requests(name: string, ...states: readonly string[]): Total {
  return { name, perOutput: false, counts: (slot) => slot.is("request", ...states) };
}

const stored = ["queued", "hole", "exporting", "backoff", "left"];

/** Every total of the system; `asleep` is added where it is a counter. */
export function totalsOf(hasHoles: boolean, waitForResult: boolean): readonly Total[] {
  return [
    requests("live", ...stored, "waiting", "cancelled", "woken", "held"),
    requests("stored", ...stored, "held"),
    requests("size", ...stored),
    requests("queued", "queued"),
    requests("readable", "queued", "hole"),
    requests("busy", "exporting", "backoff"),
    { ...requests("engaged", "exporting", "backoff"), ...(hasHoles ? { plus: "asleep" } : {}) },
    requests("working", "queued", "exporting", "backoff"),
    requests("waiting", "waiting"),
    requests("parked", "waiting", "cancelled"),
    requests("producers", "waiting", "cancelled", "woken"),
    requests("left", "left"),
    requests("held", "held"),
    requests("queuedOrLeft", "queued", "left"),
    requests("unanswered", "waiting", ...(waitForResult ? ["queued"] : [])),
  ];
}

export function total(name: string): Quantity {
  return { total: name };
}

export function counter(name: string): Quantity {
  return { counter: name };
}

export function atLeast(quantity: Quantity, constant: number): Comparison {
  return { quantity, relation: ">=", bound: { constant } };
}

export function below(quantity: Quantity, constant: number): Comparison {
  return { quantity, relation: "<", bound: { constant } };
}

export function belowLimit(quantity: Quantity, limit: "queueSize" | "consumers"): Comparison {
  return { quantity, relation: "<", bound: { constant: 0, [limit]: 1 } };
}

export function limitReached(quantity: Quantity, limit: "queueSize" | "consumers"): Comparison {
  return { ...belowLimit(quantity, limit), relation: ">=" };
}

/** `cond.waiting` is more than 0: producers that are parked, less the token that is on its way to one. */
export const someoneWaits: Comparison = {
  quantity: { total: "parked" },
  minus: { counter: "token" },
  relation: ">=",
  bound: { constant: 1 },
};

/** `cond.waiting` is 0. */
export const nobodyWaits: Comparison = { ...someoneWaits, relation: "<" };
