import {
  chunkEvents,
  chunkMachine,
  live,
  memoryBound,
  ownerAlive,
  quotaConserved,
  up,
} from "./chunk.ts";
import { flushingIsMapped, flushingUnmapped } from "./delivery.ts";
import type {
  Comparison,
  Message,
  Outcome,
  Role,
  SlotCondition,
  SlotRule,
  SlotView,
  SystemDescription,
  SystemRule,
  Total,
} from "./description.ts";
import { dimensionsOf, sharedRoles, vocabulary } from "./fluent-bit.ts";
import { fluentBitParameters, fluentBitSystem } from "./fluent-bit-system.ts";
import { taken } from "./flush.ts";
import { coreLimits, memoryFree, taskFree } from "./limits.ts";
import { toChunk, toDelivery, toEngine, toOutput, toTask } from "./messages.ts";
import type { ParameterName } from "./parameters.ts";
import { noLoss, owed, parkedDeliveryEvents, parkedDeliveryMachine } from "./parked-delivery.ts";
import { crash as crashAction, crashOfEvery, networkRules } from "./process.ts";
import { progressProperties } from "./progress.ts";
import { always } from "./slot-conditions.ts";
import type { Values } from "./system.ts";
import { taskEvents, taskMachine, taskMapBound, tasks } from "./task.ts";

/** In what candidates differ that park a chunk while it waits: who is dispatched when, and to which outputs. */
export interface Queue {
  /** The machine that says where an idle chunk is in the queue; it has the role `age`. */
  readonly age: Pick<Role, "machine" | "events">;
  /** Its states in which the chunk is in the queue, and in which it may be dispatched. */
  readonly queued: readonly string[];
  readonly old: readonly string[];
  /** Machines that exist once for each output, beside the output itself. */
  readonly perOutput: readonly Role[];
  /** Totals that the rules ask for. */
  readonly totals: readonly Total[];
  /** How idle chunks come by a task. */
  readonly rules: readonly SlotRule[];
  /** Who else is told what an output answered. */
  readonly answered: (output: number, answer: "ok" | "retry") => readonly Message[];
  /** The event for a chunk whose task has ended with something owed. */
  readonly whenParked: string;
  /** What a crash does besides what it does to every machine. */
  readonly whenCrashed: Pick<SystemRule, "send">;
}

/** The parameters that have a meaning for a parked system. */
export const parkParameters: readonly ParameterName[] = [
  "chunks",
  "taskMapSize",
  "maxChunksUp",
  "outputs",
  "routing",
  "retryLimit",
  "crash",
];

export function toAge(type: string): Message {
  return { to: "age", event: { type } };
}

const nobodyWaitsOnDisk: Comparison = {
  quantity: { total: "idleDown" },
  relation: "=",
  bound: { constant: 0 },
};

function create(event: string, mask: readonly number[]): readonly Message[] {
  return [
    toEngine("work"),
    toChunk(event),
    toAge("enqueue"),
    ...mask.map((output) => toDelivery(output, "route")),
  ];
}

const ingest: SlotRule = {
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
          tells: "the input makes a chunk, in memory: nobody in the queue waits on disk",
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
};

/** What sets one rule of dispatch apart from another. */
interface Dispatch {
  readonly name: string;
  /** Whether the rule is for the chunk, whatever its storage. */
  readonly mayGo: SlotCondition;
  /** The chunk, and what it is flushed to, in words. */
  readonly words: { readonly chunk: string; readonly outputs: string };
  /** The outputs that are attempted at once. */
  readonly attempted: (slot: SlotView) => readonly number[];
  /** What must be accepted outside the slot. */
  readonly asks: (slot: SlotView) => readonly Message[];
  /** What must hold besides: there is a free task, and memory for a chunk that is down. */
  readonly guard?: (slot: SlotView) => readonly Comparison[];
}

/** The rule by which a chunk that may be dispatched gets a task, from memory or from disk. */
export function dispatchRule({
  name,
  mayGo,
  words,
  attempted,
  asks,
  guard = () => [],
}: Dispatch): SlotRule {
  const outcome = (tells: string, before: readonly Message[]): Outcome => ({
    action: "dispatch",
    agent: "engine",
    fairness: "dispatch",
    tells,
    cFunction: "flb_engine_dispatch.c::flb_engine_dispatch",
    send: (_, slot) => [
      toEngine("work"),
      ...asks(slot),
      ...before,
      toAge("leave"),
      toTask("create"),
      ...attempted(slot).map((output) => toDelivery(output, "flush")),
    ],
  });
  const goes = (storage: string, where: string): SlotCondition => ({
    name: `${mayGo.name} and ${where}`,
    holds: (slot, output) => mayGo.holds(slot, output) && slot.is("chunk", storage),
  });
  return {
    name,
    for: "slot",
    branches: [
      {
        where: goes("up", "in memory"),
        guard: (_, slot) => [taskFree, ...guard(slot)],
        outcomes: [
          outcome(`the engine gives ${words.chunk} a task and flushes it to ${words.outputs}`, []),
        ],
      },
      {
        where: goes("down", "down"),
        guard: (_, slot) => [taskFree, memoryFree, ...guard(slot)],
        outcomes: [
          outcome(
            `the engine brings ${words.chunk} up, gives it a task and flushes it to ${words.outputs}`,
            [toChunk("up")],
          ),
        ],
      },
    ],
  };
}

function flush(answered: Queue["answered"]): SlotRule {
  return {
    name: "flush",
    for: "slot and output",
    branches: [
      {
        where: always,
        guard: () => [],
        outcomes: [
          taken((output) => answered(output, "ok")),
          {
            action: "flushRetry",
            agent: "engine",
            fairness: "flush",
            tells: "the output fails: the delivery stays owed, and holds nothing",
            cFunction: "flb_engine.c::handle_output_event, FLB_RETRY",
            send: ({ output }) => [
              toEngine("work"),
              toOutput(output, "refuse"),
              ...answered(output, "retry"),
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
              ...answered(output, "retry"),
              toDelivery(output, "drop"),
            ],
          },
        ],
      },
    ],
  };
}

/** As every crash; a new process cannot know ages, so every chunk is new, and the gate opens for all at once. */
function crash(roles: readonly Role[], also: Queue["whenCrashed"]): SystemRule {
  return {
    ...crashAction,
    send: (instance) => [toEngine("restart"), ...also.send(instance)],
    broadcast: (slot, outputs) => [
      ...crashOfEvery(roles, outputs),
      ...(slot.is("task", "running") ? [toAge("enqueue")] : []),
    ],
  };
}

/**
 * Fluent Bit with waiting deliveries that hold nothing but the chunk's file: after a failed flush the task is given back and the
 * chunk put down, and it waits with what it still owes. Old chunks go first; when none is left, the gate makes all old.
 */
export function parkSystem(values: Values, queue: Queue): SystemDescription {
  const parameters = fluentBitParameters(values);
  const { retryLimit, outputs } = parameters;
  const slot: readonly Role[] = [
    {
      name: "chunk",
      machine: chunkMachine,
      input: { releaseOnClose: true, detachOnOutputExit: false },
      perOutput: false,
      events: chunkEvents(outputs),
    },
    { name: "task", machine: taskMachine, perOutput: false, events: taskEvents },
    {
      name: "delivery",
      machine: parkedDeliveryMachine,
      input: { retryLimit },
      perOutput: true,
      events: parkedDeliveryEvents,
    },
    { name: "age", perOutput: false, ...queue.age },
  ];
  const idleDown: Total = {
    name: "idleDown",
    perOutput: false,
    counts: (slot) => slot.is("age", ...queue.queued) && slot.is("chunk", "down"),
  };
  const idleOld: Total = {
    name: "idleOld",
    perOutput: false,
    counts: (slot) => slot.is("age", ...queue.old),
  };
  return {
    system: fluentBitSystem,
    dimensions: dimensionsOf(parameters),
    slot,
    shared: [...sharedRoles(parameters), ...queue.perOutput],
    limits: coreLimits,
    totals: [
      up,
      tasks,
      live,
      owed,
      flushingUnmapped("flushing"),
      idleDown,
      idleOld,
      ...queue.totals,
    ],
    counters: [],
    counterEffects: [],
    slotRules: [ingest, ...queue.rules, flush(queue.answered)],
    systemRules: [...networkRules, ...(parameters.crash ? [crash(slot, queue.whenCrashed)] : [])],
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
        send: () => [toTask("destroy"), toChunk("down"), toAge(queue.whenParked)],
      },
    ],
    followUps: [],
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
