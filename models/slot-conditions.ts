import type { SlotCondition, SlotView } from "./description.ts";
import { flushingStates } from "./delivery.ts";

export const always: SlotCondition = { name: "always", holds: () => true };

/** The chunk has no task, and the engine sees it. */
export const idle: SlotCondition = {
  name: "the chunk has no task",
  holds: (slot) => slot.is("task", "vacant") && !slot.is("chunk", "absent", "onDisk"),
};

export const idleAndDown: SlotCondition = {
  name: "the chunk has no task and is down",
  holds: (slot) => slot.is("task", "vacant") && slot.is("chunk", "down"),
};

export const idleAndMapped: SlotCondition = {
  name: "the chunk has no task and is in memory",
  holds: (slot) => slot.is("task", "vacant") && isMapped(slot),
};

/** Whether the chunk is mapped, whatever its storage. */
export function isMapped(slot: SlotView): boolean {
  return slot.is("chunk", "up", "upForOutput", "memory");
}

/** Whether the chunk is up, over the limit or not: it can be put down. */
export function isUp(slot: SlotView): boolean {
  return slot.is("chunk", "up", "upForOutput");
}

/** The outputs that are users of the task: their flush is under way, or counted as if it were. */
export function usersOf(slot: SlotView): readonly number[] {
  return slot.outputsIn("delivery", ...flushingStates, "pinned");
}
