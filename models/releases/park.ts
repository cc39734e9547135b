import { assign, setup } from "xstate";
import {
  chunkEvents,
  chunkMachine,
  live,
  memoryBound,
  ownerAlive,
  quotaConserved,
  up,
} from "../chunk.ts";
import { flushingIsMapped, flushingUnmapped } from "../delivery.ts";
import type {
  Comparison,
  MachineEvent,
  Message,
  Release,
  Role,
  SlotCondition,
  SlotView,
  SystemDescription,
  SystemRule,
  Total,
  TransitionProperty,
} from "../description.ts";
import {
  crashRule,
  memoryFree,
  networkRules,
  sharedRoles,
  taskFree,
  toChunk,
  toDelivery,
  toEngine,
  toOutput,
  toTask,
  vocabulary,
} from "../fluent-bit.ts";
import type { Parameters, RetryLimit } from "../parameters.ts";
import { progressProperties } from "../progress.ts";
import { taskEvents, taskMachine, taskMapBound, tasks } from "../task.ts";

interface DeliveryEvent {
  type: "route" | "flush" | "ok" | "retry" | "drop" | "crash";
}

/** A delivery that holds nothing while it waits: it is owed, or an output is working on it. */
const parkedDeliveryMachine = setup({
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
          description: "the process died; what is owed is in the file's metadata",
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
          description: "the process died; what is owed is in the file's metadata",
        },
      },
    },
  },
});

const parkedDeliveryEvents: readonly MachineEvent[] = [
  { type: "route" },
  { type: "flush" },
  { type: "ok" },
  { type: "retry" },
  { type: "drop" },
  { type: "crash" },
];

/** The age of an idle chunk: only old ones are dispatched, and new ones wait until none is old. */
const ageMachine = setup({
  types: { events: {} as { type: "enqueue" | "promote" | "leave" } },
}).createMachine({
  id: "age",
  initial: "none",
  states: {
    none: {
      description: "Not in the queue.",
      on: {
        enqueue: { target: "new", description: "park: joins the queue" },
      },
    },
    new: {
      description: "Behind the gate.",
      on: {
        promote: { target: "old", description: "park: the gate opens" },
        leave: { target: "none", description: "park: leaves the queue" },
      },
    },
    old: {
      description: "May be dispatched.",
      on: {
        leave: {
          target: "none",
          description: "flb_engine_dispatch.c::flb_engine_dispatch (park: old chunks first)",
        },
      },
    },
  },
});

const ageEvents: readonly MachineEvent[] = [
  { type: "enqueue" },
  { type: "promote" },
  { type: "leave" },
];

const owed: Total = {
  name: "owed",
  perOutput: true,
  counts: (slot, output) => slot.isFor("delivery", output, "owed", "flushing"),
};
const idleDown: Total = {
  name: "idleDown",
  perOutput: false,
  counts: (slot) => slot.is("age", "new", "old") && slot.is("chunk", "down"),
};
const idleOld: Total = {
  name: "idleOld",
  perOutput: false,
  counts: (slot) => slot.is("age", "old"),
};
const nobodyWaitsOnDisk: Comparison = {
  quantity: { total: "idleDown" },
  relation: "=",
  bound: { constant: 0 },
};
const always: SlotCondition = { name: "always", holds: () => true };

function toAge(type: string): Message {
  return { to: "age", event: { type } };
}

function create(event: string, mask: readonly number[]): readonly Message[] {
  return [
    toEngine("work"),
    toChunk(event),
    toAge("enqueue"),
    ...mask.map((output) => toDelivery(output, "route")),
  ];
}

function start(slot: SlotView): readonly Message[] {
  return [
    toAge("leave"),
    toTask("create"),
    ...slot.outputsIn("delivery", "owed").map((output) => toDelivery(output, "flush")),
  ];
}

const noLoss: TransitionProperty = {
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

/** As every crash; a chunk that had a task joins the queue again, behind the gate. */
function crash(roles: readonly Role[]): SystemRule {
  const rule = crashRule(roles);
  return {
    ...rule,
    broadcast: (slot, outputs) => [
      ...(rule.broadcast?.(slot, outputs) ?? []),
      ...(slot.is("task", "running") ? [toAge("enqueue")] : []),
    ],
  };
}

function describe(parameters: Parameters): SystemDescription {
  const { retryLimit } = parameters;
  const slot: readonly Role[] = [
    {
      name: "chunk",
      machine: chunkMachine,
      input: { releaseOnClose: true, detachOnOutputExit: false },
      perOutput: false,
      events: chunkEvents(parameters.outputs),
    },
    { name: "task", machine: taskMachine, perOutput: false, events: taskEvents },
    {
      name: "delivery",
      machine: parkedDeliveryMachine,
      input: { retryLimit },
      perOutput: true,
      events: parkedDeliveryEvents,
    },
    { name: "age", machine: ageMachine, perOutput: false, events: ageEvents },
  ];
  return {
    slot,
    shared: sharedRoles(),
    following: [],
    totals: [up, tasks, live, owed, flushingUnmapped, idleDown, idleOld],
    counters: [],
    counterEffects: [],
    slotRules: [
      {
        name: "ingest",
        for: "slot and mask",
        branches: [
          {
            where: always,
            guard: () => [memoryFree, nobodyWaitsOnDisk],
            outcomes: [
              {
                action: "ingest",
                agent: "input",
                tells: "the input makes a chunk, in memory: nobody waits on disk",
                cFunction: "flb_input_chunk.c::flb_input_chunk_create",
                send: ({ mask }) => create("create", mask),
              },
            ],
          },
          {
            where: always,
            guard: () => [],
            outcomes: [
              {
                action: "ingest",
                agent: "input",
                tells: "the input makes a chunk that stays down: memory is full, or others wait",
                cFunction: "cio_file.c::cio_file_open",
                send: ({ mask }) => create("createOverLimit", mask),
              },
            ],
          },
        ],
      },
      {
        name: "dispatch",
        for: "slot",
        branches: [
          {
            where: {
              name: "the chunk is old and in memory",
              holds: (slot) => slot.is("age", "old") && slot.is("chunk", "up"),
            },
            guard: () => [taskFree],
            outcomes: [
              {
                action: "dispatch",
                agent: "engine",
                fairness: "dispatch",
                tells: "the engine gives an old chunk a task and flushes it to what it owes",
                cFunction: "flb_engine_dispatch.c::flb_engine_dispatch",
                send: (_, slot) => [toEngine("work"), ...start(slot)],
              },
            ],
          },
          {
            where: {
              name: "the chunk is old and down",
              holds: (slot) => slot.is("age", "old") && slot.is("chunk", "down"),
            },
            guard: () => [taskFree, memoryFree],
            outcomes: [
              {
                action: "dispatch",
                agent: "engine",
                fairness: "dispatch",
                tells: "the engine brings an old chunk up, gives it a task and flushes it",
                cFunction: "flb_engine_dispatch.c::flb_engine_dispatch",
                send: (_, slot) => [toEngine("work"), toChunk("up"), ...start(slot)],
              },
            ],
          },
        ],
      },
      {
        name: "flush",
        for: "slot and output",
        branches: [
          {
            where: always,
            guard: () => [],
            outcomes: [
              {
                action: "flushOk",
                agent: "engine",
                fairness: "flush",
                delivers: true,
                tells: "the output delivers the chunk",
                cFunction: "flb_engine.c::handle_output_event, FLB_OK",
                send: ({ output }) => [
                  toEngine("work"),
                  toOutput(output, "accept"),
                  toDelivery(output, "ok"),
                ],
              },
              {
                action: "flushRetry",
                agent: "engine",
                fairness: "flush",
                tells: "the output fails: the delivery stays owed, and holds nothing",
                cFunction: "flb_engine.c::handle_output_event, FLB_RETRY",
                send: ({ output }) => [
                  toEngine("work"),
                  toOutput(output, "refuse"),
                  toDelivery(output, "retry"),
                ],
              },
              {
                action: "flushDrop",
                agent: "engine",
                fairness: "flush",
                tells: "the output fails and Retry_Limit is reached: the chunk cannot be retried",
                cFunction: "flb_task.c::flb_task_retry_create",
                send: ({ output }) => [
                  toEngine("work"),
                  toOutput(output, "refuse"),
                  toDelivery(output, "drop"),
                ],
              },
            ],
          },
        ],
      },
    ],
    systemRules: [...networkRules, ...(parameters.crash ? [crash(slot)] : [])],
    reactions: [
      {
        name: "close",
        where: {
          name: "the task has nothing under way and nothing is owed",
          holds: (slot) =>
            slot.is("task", "running") &&
            slot.outputsIn("delivery", "flushing", "owed").length === 0,
        },
        send: () => [toTask("destroy"), toChunk("close")],
      },
      {
        name: "park",
        where: {
          name: "the task has nothing under way and something is owed",
          holds: (slot) =>
            slot.is("task", "running") && slot.outputsIn("delivery", "flushing").length === 0,
        },
        send: () => [toTask("destroy"), toChunk("down"), toAge("enqueue")],
      },
    ],
    gate: {
      name: "gate",
      guard: [{ quantity: { total: "idleOld" }, relation: "=", bound: { constant: 0 } }],
      broadcast: () => [toAge("promote")],
    },
    vocabulary,
    properties: [
      memoryBound,
      // There is no quota and no over-limit chunk: these two have nothing to say.
      { ...quotaConserved, requires: () => [] },
      flushingIsMapped,
      taskMapBound,
      noLoss,
      { ...ownerAlive, requires: () => [] },
      ...progressProperties,
    ],
  };
}

export const release: Release = {
  name: "park",
  summary: "candidate: a waiting delivery holds nothing but its file; old chunks go first",
  order: 8,
  defaults: {},
  applies: ["chunks", "taskMapSize", "maxChunksUp", "outputs", "routing", "retryLimit", "crash"],
  leastQuota: 0,
  realTaskMapSize: 2048,
  describe,
};
