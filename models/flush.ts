import { deliveriesOf, flushingStates } from "./delivery.ts";
import type { Branch, Message, Outcome, SlotCondition, SlotRule, SlotView } from "./description.ts";
import { overBuffer } from "./ingest.ts";
import { toChunk, toDelivery, toEngine, toOutput } from "./messages.ts";
import type { RetryLimit } from "./parameters.ts";
import type { Points } from "./points.ts";
import { always, isUp, usersOf } from "./slot-conditions.ts";

const work = toEngine("work");

/** An output that takes a chunk; `told` is who else hears of it. */
export function taken(told: Points["delivered"]): Outcome {
  return {
    action: "flushOk",
    agent: "engine",
    fairness: "flush",
    delivers: true,
    tells: "the output delivers the chunk",
    cFunction: "flb_engine.c::handle_output_event, FLB_OK",
    send: ({ output }, slot) => [
      work,
      toOutput(output, "accept"),
      ...told(output, slot),
      toDelivery(output, "ok"),
    ],
  };
}

/** How an output takes a chunk. */
export function flushOk({ delivered }: Points): SlotRule {
  return {
    name: "flushOk",
    for: "slot and output",
    branches: [
      {
        where: always,
        guard: () => [],
        outcomes: [taken(delivered)],
      },
    ],
  };
}

/** A chunk with one route leaves memory while it waits; one with several stays, for the others. */
function putDownIfOnlyRoute(slot: SlotView): readonly Message[] {
  return deliveriesOf(slot).length === 1 && isUp(slot) ? [toChunk("down")] : [];
}

/** What a failed flush does to the storage of the chunk. */
type PutDown = (slot: SlotView) => readonly Message[];

function retried(putDown: PutDown): Outcome {
  return {
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
      ...putDown(slot),
    ],
  };
}

const droppedByLimit: Outcome = {
  action: "flushDrop",
  agent: "engine",
  fairness: "flush",
  tells: "the output fails and Retry_Limit is reached: the chunk cannot be retried",
  cFunction: "flb_task.c::flb_task_retry_create",
  send: ({ output }) => [work, toOutput(output, "refuse"), toDelivery(output, "drop")],
};

function unscheduled(putDown: PutDown): Outcome {
  return {
    action: "scheduleFail",
    agent: "environment",
    tells: "no timer is left: the retry could not be re-scheduled, the delivery is given up",
    cFunction: "flb_engine.c::handle_output_event",
    send: ({ output }, slot) => [
      work,
      toOutput(output, "refuse"),
      ...putDown(slot),
      toDelivery(output, "lose"),
    ],
  };
}

/** How a flush fails: a retry, or the end of the delivery. */
export function flushRetry(points: Points, schedulerFails: boolean): SlotRule {
  // A delivery that waits for its retry can be lost too, but that is a case of retryFire.
  const flushing: SlotCondition = {
    name: "the output is working on the chunk",
    holds: (slot, output) => slot.isFor("delivery", output, "flushing"),
  };
  const outcomes = (putDown: PutDown): readonly Outcome[] => [
    retried(putDown),
    ...points.givenUp(droppedByLimit),
    ...(schedulerFails ? points.givenUp(unscheduled(putDown)) : []),
  ];
  const overBuffers = points.buffered.map((input): Branch => ({
    where: {
      name: `the last user of a chunk of input ${input} that is up`,
      holds: (slot, output) =>
        flushing.holds(slot, output) &&
        isUp(slot) &&
        slot.is("stream", "own") &&
        slot.context("stream", "input") === input &&
        usersOf(slot).length === 1,
    },
    guard: () => [overBuffer(input)],
    outcomes: outcomes(() => [toChunk("down")]),
  }));
  return {
    name: "flushRetry",
    for: "slot and output",
    branches: [
      ...overBuffers,
      { where: flushing, guard: () => [], outcomes: outcomes(putDownIfOnlyRoute) },
    ],
  };
}

/** How a flush ends by an error: it is not retried, and is a loss where retries have no limit. */
export function flushError({ givenUp }: Points, retryLimit: RetryLimit): SlotRule {
  return {
    name: "flushError",
    for: "slot and output",
    branches: [
      {
        where: {
          name: "the output is working on the chunk",
          holds: (slot, output) => slot.isFor("delivery", output, "flushing"),
        },
        guard: () => [],
        outcomes: givenUp({
          action: "flushError",
          agent: "environment",
          tells: "the output answers with an error: the chunk is not retried",
          cFunction: "flb_engine.c::handle_output_event, FLB_ERROR",
          breaks: retryLimit === "unlimited" ? ["lossOnlyByLimit"] : [],
          send: ({ output }) => [work, toOutput(output, "fail"), toDelivery(output, "fail")],
        }),
      },
    ],
  };
}

/** How a flush of an evicted chunk ends, whatever the state of the output. */
export function flushEvicted({ givenUp }: Points): SlotRule {
  return {
    name: "flushEvicted",
    for: "slot and output",
    branches: [
      {
        where: {
          name: "the output is given a chunk that was evicted",
          holds: (slot, output) => slot.isFor("delivery", output, flushingStates[1]),
        },
        guard: () => [],
        outcomes: givenUp({
          action: "flushEvicted",
          agent: "engine",
          fairness: "flush",
          tells: "the chunk was evicted under storage.total_limit_size: the flush drops it",
          cFunction: "flb_output.h::output_pre_cb_flush",
          send: ({ output }) => [work, toDelivery(output, "drop")],
        }),
      },
    ],
  };
}
