import { flushingStates, waitingStates } from "../delivery.ts";
import type { Message, Outcome, SlotRule, SlotView, StateProperty, Total } from "../description.ts";
import { flushedTo } from "../dispatch.ts";
import { memoryFree, taskFree } from "../limits.ts";
import type { Mechanism } from "../mechanism.ts";
import { toChunk, toDelivery, toEngine, toTask } from "../messages.ts";
import type { FlushFailure, Parameters } from "../parameters.ts";
import type { Points } from "../points.ts";
import { idleAndDown, idleAndMapped } from "../slot-conditions.ts";

/** Tasks that neither a flush nor a retry will ever end. */
const deadTasks: Total = {
  name: "deadTasks",
  perOutput: false,
  counts: (slot) =>
    slot.is("task", "running") &&
    slot.outputsIn("delivery", ...flushingStates, ...waitingStates).length === 0,
};

const taskAlive: StateProperty = {
  kind: "state",
  name: "taskAlive",
  meaning: "a task has a flush under way or a retry; else it holds its place for ever",
  perOutput: false,
  requires: () => [{ quantity: { total: "deadTasks" }, relation: "=", bound: { constant: 0 } }],
};

/** How a flush does not start: what becomes of the delivery, and where that is in the sources. */
interface Failure {
  readonly kind: FlushFailure;
  readonly event: "orphan" | "pin";
  readonly tells: string;
  readonly cFunction: string;
}

const failures: readonly Failure[] = [
  {
    kind: "start",
    event: "orphan",
    tells: "the flush cannot be created, and nobody looks: the delivery is left alone",
    cFunction: "flb_engine_dispatch.c::tasks_start",
  },
  {
    kind: "worker",
    event: "pin",
    tells: "the worker cannot create the flush, and goes on: the task keeps its user",
    cFunction: "flb_output_thread.c::output_thread",
  },
  {
    kind: "retry",
    event: "orphan",
    tells:
      "the flush of a retry cannot be created: the retry is destroyed, the task is not released",
    cFunction: "flb_engine_dispatch.c::flb_engine_dispatch_retry",
  },
  {
    kind: "read",
    event: "orphan",
    tells: "the chunk cannot be read: the retry is destroyed, the task is not released",
    cFunction: "flb_engine_dispatch.c::flb_engine_dispatch_retry (to v5.1.0)",
  },
];

/** Dispatch, with a set of outputs for which no flush starts. */
function beside(failure: Failure, points: Points): SlotRule {
  const start = (slot: SlotView, mask: readonly number[]): readonly Message[] => [
    toTask("create"),
    ...flushedTo(slot, points).map((output) =>
      toDelivery(output, mask.includes(output) ? failure.event : "flush"),
    ),
  ];
  const outcome = (before: readonly Message[]): Outcome => ({
    action: "flushFails",
    agent: "environment",
    tells: failure.tells,
    cFunction: failure.cFunction,
    send: ({ mask }, slot) => [toEngine("work"), ...before, ...start(slot, mask)],
  });
  return {
    name: `flushFails ${failure.kind}`,
    for: "slot and outputs",
    concerns: ({ mask }, slot) => {
      const outputs = flushedTo(slot, points);
      return mask.every((output) => outputs.includes(output));
    },
    branches: [
      { where: idleAndMapped, guard: () => [taskFree], outcomes: [outcome([])] },
      {
        where: idleAndDown,
        guard: () => [taskFree, memoryFree],
        outcomes: [outcome([toChunk("up")])],
      },
    ],
  };
}

/** A retry that fires, and of which no flush comes. */
function instead(fires: Outcome, { tells, cFunction, event }: Failure): Outcome {
  return {
    action: "flushFails",
    agent: "environment",
    tells,
    cFunction,
    send: (instance, slot) =>
      fires
        .send(instance, slot)
        .map((message) =>
          message.to === "delivery" ? toDelivery(instance.output, event) : message,
        ),
  };
}

/** Since v5.1.1 a chunk that cannot be read costs an attempt. */
function readAgain(fires: Outcome): readonly Outcome[] {
  const cFunction = "flb_engine_dispatch.c::flb_engine_dispatch_retry (v5.1.1)";
  const way = (
    action: string,
    tells: string,
    event: string,
    breaks: readonly string[],
  ): Outcome => ({
    action,
    agent: "environment",
    tells,
    cFunction,
    breaks,
    send: (instance, slot) =>
      fires
        .send(instance, slot)
        .map((message) =>
          message.to === "delivery" ? toDelivery(instance.output, event) : message,
        ),
  });
  return [
    way("readRetry", "the chunk cannot be read: it costs an attempt", "readAgain", []),
    way("readDrop", "the chunk cannot be read, and Retry_Limit is reached", "giveUpReading", [
      "keptOrDelivered",
    ]),
  ];
}

/** Flushes that do not start: tasks without a flush or a retry. */
export function flushFailures({ flushFails, readCostsAttempt }: Parameters): Mechanism | null {
  if (flushFails.length === 0) return null;
  const on = failures.filter(({ kind }) => flushFails.includes(kind));
  return {
    points: {
      besideFire: (fires) =>
        on.flatMap((failure) => {
          if (failure.kind === "start") return [];
          return failure.kind === "read" && readCostsAttempt
            ? readAgain(fires)
            : [instead(fires, failure)];
        }),
    },
    parts: (points) => ({
      totals: [deadTasks],
      slotRules: on
        .filter(({ kind }) => kind === "start" || kind === "worker")
        .map((failure) => beside(failure, points)),
      properties: [taskAlive],
    }),
  };
}
