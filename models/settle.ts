import { endedStates, flushingStates, waitingStates } from "./delivery.ts";
import type { Message, Reaction, SlotView } from "./description.ts";
import { toChunk, toDelivery, toTask } from "./messages.ts";
import type { Points } from "./points.ts";

/** The chunk goes, and with it what its machines remember of it. */
export function closeChunk(slot: SlotView, { gone }: Pick<Points, "gone">): readonly Message[] {
  return [
    ...(slot.is("task", "running") ? [toTask("destroy")] : []),
    toChunk("close"),
    ...slot
      .outputsIn("delivery", ...endedStates, ...waitingStates, "orphaned", "routed")
      .map((output) => toDelivery(output, "clear")),
    ...gone(slot),
  ];
}

/** The last delivery of a task ends the task and deletes the chunk. */
export function settle(points: Points): Reaction {
  return {
    name: "settle",
    askedBy: "settle",
    where: {
      name: "no delivery of the task is under way",
      holds: (slot) =>
        slot.is("task", "running") &&
        slot.outputsIn("delivery", ...flushingStates, ...waitingStates, "pinned").length === 0,
    },
    send: (slot) => closeChunk(slot, points),
  };
}
