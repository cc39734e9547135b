import { setup } from "xstate";
import type { Message } from "../description.ts";

type Event =
  | { readonly type: "offer" | "block" | "tear" | "receive" | "wake" | "cancel" | "leave" }
  | { readonly type: "again" | "close" | "dispatch" | "lose" | "readHole" | "finish" }
  | { readonly type: "backOff" | "retry" | "putBack" | "load" | "requeue" | "refuse" }
  | { readonly type: "crash" | "forget" | "keep" };

const forgotten = { target: "absent", description: "the process is gone, and this with it" };
const lost = { target: "absent", description: "persistent_queue.go::loadQueueMetadata" } as const;

/** A request: who has it. */
export const requestMachine = setup({ types: { events: {} as Event } }).createMachine({
  id: "request",
  initial: "absent",
  states: {
    absent: {
      description: "Nobody has it.",
      on: {
        offer: { target: "queued", description: "persistent_queue.go::putInternal" },
        tear: {
          target: "hole",
          description:
            "persistent_queue.go::putInternal (v0.159.0: the index is ahead of the batch)",
        },
        block: { target: "waiting", description: "cond.go::Wait" },
      },
    },
    waiting: {
      description: "A producer has it, parked in cond.Wait.",
      on: {
        receive: { target: "woken", description: "cond.go::Wait" },
        wake: { target: "woken", description: "cond.go::Signal" },
        cancel: { target: "cancelled", description: "cond.go::Wait (ctx.Done)" },
        crash: forgotten,
        forget: forgotten,
      },
    },
    cancelled: {
      description: "Its producer was cancelled there, and wants the lock.",
      on: {
        leave: { target: "absent", description: "cond.go::Wait (returns the error)" },
        crash: forgotten,
        forget: forgotten,
      },
    },
    woken: {
      description: "Its producer took a token there, and wants the lock.",
      on: {
        again: { target: "queued", description: "persistent_queue.go::Offer (the loop ends)" },
        tear: { target: "hole", description: "persistent_queue.go::putInternal (v0.159.0)" },
        block: { target: "waiting", description: "cond.go::Wait (still no room)" },
        close: { target: "absent", description: "persistent_queue.go::putInternal (an error)" },
        crash: forgotten,
        forget: forgotten,
      },
    },
    queued: {
      description: "The queue has it.",
      on: {
        dispatch: { target: "exporting", description: "persistent_queue.go::getNextItem" },
        lose: {
          target: "absent",
          description: "persistent_queue.go::getNextItem (a batch failed)",
        },
        forget: lost,
      },
    },
    hole: {
      description: "The queue counts it, and its content was never written.",
      on: {
        readHole: { target: "absent", description: "persistent_queue.go::getNextItem" },
        crash: forgotten,
      },
    },
    exporting: {
      description: "A consumer exports it.",
      on: {
        finish: { target: "absent", description: "persistent_queue.go::itemDispatchingFinish" },
        backOff: { target: "backoff", description: "retry_sender.go::Send" },
        putBack: { target: "left", description: "persistent_queue.go::onDone (IsShutdownErr)" },
        crash: { target: "left", description: "storage keeps it among the dispatched items" },
        forget: { target: "absent", description: "memory_queue.go::onDone" },
      },
    },
    backoff: {
      description: "A consumer waits to try it again.",
      on: {
        retry: { target: "exporting", description: "retry_sender.go::Send (the timer)" },
        putBack: { target: "left", description: "persistent_queue.go::onDone (IsShutdownErr)" },
        crash: { target: "left", description: "storage keeps it among the dispatched items" },
        forget: { target: "absent", description: "memory_queue.go::onDone" },
      },
    },
    left: {
      description: "Storage has it among the dispatched items, and no consumer.",
      on: {
        load: {
          target: "held",
          description: "persistent_queue.go::retrieveAndEnqueueNotDispatchedReqs",
        },
        forget: lost,
      },
    },
    held: {
      description: "A process that starts up has it in memory, and deleted it from storage.",
      on: {
        requeue: {
          target: "queued",
          description: "persistent_queue.go::putInternal (at the start)",
        },
        tear: { target: "hole", description: "persistent_queue.go::putInternal (v0.159.0)" },
        refuse: { target: "absent", description: "persistent_queue.go::putInternal (an error)" },
        keep: { target: "left", description: "our fix: storage has it until it is put back" },
        crash: forgotten,
        forget: forgotten,
      },
    },
  },
});

export const requestEvents: readonly Event[] = (
  [
    ...(["offer", "block", "tear", "receive", "wake", "cancel", "leave", "again"] as const),
    ...(["close", "dispatch", "lose", "readHole", "finish", "backOff", "retry"] as const),
    ...(["putBack", "load", "requeue", "refuse", "crash", "forget", "keep"] as const),
  ] as const
).map((type) => ({ type }));

/** An event for the request of the slot. */
export function toRequest(type: Event["type"]): Message {
  return { to: "request", event: { type } };
}
