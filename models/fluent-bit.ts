import {
  charged,
  chunkEvents,
  chunkMachine,
  memoryBound,
  ownerAlive,
  quotaConserved,
  live,
  up,
} from "./chunk.ts";
import {
  deliveryEvents,
  deliveryMachine,
  flushingIsMapped,
  flushingStates,
  flushingUnmapped,
  noLoss,
} from "./delivery.ts";
import type {
  Dimensions,
  MachineEvent,
  Role,
  SlotRule,
  SystemDescription,
  Total,
  TransitionProperty,
} from "./description.ts";
import { dispatchRule, dispatchWithoutTask } from "./dispatch.ts";
import { endingEvents, engineEvents, engineMachine, exitEvent, segregateEvent } from "./engine.ts";
import { fluentBitParameters, fluentBitSystem } from "./fluent-bit-system.ts";
import { flushOk, flushRetry } from "./flush.ts";
import { ingestRules } from "./ingest.ts";
import { coreLimits, taskMapFull } from "./limits.ts";
import type { Parts } from "./mechanism.ts";
import { backlog } from "./mechanisms/backlog.ts";
import { crashCases, deadLetters } from "./mechanisms/dead-letters.ts";
import { ending } from "./mechanisms/ending.ts";
import { flushErrors } from "./mechanisms/flush-errors.ts";
import { flushFailures } from "./mechanisms/flush-failures.ts";
import { hungOutputs } from "./mechanisms/hung-outputs.ts";
import { latches } from "./mechanisms/latches.ts";
import { memoryBufferLimit } from "./mechanisms/memory-buffer-limit.ts";
import { memoryChunks } from "./mechanisms/memory-chunks.ts";
import { evictsWhatIsOwed, storageLimits } from "./mechanisms/storage-limits.ts";
import { latchedInputs, limitedOutputs, memoryInputs, streams } from "./mechanisms/streams.ts";
import { toChunk, toEngine } from "./messages.ts";
import { hangEvents, outputEvents, outputMachine } from "./output.ts";
import type { Parameters } from "./parameters.ts";
import { bothPoints, noPoints, type Points } from "./points.ts";
import { crashRules, networkRules, shutdown } from "./process.ts";
import { progressProperties } from "./progress.ts";
import { retryFire } from "./retry.ts";
import { settle } from "./settle.ts";
import { idleAndMapped, isUp } from "./slot-conditions.ts";
import type { Values } from "./system.ts";
import { taskEvents, taskMachine, taskMapBound, tasks } from "./task.ts";

/** Every mechanism beside the core, in the order in which their points are filled. */
const mechanisms = [
  streams,
  storageLimits,
  memoryBufferLimit,
  memoryChunks,
  latches,
  flushFailures,
  hungOutputs,
  flushErrors,
  backlog,
  deadLetters,
  ending,
] as const;

const evict: SlotRule = {
  name: "evict",
  for: "slot",
  branches: [
    {
      where: {
        name: "the chunk has no task and is up",
        holds: (slot, output) => idleAndMapped.holds(slot, output) && isUp(slot),
      },
      guard: () => [taskMapFull],
      outcomes: [
        {
          action: "evict",
          agent: "engine",
          fairness: "evict",
          tells: "the task map is full: the engine puts an idle chunk down",
          cFunction: "flb_input_chunk.c::flb_input_chunk_down (evict-idle)",
          send: () => [toEngine("work"), toChunk("down")],
        },
      ],
    },
  ],
};

/** Chunks that still have to be delivered to an output: idle, under way, waiting for a retry, or left alone. */
function owed(parameters: Parameters): Total {
  const isLimited = limitedOutputs(parameters).length > 0;
  return {
    name: "owed",
    perOutput: true,
    counts: (slot, output) =>
      slot.isFor(
        "delivery",
        output,
        ...flushingStates,
        "retry",
        "retryEvicted",
        "orphaned",
        "pinned",
      ) ||
      (slot.isFor("delivery", output, "routed") &&
        slot.is("task", "vacant") &&
        (!isLimited || slot.isFor("charge", output, "charged"))),
  };
}

function lossOf(parameters: Parameters): TransitionProperty {
  const loss = noLoss(parameters.retryLimit);
  return limitedOutputs(parameters).length === 0
    ? loss
    : {
        ...loss,
        forbids: (...about) => loss.forbids(...about) || evictsWhatIsOwed(...about),
      };
}

/** The events that the storage of a chunk can be sent. */
function storageEvents(parameters: Parameters): readonly MachineEvent[] {
  return [
    ...chunkEvents(parameters.outputs),
    ...(memoryInputs(parameters).length > 0 ? [{ type: "createInMemory" }] : []),
    ...(parameters.backlog ? [{ type: "leaveOnDisk" }, { type: "queue" }] : []),
  ];
}

/** The machines outside the slots: the process, and the far ends. */
export function sharedRoles(parameters: Parameters): readonly Role[] {
  const { shutdownPhase, flushOnShutdown, outputHangs, limitRule } = parameters;
  return [
    {
      name: "engine",
      machine: engineMachine,
      perOutput: false,
      events: [
        ...engineEvents,
        ...(limitedOutputs(parameters).length > 0 && limitRule === "v3.0.4" ? [exitEvent] : []),
        ...(shutdownPhase === "none" ? [] : endingEvents),
        ...(shutdownPhase !== "none" && flushOnShutdown ? [segregateEvent] : []),
      ],
    },
    {
      name: "output",
      machine: outputMachine,
      perOutput: true,
      events: [...outputEvents, ...(outputHangs ? hangEvents : [])],
    },
  ];
}

/** The names in which the progress properties speak of a system made of these machines. */
export const vocabulary: SystemDescription["vocabulary"] = {
  running: { role: "engine", state: "running" },
  online: { role: "output", state: "online" },
  live: "live",
  owed: "owed",
  gauges: [
    {
      name: "up",
      words: "chunks in memory",
      counted: "chunks up",
      mark: "M",
      total: "up",
      limit: "maxChunksUp",
    },
    {
      name: "tasks",
      words: "task map",
      counted: "tasks",
      mark: "T",
      total: "tasks",
      limit: "taskMapSize",
    },
  ],
};

/** What Fluent Bit's parameters say of its outputs and inputs. */
export function dimensionsOf({ outputs, inputs, routing }: Parameters): Dimensions {
  return { outputs, inputs, routing };
}

/** A part of every mechanism that is on, one after the other. */
function gather<Key extends keyof Parts>(
  all: readonly Parts[],
  key: Key,
): readonly NonNullable<Parts[Key]>[number][] {
  return all.flatMap((parts): readonly NonNullable<Parts[Key]>[number][] => parts[key] ?? []);
}

/**
 * Fluent Bit's chunk and task machinery, as released and with the fixes that keep its structure. `own` are points that the
 * release itself fills.
 */
export function fluentBit(values: Values, own: Partial<Points> = {}): SystemDescription {
  const parameters = fluentBitParameters(values);
  const { schedulerFails, releaseOnClose, detachOnOutputExit, retryLimit } = parameters;
  const on = mechanisms.flatMap((mechanism) => mechanism(parameters) ?? []);
  const points = on.reduce((filled, one) => bothPoints(filled, one.points ?? {}), {
    ...noPoints,
    ...own,
  });
  const parts = on.flatMap((one) => one.parts?.(points) ?? []);
  const slot: readonly Role[] = [
    {
      name: "chunk",
      machine: chunkMachine,
      input: { releaseOnClose, detachOnOutputExit },
      perOutput: false,
      events: storageEvents(parameters),
    },
    { name: "task", machine: taskMachine, perOutput: false, events: taskEvents },
    {
      name: "delivery",
      machine: deliveryMachine,
      input: { retryLimit },
      perOutput: true,
      events: deliveryEvents,
    },
    ...gather(parts, "slot"),
  ];
  const counters = [
    {
      name: "overLimitUp",
      perOutput: true,
      bound: { constant: 0, overLimitQuota: 1 },
    },
    ...gather(parts, "counters"),
  ];
  const crashes = crashRules(
    points,
    latchedInputs(parameters).length > 0
      ? Array.from({ length: parameters.inputs }, (_, input) => input)
      : [],
    crashCases(parameters).map((one) => ({
      ...one,
      assigns: [{ counter: "overLimitUp", to: 0 }, ...(one.assigns ?? [])],
    })),
  );
  return {
    system: fluentBitSystem,
    dimensions: dimensionsOf(parameters),
    slot,
    shared: [...sharedRoles(parameters), ...gather(parts, "shared")],
    limits: [...coreLimits, ...gather(parts, "limits")],
    totals: [
      parameters.deadLetter ? { ...up, plus: "lettersUp" } : up,
      tasks,
      live,
      charged,
      owed(parameters),
      flushingUnmapped(...flushingStates),
      ...gather(parts, "totals"),
    ],
    counters,
    counterEffects: [
      { machineAction: "takeQuota", counter: "overLimitUp", adds: 1 },
      { machineAction: "releaseQuota", counter: "overLimitUp", adds: -1 },
    ],
    slotRules: [
      ...ingestRules(parameters.inputs, points),
      dispatchRule(points),
      ...(parameters.checkMapFirst ? [] : [dispatchWithoutTask(points)]),
      ...(parameters.evictIdleWhenMapFull ? [evict] : []),
      flushOk(points),
      flushRetry(points, schedulerFails),
      retryFire(points, schedulerFails),
      ...gather(parts, "slotRules"),
    ],
    systemRules: [
      ...networkRules,
      ...(parameters.crash ? crashes : []),
      ...(parameters.shutdown && parameters.shutdownPhase === "none" ? [shutdown] : []),
      ...gather(parts, "systemRules"),
    ],
    reactions: [settle(points)],
    followUps: gather(parts, "followUps"),
    gate: null,
    vocabulary,
    properties: [
      memoryBound,
      quotaConserved,
      flushingIsMapped,
      taskMapBound,
      lossOf(parameters),
      ownerAlive,
      ...progressProperties,
      ...gather(parts, "properties"),
    ],
  };
}
