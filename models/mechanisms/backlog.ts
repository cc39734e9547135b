import type { SlotRule } from "../description.ts";
import type { Mechanism } from "../mechanism.ts";
import { toChunk, toEngine } from "../messages.ts";
import type { Parameters } from "../parameters.ts";
import { always } from "../slot-conditions.ts";

/** There is no guard: `storage.backlog.mem_limit` limits nothing but a rate. */
const queue: SlotRule = {
  name: "queue",
  for: "slot",
  branches: [
    {
      where: always,
      guard: () => [],
      outcomes: [
        {
          action: "queue",
          agent: "engine",
          fairness: "queue",
          tells: "storage_backlog takes a chunk of an earlier run over, and puts it down again",
          cFunction: "sb.c::cb_queue_chunks",
          send: () => [toEngine("serve"), toChunk("queue")],
        },
      ],
    },
  ],
};

/** Chunks of an earlier run wait on disk until they are queued. */
export function backlog(parameters: Parameters): Mechanism | null {
  return parameters.backlog
    ? { points: { crashEvent: "leaveOnDisk" }, parts: () => ({ slotRules: [queue] }) }
    : null;
}
