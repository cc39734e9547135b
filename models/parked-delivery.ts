import { assign, setup } from "xstate";
import type { MachineEvent, Total, TransitionProperty } from "./description.ts";
import type { RetryLimit } from "./parameters.ts";

interface DeliveryEvent {
  type: "route" | "flush" | "ok" | "retry" | "drop" | "crash";
}

/** A delivery that holds nothing while it waits: it is owed, or an output is working on it. */
export const parkedDeliveryMachine = setup({
  types: {
    context: {} as { readonly retryLimit: RetryLimit; readonly failures: number },
    events: {} as DeliveryEvent,
    input: {} as { readonly retryLimit: RetryLimit },
  },
  guards: {
    retriesLeft: ({ context }) =>
      context.retryLimit === "unlimited" || context.failures < context.retryLimit,
    retryLimitReached: ({ context }) =>
      context.retryLimit !== "unlimited" && context.failures >= context.retryLimit,
  },
  actions: {
    countFailure: assign({
      failures: ({ context }) => (context.retryLimit === "unlimited" ? 0 : context.failures + 1),
    }),
    forgetFailures: assign({ failures: 0 }),
  },
}).createMachine({
  id: "parkedDelivery",
  context: ({ input }) => ({ retryLimit: input.retryLimit, failures: 0 }),
  initial: "settled",
  states: {
    settled: {
      description: "Nothing is owed to this output.",
      on: {
        route: {
          target: "owed",
          description: "flb_router.c::flb_router_match: the output is in the chunk's routes mask",
        },
      },
    },
    owed: {
      description: "Owed; nothing but the chunk's file is held.",
      on: {
        flush: {
          target: "flushing",
          description: "flb_engine_dispatch.c::tasks_start → flb_output.h::flb_output_task_flush",
        },
        crash: {
          target: "owed",
          actions: "forgetFailures",
          description: "the process died; what is owed is in the chunk's file",
        },
      },
    },
    flushing: {
      description: "The output is working on it.",
      on: {
        ok: {
          target: "settled",
          actions: "forgetFailures",
          description: "flb_engine.c::handle_output_event, FLB_OK",
        },
        retry: {
          guard: "retriesLeft",
          target: "owed",
          actions: "countFailure",
          description: "flb_engine.c::handle_output_event, FLB_RETRY (park: no retry is kept)",
        },
        drop: {
          guard: "retryLimitReached",
          target: "settled",
          actions: "forgetFailures",
          description: "flb_task.c::flb_task_retry_create: the retry limit is reached",
        },
        crash: {
          target: "owed",
          actions: "forgetFailures",
          description: "the process died; what is owed is in the chunk's file",
        },
      },
    },
  },
});

/** Every event of the parked delivery machine. */
export const parkedDeliveryEvents: readonly MachineEvent[] = [
  { type: "route" },
  { type: "flush" },
  { type: "ok" },
  { type: "retry" },
  { type: "drop" },
  { type: "crash" },
];

/** Chunks that still have to be delivered to an output. */
export const owed: Total = {
  name: "owed",
  perOutput: true,
  counts: (slot, output) => slot.isFor("delivery", output, "owed", "flushing"),
};

/** An output leaves what is owed only by a delivery, or by giving up. */
export const noLoss: TransitionProperty = {
  kind: "transition",
  name: "noLoss",
  meaning: "an output stops being owed a chunk only when it has it (or gave up at Retry_Limit)",
  forbids: (action, { before, after }, outputs) =>
    Array.from({ length: outputs }, (_, output) => output).some(
      (output) =>
        before.isFor("delivery", output, "owed", "flushing") &&
        after.isFor("delivery", output, "settled") &&
        action !== "flushOk" &&
        action !== "flushDrop",
    ) ||
    (after.is("chunk", "absent") && after.outputsIn("delivery", "owed", "flushing").length > 0),
};
