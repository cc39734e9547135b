import { assign, setup } from "xstate";
import type { MachineEvent, StateProperty, Total, TransitionProperty } from "./description.ts";
import type { RetryLimit } from "./parameters.ts";

type DeliveryEvent =
  | { type: "route" }
  | { type: "flush" }
  | { type: "ok" }
  | { type: "retry" }
  | { type: "drop" }
  | { type: "fire" }
  | { type: "reschedule" }
  | { type: "lose" }
  | { type: "clear" }
  | { type: "crash" };

/** One chunk to one output. Retries are counted only where `Retry_Limit` is a number. */
export const deliveryMachine = setup({
  types: {
    context: {} as { readonly retryLimit: RetryLimit; readonly retriesUsed: number },
    events: {} as DeliveryEvent,
    input: {} as { readonly retryLimit: RetryLimit },
  },
  guards: {
    retriesLeft: ({ context }) =>
      context.retryLimit === "unlimited" || context.retriesUsed < context.retryLimit,
    retryLimitReached: ({ context }) =>
      context.retryLimit !== "unlimited" && context.retriesUsed >= context.retryLimit,
  },
  actions: {
    countRetry: assign({
      retriesUsed: ({ context }) =>
        context.retryLimit === "unlimited" ? 0 : context.retriesUsed + 1,
    }),
    forgetRetries: assign({ retriesUsed: 0 }),
    scheduleAgain: () => undefined,
  },
}).createMachine({
  id: "delivery",
  context: ({ input }) => ({ retryLimit: input.retryLimit, retriesUsed: 0 }),
  initial: "unrouted",
  states: {
    unrouted: {
      description: "The chunk does not go to this output.",
      on: {
        route: {
          target: "routed",
          description: "flb_router.c::flb_router_match: the output is in the chunk's routes mask",
        },
      },
    },
    routed: {
      description: "Owed; the chunk has no task yet.",
      on: {
        flush: {
          target: "flushing",
          description: "flb_engine_dispatch.c::tasks_start → flb_output.h::flb_output_task_flush",
        },
      },
    },
    flushing: {
      description: "The output is working on it.",
      on: {
        ok: {
          target: "delivered",
          actions: "forgetRetries",
          description: "flb_engine.c::handle_output_event, FLB_OK",
        },
        retry: {
          guard: "retriesLeft",
          target: "retry",
          actions: "countRetry",
          description: "flb_task.c::flb_task_retry_create",
        },
        drop: {
          guard: "retryLimitReached",
          target: "dropped",
          actions: "forgetRetries",
          description: "flb_task.c::flb_task_retry_create: the retry limit is reached",
        },
        lose: {
          guard: "retriesLeft",
          target: "lost",
          actions: "forgetRetries",
          description: "flb_engine.c::handle_output_event: flb_sched_request_create failed",
        },
        crash: {
          target: "routed",
          actions: "forgetRetries",
          description: "the process died; the route is in the file's metadata",
        },
      },
    },
    retry: {
      description: "Waiting in the scheduler.",
      on: {
        fire: {
          target: "flushing",
          description: "flb_engine_dispatch.c::flb_engine_dispatch_retry",
        },
        reschedule: {
          actions: "scheduleAgain",
          description: "flb_task.c::flb_task_retry_reschedule: the chunk could not be brought up",
        },
        lose: {
          target: "lost",
          actions: "forgetRetries",
          description: "flb_task.c::flb_task_retry_reschedule: no timer is left",
        },
        crash: {
          target: "routed",
          actions: "forgetRetries",
          description: "the process died; the route is in the file's metadata",
        },
      },
    },
    delivered: {
      description: "The output has it.",
      on: {
        clear: { target: "unrouted", description: "flb_task.c::flb_task_destroy" },
        crash: { target: "routed", description: "the process died; it will be delivered again" },
      },
    },
    dropped: {
      description: "Given up, as Retry_Limit says.",
      on: {
        clear: { target: "unrouted", description: "flb_task.c::flb_task_destroy" },
        crash: { target: "routed", description: "the process died; it will be tried again" },
      },
    },
    lost: {
      description: "Given up because no timer was left.",
      on: {
        clear: { target: "unrouted", description: "flb_task.c::flb_task_destroy" },
        crash: { target: "routed", description: "the process died; it will be tried again" },
      },
    },
  },
});

/** Every event of the delivery machine. */
export const deliveryEvents: readonly MachineEvent[] = [
  { type: "route" },
  { type: "flush" },
  { type: "ok" },
  { type: "retry" },
  { type: "drop" },
  { type: "fire" },
  { type: "reschedule" },
  { type: "lose" },
  { type: "clear" },
  { type: "crash" },
];

/** Chunks that still have to be delivered to an output: idle, under way or waiting for a retry. */
export const owed: Total = {
  name: "owed",
  perOutput: true,
  counts: (slot, output) => slot.isFor("delivery", output, "routed", "flushing", "retry"),
};

/** Chunks that an output is working on without having them in memory. */
export const flushingUnmapped: Total = {
  name: "flushingUnmapped",
  perOutput: true,
  counts: (slot, output) =>
    slot.isFor("delivery", output, "flushing") && !slot.is("chunk", "up", "upForOutput"),
};

/** What is being flushed is in memory. */
export const flushingIsMapped: StateProperty = {
  kind: "state",
  name: "flushingIsMapped",
  meaning: "a chunk that an output is working on is in memory",
  perOutput: true,
  requires: (output) => [
    { quantity: { total: "flushingUnmapped", output }, relation: "=", bound: { constant: 0 } },
  ],
};

/** A chunk goes only when nobody waits for it any more. */
export function noLoss(retryLimit: RetryLimit): TransitionProperty {
  const ended = retryLimit === "unlimited" ? ["delivered"] : ["delivered", "dropped"];
  return {
    kind: "transition",
    name: "noLoss",
    meaning:
      "no delivery is lost, and a chunk is deleted only when each of its outputs has it (or gave up at Retry_Limit)",
    forbids: (_, { before, after, message }) =>
      (message.to === "delivery" &&
        message.output !== undefined &&
        after.isFor("delivery", message.output, "lost")) ||
      (message.to === "chunk" &&
        !before.is("chunk", "absent") &&
        after.is("chunk", "absent") &&
        before.outputsIn("delivery", "unrouted", ...ended).length <
          before.outputsIn("delivery").length),
  };
}
