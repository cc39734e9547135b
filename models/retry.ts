import { waitingStates } from "./delivery.ts";
import type { Outcome, SlotCondition, SlotRule } from "./description.ts";
import { memoryFree, quotaFree } from "./limits.ts";
import { toChunk, toDelivery, toEngine } from "./messages.ts";
import type { Points } from "./points.ts";
import { isMapped } from "./slot-conditions.ts";

const work = toEngine("work");

const waiting: SlotCondition = {
  name: "the delivery waits for its retry",
  holds: (slot, output) => slot.isFor("delivery", output, ...waitingStates),
};

const fires = { action: "retryFire", agent: "engine", fairness: "retryFire" } as const;

const inMemory: Outcome = {
  ...fires,
  tells: "the retry is due and the chunk is in memory: it is flushed again",
  cFunction: "flb_engine_dispatch.c::flb_engine_dispatch_retry",
  send: ({ output }) => [work, toDelivery(output, "fire")],
};

const broughtUp: Outcome = {
  ...fires,
  tells: "the retry is due: the chunk is brought up and flushed again",
  cFunction: "flb_input_chunk.c::flb_input_chunk_set_up",
  send: ({ output }) => [work, toChunk("up"), toDelivery(output, "fire")],
};

const onQuota: Outcome = {
  ...fires,
  action: "retryFireOverLimit",
  tells: "the retry is due and memory is full: the chunk is brought up on the output's quota",
  cFunction: "cio_file.c::cio_file_up_for_output (the fix)",
  send: ({ output }) => [work, toChunk("upForOutput", output), toDelivery(output, "fire")],
};

const reschedule: Outcome = {
  ...fires,
  action: "reschedule",
  tells: "the retry is due but memory is full: it is re-scheduled, nothing else changes",
  cFunction: "flb_task.c::flb_task_retry_reschedule",
  send: ({ output }) => [work, toDelivery(output, "reschedule")],
};

const unscheduled: Outcome = {
  action: "scheduleFail",
  agent: "environment",
  tells: "no timer is left: the retry could not be re-scheduled, the delivery is given up",
  cFunction: "flb_task.c::flb_task_retry_reschedule",
  send: ({ output }) => [work, toDelivery(output, "lose")],
};

/** What happens when a retry is due: it needs its chunk in memory. */
export function retryFire(points: Points, schedulerFails: boolean): SlotRule {
  const started = (outcome: Outcome): readonly Outcome[] => [
    outcome,
    ...points.besideFire(outcome),
  ];
  return {
    name: "retryFire",
    for: "slot and output",
    branches: [
      {
        where: {
          name: "the delivery waits for its retry and the chunk is in memory",
          holds: (slot, output) => waiting.holds(slot, output) && isMapped(slot),
        },
        guard: () => [],
        outcomes: started(inMemory),
      },
      { where: waiting, guard: () => [memoryFree], outcomes: started(broughtUp) },
      {
        where: waiting,
        guard: ({ output }) => [quotaFree(output)],
        outcomes: started(onQuota),
      },
      {
        where: waiting,
        guard: () => [],
        outcomes: [reschedule, ...(schedulerFails ? points.givenUp(unscheduled) : [])],
      },
    ],
  };
}
