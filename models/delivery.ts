import { assign, setup } from "xstate";
import type {
  MachineEvent,
  SlotStep,
  SlotView,
  StateProperty,
  Total,
  TransitionProperty,
} from "./description.ts";
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
  | { type: "fail" }
  | { type: "orphan" }
  | { type: "pin" }
  | { type: "readAgain" }
  | { type: "giveUpReading" }
  | { type: "evict" }
  | { type: "clear" }
  | { type: "crash" };

/** A crash: the delivery is owed as if nothing had been tried. */
const routedAgain = {
  target: "routed",
  actions: "forgetRetries",
  description: "the process died; the route is in the file's metadata",
} as const;

/** What becomes of a delivery that waits for its retry, evicted or not. */
const waiting = {
  clear: {
    target: "unrouted",
    actions: "forgetRetries",
    description: "sb.c::sb_release_output_queue_space: evicted with its task",
  },
  reschedule: {
    actions: "scheduleAgain",
    description: "flb_task.c::flb_task_retry_reschedule: the chunk could not be brought up",
  },
  lose: {
    target: "lost",
    actions: ["forgetRetries", "settle"],
    description: "flb_task.c::flb_task_retry_reschedule: no timer is left",
  },
  readAgain: {
    guard: "retriesLeft",
    actions: "countRetry",
    description:
      "flb_engine_dispatch.c::flb_engine_dispatch_retry: the content cannot be read (v5.1.1)",
  },
  giveUpReading: {
    guard: "retryLimitReached",
    target: "dropped",
    actions: ["forgetRetries", "settle"],
    description:
      "flb_engine_dispatch.c::flb_engine_dispatch_retry: the retry limit is reached (v5.1.1)",
  },
  crash: routedAgain,
} as const;

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
    // A delivery that ends asks whether its task ends with it; the composition says what follows.
    settle: () => undefined,
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
      description: "Owed; no flush has been started.",
      on: {
        flush: {
          target: "flushing",
          description: "flb_engine_dispatch.c::tasks_start → flb_output.h::flb_output_task_flush",
        },
        orphan: {
          target: "orphaned",
          description:
            "flb_engine_dispatch.c::tasks_start ignores that flb_output.c::flb_output_task_flush failed",
        },
        pin: {
          target: "pinned",
          description:
            "flb_output_thread.c::output_thread: the worker cannot create the flush, and goes on",
        },
        clear: { target: "unrouted", description: "flb_input_chunk.c::flb_input_chunk_destroy" },
      },
    },
    flushing: {
      description: "The output is working on it.",
      on: {
        ok: {
          target: "delivered",
          actions: ["forgetRetries", "settle"],
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
          actions: ["forgetRetries", "settle"],
          description: "flb_task.c::flb_task_retry_create: the retry limit is reached",
        },
        fail: {
          target: "dropped",
          actions: ["forgetRetries", "settle"],
          description: "flb_engine.c::handle_output_event, FLB_ERROR",
        },
        lose: {
          guard: "retriesLeft",
          target: "lost",
          actions: ["forgetRetries", "settle"],
          description: "flb_engine.c::handle_output_event: flb_sched_request_create failed",
        },
        crash: routedAgain,
      },
    },
    retry: {
      description: "Waiting in the scheduler.",
      on: {
        ...waiting,
        fire: {
          target: "flushing",
          description: "flb_engine_dispatch.c::flb_engine_dispatch_retry",
        },
        orphan: {
          target: "orphaned",
          actions: "forgetRetries",
          description:
            "flb_engine_dispatch.c::flb_engine_dispatch_retry: the retry is destroyed, the task is not released",
        },
        pin: {
          target: "pinned",
          actions: "forgetRetries",
          description:
            "flb_output_thread.c::output_thread: the worker cannot create the flush, and goes on",
        },
        evict: {
          target: "retryEvicted",
          description: "flb_input_chunk.c::flb_input_chunk_drop_task_route",
        },
      },
    },
    retryEvicted: {
      description: "Waiting in the scheduler, evicted under storage.total_limit_size.",
      on: {
        ...waiting,
        fire: {
          target: "flushingEvicted",
          description: "flb_engine_dispatch.c::flb_engine_dispatch_retry",
        },
        orphan: {
          target: "orphaned",
          actions: "forgetRetries",
          description: "flb_engine_dispatch.c::flb_engine_dispatch_retry: the mark is lost",
        },
        pin: {
          target: "pinned",
          actions: "forgetRetries",
          description: "flb_output_thread.c::output_thread: the mark is lost",
        },
      },
    },
    flushingEvicted: {
      description: "The output is given a chunk that was evicted: it can only be dropped.",
      on: {
        drop: {
          target: "dropped",
          actions: ["forgetRetries", "settle"],
          description: "flb_output.h::output_pre_cb_flush returns FLB_ERROR for an evicted route",
        },
        crash: routedAgain,
      },
    },
    orphaned: {
      description: "Neither a flush nor a retry: nothing will ever end it.",
      on: {
        clear: { target: "unrouted", description: "flb_task.c::flb_task_destroy" },
        crash: { target: "routed", description: "the process died; it will be tried again" },
      },
    },
    pinned: {
      description: "Counted as a user of its task, though nothing works on it.",
      on: {
        crash: { target: "routed", description: "the process died; it will be tried again" },
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
  { type: "fail" },
  { type: "orphan" },
  { type: "pin" },
  { type: "readAgain" },
  { type: "giveUpReading" },
  { type: "evict" },
];

/** States of a delivery on which its output is working. */
export const flushingStates = ["flushing", "flushingEvicted"] as const;

/** States of a delivery that waits in the scheduler. */
export const waitingStates = ["retry", "retryEvicted"] as const;

/** States of a delivery that has ended. */
export const endedStates = ["delivered", "dropped", "lost"] as const;

/** The outputs to which the task of a chunk has a delivery, in whatever state. */
export function deliveriesOf(slot: SlotView): readonly number[] {
  const outside = new Set(slot.outputsIn("delivery", "unrouted", "routed"));
  return slot.outputsIn("delivery").filter((output) => !outside.has(output));
}

/** Chunks that an output is working on (its delivery is in one of these states) without having them in memory. */
export function flushingUnmapped(...states: readonly string[]): Total {
  return {
    name: "flushingUnmapped",
    perOutput: true,
    counts: (slot, output) =>
      slot.isFor("delivery", output, ...states) && !slot.is("chunk", "up", "upForOutput", "memory"),
  };
}

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

/** Whether a step closes a chunk to which some output's delivery is in none of these states. */
export function closesBefore(
  { before, after, message }: SlotStep,
  ...ended: readonly string[]
): boolean {
  return (
    message.to === "chunk" &&
    !before.is("chunk", "absent") &&
    after.is("chunk", "absent") &&
    before.outputsIn("delivery", "unrouted", ...ended).length < before.outputsIn("delivery").length
  );
}

/** A chunk goes only when nobody waits for it any more. */
export function noLoss(retryLimit: RetryLimit): TransitionProperty {
  const ended = retryLimit === "unlimited" ? ["delivered"] : ["delivered", "dropped"];
  return {
    kind: "transition",
    name: "noLoss",
    meaning:
      "no delivery is lost, and a chunk is deleted only when each of its outputs has it (or gave up at Retry_Limit)",
    forbids: (_, step) =>
      (step.message.to === "delivery" &&
        step.message.output !== undefined &&
        step.after.isFor("delivery", step.message.output, "lost")) ||
      closesBefore(step, ...ended),
  };
}
