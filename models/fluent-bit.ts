import {
  charged,
  chunkEvents,
  chunkMachine,
  live,
  memoryBound,
  ownerAlive,
  quotaConserved,
  up,
} from "./chunk.ts";
import {
  deliveryEvents,
  deliveryMachine,
  flushingIsMapped,
  flushingUnmapped,
  noLoss,
  owed,
} from "./delivery.ts";
import type {
  Comparison,
  Message,
  Outcome,
  Reaction,
  Role,
  SlotCondition,
  SlotRule,
  SlotView,
  SystemDescription,
  SystemRule,
} from "./description.ts";
import { engineEvents, engineMachine } from "./engine.ts";
import { inputEvents, inputMachine, overLimit } from "./input.ts";
import { outputEvents, outputMachine } from "./output.ts";
import type { Parameters } from "./parameters.ts";
import { progressProperties } from "./progress.ts";
import { taskEvents, taskMachine, taskMapBound, tasks } from "./task.ts";

const always: SlotCondition = { name: "always", holds: () => true };
const idle: SlotCondition = {
  name: "the chunk has no task",
  holds: (slot) => slot.is("task", "vacant") && !slot.is("chunk", "absent"),
};
const idleAndDown: SlotCondition = {
  name: "the chunk has no task and is down",
  holds: (slot, output) => idle.holds(slot, output) && slot.is("chunk", "down"),
};
const idleAndMapped: SlotCondition = {
  name: "the chunk has no task and is in memory",
  holds: (slot, output) => idle.holds(slot, output) && slot.is("chunk", "up", "upForOutput"),
};
const mapped: SlotCondition = {
  name: "the chunk is in memory",
  holds: (slot) => slot.is("chunk", "up", "upForOutput"),
};

export const memoryFree: Comparison = {
  quantity: { total: "up" },
  relation: "<",
  bound: { constant: 0, maxChunksUp: 1 },
};
export const taskFree: Comparison = {
  quantity: { total: "tasks" },
  relation: "<",
  bound: { constant: 0, taskMapSize: 1 },
};
const taskMapFull: Comparison = { ...taskFree, relation: ">=" };

function quotaFree(output: number): Comparison {
  return {
    quantity: { counter: "overLimitUp", output },
    relation: "<",
    bound: { constant: 0, overLimitQuota: 1 },
  };
}

export function toChunk(type: string, output?: number): Message {
  return { to: "chunk", event: output === undefined ? { type } : { type, output } };
}
export function toTask(type: string): Message {
  return { to: "task", event: { type } };
}
export function toDelivery(output: number, type: string): Message {
  return { to: "delivery", output, event: { type } };
}
export function toOutput(output: number, type: string): Message {
  return { to: "output", output, event: { type } };
}
export function toEngine(type: string): Message {
  return { to: "engine", event: { type } };
}
const work = toEngine("work");

const ingest: SlotRule = {
  name: "ingest",
  for: "slot and mask",
  branches: [
    {
      where: always,
      guard: () => [memoryFree],
      outcomes: [
        {
          action: "ingest",
          agent: "input",
          tells: "the input makes a chunk, in memory",
          cFunction: "flb_input_chunk.c::flb_input_chunk_create",
          send: ({ mask }) => [
            work,
            { to: "input", event: { type: "append" } },
            toChunk("create"),
            ...mask.map((output) => toDelivery(output, "route")),
          ],
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
          tells:
            "the input makes a chunk over max_chunks_up: it stays down, only its file is written",
          cFunction: "cio_file.c::cio_file_open",
          send: ({ mask }) => [
            work,
            { to: "input", event: { type: "append" } },
            toChunk("createOverLimit"),
            ...mask.map((output) => toDelivery(output, "route")),
          ],
        },
      ],
    },
  ],
};

function startTask(slot: SlotView): readonly Message[] {
  return [
    toTask("create"),
    ...slot.outputsIn("delivery", "routed").map((output) => toDelivery(output, "flush")),
  ];
}

const dispatch: SlotRule = {
  name: "dispatch",
  for: "slot",
  branches: [
    {
      where: idleAndMapped,
      guard: () => [taskFree],
      outcomes: [
        {
          action: "dispatch",
          agent: "engine",
          fairness: "dispatch",
          tells: "the engine gives the chunk a task and flushes it to its outputs",
          cFunction: "flb_engine_dispatch.c::flb_engine_dispatch",
          send: (_, slot) => [work, ...startTask(slot)],
        },
      ],
    },
    {
      where: idleAndDown,
      guard: () => [taskFree, memoryFree],
      outcomes: [
        {
          action: "dispatch",
          agent: "engine",
          fairness: "dispatch",
          tells: "the engine brings the chunk up, gives it a task and flushes it to its outputs",
          cFunction: "flb_engine_dispatch.c::flb_engine_dispatch",
          send: (_, slot) => [work, toChunk("up"), ...startTask(slot)],
        },
      ],
    },
  ],
};

const dispatchWithoutTask: SlotRule = {
  name: "dispatchWithoutTask",
  for: "slot",
  branches: [
    {
      where: idleAndDown,
      guard: () => [taskMapFull, memoryFree],
      outcomes: [
        {
          action: "dispatchWithoutTask",
          agent: "engine",
          fairness: "dispatch",
          tells: "the engine brings the chunk up, then finds no task for it: it stays in memory",
          cFunction: "flb_engine_dispatch.c::flb_engine_dispatch (v3.0.1)",
          send: () => [work, toChunk("up")],
        },
      ],
    },
  ],
};

const evict: SlotRule = {
  name: "evict",
  for: "slot",
  branches: [
    {
      where: { name: "the chunk has no task and is up", holds: idleAndMapped.holds },
      guard: () => [taskMapFull],
      outcomes: [
        {
          action: "evict",
          agent: "engine",
          fairness: "evict",
          tells: "the task map is full: the engine puts an idle chunk down",
          cFunction: "flb_input_chunk.c::flb_input_chunk_down (evict-idle)",
          send: () => [work, toChunk("down")],
        },
      ],
    },
  ],
};

const flushOk: SlotRule = {
  name: "flushOk",
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
          send: ({ output }) => [work, toOutput(output, "accept"), toDelivery(output, "ok")],
        },
      ],
    },
  ],
};

/** A chunk with one route leaves memory while it waits; one with several stays, for the others. */
function putDownIfOnlyRoute(slot: SlotView): readonly Message[] {
  const unrouted = slot.outputsIn("delivery", "unrouted").length;
  return slot.outputsIn("delivery").length - unrouted === 1 ? [toChunk("down")] : [];
}

function scheduleFail(from: "flush" | "retry"): Outcome {
  return {
    action: "scheduleFail",
    agent: "environment",
    tells: "no timer is left: the retry could not be re-scheduled, the delivery is given up",
    cFunction:
      from === "flush"
        ? "flb_engine.c::handle_output_event"
        : "flb_task.c::flb_task_retry_reschedule",
    send: ({ output }, slot) => [
      work,
      ...(from === "flush" ? [toOutput(output, "refuse"), ...putDownIfOnlyRoute(slot)] : []),
      toDelivery(output, "lose"),
    ],
  };
}

function flushRetry(schedulerFails: boolean): SlotRule {
  return {
    name: "flushRetry",
    for: "slot and output",
    branches: [
      {
        // A delivery that waits for its retry can be lost too, but that is a case of retryFire.
        where: {
          name: "the output is working on the chunk",
          holds: (slot, output) => slot.isFor("delivery", output, "flushing"),
        },
        guard: () => [],
        outcomes: [
          {
            action: "flushRetry",
            agent: "engine",
            fairness: "flush",
            tells:
              "the output fails: a retry is scheduled, and a chunk that has no other route is put down",
            cFunction: "flb_task.c::flb_task_retry_create",
            send: ({ output }, slot) => [
              work,
              toOutput(output, "refuse"),
              toDelivery(output, "retry"),
              ...putDownIfOnlyRoute(slot),
            ],
          },
          {
            action: "flushDrop",
            agent: "engine",
            fairness: "flush",
            tells: "the output fails and Retry_Limit is reached: the chunk cannot be retried",
            cFunction: "flb_task.c::flb_task_retry_create",
            send: ({ output }) => [work, toOutput(output, "refuse"), toDelivery(output, "drop")],
          },
          ...(schedulerFails ? [scheduleFail("flush")] : []),
        ],
      },
    ],
  };
}

function retryFire(schedulerFails: boolean): SlotRule {
  const waiting: SlotCondition = {
    name: "the delivery waits for its retry",
    holds: (slot, output) => slot.isFor("delivery", output, "retry"),
  };
  return {
    name: "retryFire",
    for: "slot and output",
    branches: [
      {
        where: {
          name: "the delivery waits for its retry and the chunk is in memory",
          holds: (slot, output) => waiting.holds(slot, output) && mapped.holds(slot, output),
        },
        guard: () => [],
        outcomes: [
          {
            action: "retryFire",
            agent: "engine",
            fairness: "retryFire",
            tells: "the retry is due and the chunk is in memory: it is flushed again",
            cFunction: "flb_engine_dispatch.c::flb_engine_dispatch_retry",
            send: ({ output }) => [work, toDelivery(output, "fire")],
          },
        ],
      },
      {
        where: waiting,
        guard: () => [memoryFree],
        outcomes: [
          {
            action: "retryFire",
            agent: "engine",
            fairness: "retryFire",
            tells: "the retry is due: the chunk is brought up and flushed again",
            cFunction: "flb_input_chunk.c::flb_input_chunk_set_up",
            send: ({ output }) => [work, toChunk("up"), toDelivery(output, "fire")],
          },
        ],
      },
      {
        where: waiting,
        guard: ({ output }) => [quotaFree(output)],
        outcomes: [
          {
            action: "retryFireOverLimit",
            agent: "engine",
            fairness: "retryFire",
            tells:
              "the retry is due and memory is full: the chunk is brought up on the output's quota",
            cFunction: "cio_file.c::cio_file_up_for_output (the fix)",
            send: ({ output }) => [
              work,
              toChunk("upForOutput", output),
              toDelivery(output, "fire"),
            ],
          },
        ],
      },
      {
        where: waiting,
        guard: () => [],
        outcomes: [
          {
            action: "reschedule",
            agent: "engine",
            fairness: "retryFire",
            tells: "the retry is due but memory is full: it is re-scheduled, nothing else changes",
            cFunction: "flb_task.c::flb_task_retry_reschedule",
            send: ({ output }) => [work, toDelivery(output, "reschedule")],
          },
          ...(schedulerFails ? [scheduleFail("retry")] : []),
        ],
      },
    ],
  };
}

/** The last delivery of a task ends the task and deletes the chunk. */
const settle: Reaction = {
  name: "settle",
  where: {
    name: "no delivery of the task is under way",
    holds: (slot) =>
      slot.is("task", "running") && slot.outputsIn("delivery", "flushing", "retry").length === 0,
  },
  send: (slot) => [
    toTask("destroy"),
    toChunk("close"),
    ...slot
      .outputsIn("delivery", "delivered", "dropped", "lost")
      .map((output) => toDelivery(output, "clear")),
  ],
};

/** What the world does to the outputs; the same for every system with outputs. */
export const networkRules: readonly SystemRule[] = [
  {
    action: "outputDown",
    for: "output",
    agent: "environment",
    tells: "the output goes offline",
    cFunction: "the network",
    send: ({ output }) => [work, toOutput(output, "goDown")],
  },
  {
    action: "outputUp",
    for: "output",
    agent: "environment",
    tells: "the output comes back",
    cFunction: "the network",
    send: ({ output }) => [work, toOutput(output, "comeBack")],
  },
];

/** A kill and a restart: what is in memory is gone, what is in files is not. */
export function crashRule(roles: readonly Role[]): SystemRule {
  return {
    action: "crash",
    for: "system",
    agent: "environment",
    tells: "the process is killed and restarted: every chunk is down and has no task",
    cFunction: "cio_scan.c::cio_scan_stream_files",
    send: () => [toEngine("restart")],
    broadcast: (_, outputs) =>
      roles.flatMap(({ name, perOutput }): readonly Message[] =>
        perOutput
          ? Array.from({ length: outputs }, (_, output) => ({
              to: name,
              output,
              event: { type: "crash" },
            }))
          : [{ to: name, event: { type: "crash" } }],
      ),
    resetsCounters: true,
  };
}

const shutdown: SystemRule = {
  action: "shutdown",
  for: "system",
  agent: "environment",
  tells: "the engine shuts down: every output is destroyed, then the chunks will be closed",
  cFunction: "flb_engine.c::flb_engine_shutdown",
  send: () => [toEngine("shutdown")],
  broadcast: () => [toChunk("detach")],
};

/** The machines outside the slots; the same for every system. */
export function sharedRoles(): readonly Role[] {
  return [
    { name: "engine", machine: engineMachine, perOutput: false, events: engineEvents },
    { name: "output", machine: outputMachine, perOutput: true, events: outputEvents },
  ];
}

/** The names in which the progress properties speak of a system made of these machines. */
export const vocabulary = {
  running: { role: "engine", state: "running" },
  online: { role: "output", state: "online" },
  live: "live",
  owed: "owed",
  up: "up",
  tasks: "tasks",
};

/** Fluent Bit's chunk and task machinery, as released and with the fixes that keep its structure. */
export function fluentBit(parameters: Parameters): SystemDescription {
  const { schedulerFails, releaseOnClose, detachOnOutputExit, retryLimit } = parameters;
  const { pauseOnChunksOverlimit } = parameters;
  const slot: readonly Role[] = [
    {
      name: "chunk",
      machine: chunkMachine,
      input: { releaseOnClose, detachOnOutputExit },
      perOutput: false,
      events: chunkEvents(parameters.outputs),
    },
    { name: "task", machine: taskMachine, perOutput: false, events: taskEvents },
    {
      name: "delivery",
      machine: deliveryMachine,
      input: { retryLimit },
      perOutput: true,
      events: deliveryEvents,
    },
  ];
  return {
    slot,
    shared: sharedRoles(),
    following: [
      {
        name: "input",
        machine: inputMachine,
        input: { pauseOnChunksOverlimit },
        perOutput: false,
        events: inputEvents,
        follows: { comparison: overLimit, whenTrue: "overLimit", whenFalse: "underLimit" },
      },
    ],
    totals: [up, tasks, live, charged, owed, flushingUnmapped],
    counters: [{ name: "overLimitUp", bound: "overLimitQuota" }],
    counterEffects: [
      { machineAction: "takeQuota", counter: "overLimitUp", adds: 1 },
      { machineAction: "releaseQuota", counter: "overLimitUp", adds: -1 },
    ],
    slotRules: [
      ingest,
      dispatch,
      ...(parameters.checkMapFirst ? [] : [dispatchWithoutTask]),
      ...(parameters.evictIdleWhenMapFull ? [evict] : []),
      flushOk,
      flushRetry(schedulerFails),
      retryFire(schedulerFails),
    ],
    systemRules: [
      ...networkRules,
      ...(parameters.crash ? [crashRule(slot)] : []),
      ...(parameters.shutdown ? [shutdown] : []),
    ],
    reactions: [settle],
    gate: null,
    vocabulary,
    properties: [
      memoryBound,
      quotaConserved,
      flushingIsMapped,
      taskMapBound,
      noLoss(retryLimit),
      ownerAlive,
      ...progressProperties,
    ],
  };
}
