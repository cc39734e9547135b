import type { Message, SlotRule, SlotView } from "./description.ts";
import { taskFree, taskMapFull } from "./limits.ts";
import { toChunk, toDelivery, toEngine, toTask } from "./messages.ts";
import type { Points } from "./points.ts";
import { idleAndDown, idleAndMapped } from "./slot-conditions.ts";

/** The outputs to which dispatch flushes an idle chunk. */
export function flushedTo(
  slot: SlotView,
  { isFlushedTo }: Pick<Points, "isFlushedTo">,
): readonly number[] {
  return slot.outputsIn("delivery", "routed").filter((output) => isFlushedTo(slot, output));
}

/** How the engine gives an idle chunk a task, and flushes it. */
export function dispatchRule(points: Points): SlotRule {
  const start = (slot: SlotView): readonly Message[] => [
    toTask("create"),
    ...flushedTo(slot, points).map((output) => toDelivery(output, "flush")),
  ];
  return {
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
            send: (_, slot) => [toEngine("work"), ...start(slot)],
          },
        ],
      },
      {
        where: idleAndDown,
        guard: () => [taskFree, points.memoryForNew],
        outcomes: [
          {
            action: "dispatch",
            agent: "engine",
            fairness: "dispatch",
            tells: "the engine brings the chunk up, gives it a task and flushes it to its outputs",
            cFunction: "flb_engine_dispatch.c::flb_engine_dispatch",
            send: (_, slot) => [toEngine("work"), toChunk("up"), ...start(slot)],
          },
        ],
      },
    ],
  };
}

/** To v3.0.1: a chunk is brought up before the task map is looked at. */
export function dispatchWithoutTask({ memoryForNew }: Points): SlotRule {
  return {
    name: "dispatchWithoutTask",
    for: "slot",
    branches: [
      {
        where: idleAndDown,
        guard: () => [taskMapFull, memoryForNew],
        outcomes: [
          {
            action: "dispatchWithoutTask",
            agent: "engine",
            fairness: "dispatch",
            tells: "the engine brings the chunk up, then finds no task for it: it stays in memory",
            cFunction: "flb_engine_dispatch.c::flb_engine_dispatch (v3.0.1)",
            send: () => [toEngine("work"), toChunk("up")],
          },
        ],
      },
    ],
  };
}
