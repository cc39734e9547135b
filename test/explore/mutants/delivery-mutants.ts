import { deliveryMachine } from "../../../models/delivery.ts";
import type { SystemDescription } from "../../../models/description.ts";
import { toChunk, toDelivery, toTask } from "../../../models/messages.ts";
import { inMessages, inOutcome, inRule, instead, without, type Mutant } from "./mutant.ts";

const two = { outputs: 2 };
const limited = { retryLimit: 1 };

function withDelivery(machine: typeof deliveryMachine): Mutant["change"] {
  return (description) => ({
    ...description,
    slot: description.slot.map((role) => (role.name === "delivery" ? { ...role, machine } : role)),
  });
}

function settle(change: Partial<SystemDescription["reactions"][number]>): Mutant["change"] {
  return (description) => ({
    ...description,
    reactions: description.reactions.map((reaction) => ({ ...reaction, ...change })),
  });
}

/** Wrong rules of `flushOk`, *settle*, `flushRetry` and `flushDrop`. */
export const deliveryMutants: readonly Mutant[] = [
  {
    name: "flushOk does not need the output online",
    scope: {},
    change: inMessages("flushOk", (sent) => without(sent, "output")),
    caughtBy: "counts",
  },
  {
    name: "flushOk asks for a retry",
    scope: { taskMapSize: 2, maxChunksUp: 2 },
    change: inMessages("flushOk", (sent) => instead(sent, "delivery", "ok", "retry")),
    caughtBy: "recovery",
  },
  {
    name: "flushOk ends the task though another output is not done",
    scope: two,
    change: inMessages("flushOk", (sent) => [...sent, toTask("destroy"), toChunk("close")]),
    caughtBy: "noLoss",
  },
  {
    name: "flushOk puts the chunk down though another output is not done",
    scope: two,
    change: inMessages("flushOk", (sent) => [...sent, toChunk("down")]),
    caughtBy: "flushingIsMapped",
  },
  {
    name: "settle does not wait for retries",
    scope: { outputs: 2 },
    change: settle({
      where: {
        name: "no delivery of the task is flushing",
        holds: (slot) =>
          slot.is("task", "running") && slot.outputsIn("delivery", "flushing").length === 0,
      },
    }),
    caughtBy: "noLoss",
  },
  {
    name: "settle waits for ever on a delivery that was given up",
    scope: { ...limited, taskMapSize: 2, maxChunksUp: 2 },
    change: settle({
      where: {
        name: "every delivery of the task succeeded",
        holds: (slot) =>
          slot.is("task", "running") &&
          slot.outputsIn("delivery", "flushing", "retry", "dropped").length === 0,
      },
    }),
    caughtBy: "recovery",
  },
  {
    name: "settle leaves the chunk in memory",
    scope: { taskMapSize: 2, maxChunksUp: 2 },
    change: settle({ send: () => [toTask("destroy")] }),
    caughtBy: "recovery",
  },
  {
    name: "settle keeps the task",
    scope: {},
    change: settle({ send: () => [toChunk("close")] }),
    caughtBy: "refused",
  },
  {
    name: "settle waits for the chunk to be up",
    scope: { schedulerFails: true },
    change: settle({
      where: {
        name: "no delivery is under way and the chunk is in memory",
        holds: (slot) =>
          slot.is("task", "running") &&
          slot.is("chunk", "up", "upForOutput") &&
          slot.outputsIn("delivery", "flushing", "retry").length === 0,
      },
    }),
    caughtBy: "counts",
  },
  {
    name: "flushRetry does not need the output offline",
    scope: {},
    change: inMessages("flushRetry", (sent) => without(sent, "output")),
    caughtBy: "counts",
  },
  {
    name: "flushRetry leaves a chunk with one route in memory",
    scope: {},
    change: inMessages("flushRetry", (sent) => without(sent, "chunk")),
    caughtBy: "counts",
  },
  {
    name: "flushRetry puts a chunk with several routes down",
    scope: two,
    change: inMessages("flushRetry", (sent) => [...without(sent, "chunk"), toChunk("down")]),
    caughtBy: "flushingIsMapped",
  },
  {
    name: "flushRetry loses the delivery",
    scope: {},
    change: inMessages("flushRetry", (sent) => instead(sent, "delivery", "retry", "lose")),
    caughtBy: "noLoss",
  },
  {
    name: "flushRetry waits for every other delivery",
    scope: two,
    change: inOutcome("flushRetry", (outcome) => ({
      ...outcome,
      send: (instance, slot) =>
        slot.outputsIn("delivery", "flushing").length > 1
          ? [toDelivery(instance.output, "fire")]
          : outcome.send(instance, slot),
    })),
    caughtBy: "counts",
  },
  {
    name: "one retry more than Retry_Limit",
    scope: limited,
    change: withDelivery(
      deliveryMachine.provide({
        guards: {
          retriesLeft: ({ context }) =>
            context.retryLimit === "unlimited" || context.retriesUsed <= context.retryLimit,
          retryLimitReached: ({ context }) =>
            context.retryLimit !== "unlimited" && context.retriesUsed > context.retryLimit,
        },
      }),
    ),
    caughtBy: "counts",
  },
  {
    name: "flushDrop before the retries are used",
    scope: limited,
    change: withDelivery(deliveryMachine.provide({ guards: { retryLimitReached: () => true } })),
    caughtBy: "counts",
  },
  {
    name: "flushDrop without a Retry_Limit",
    scope: {},
    change: withDelivery(deliveryMachine.provide({ guards: { retryLimitReached: () => true } })),
    caughtBy: "noLoss",
  },
  {
    name: "flushDrop is left out",
    scope: limited,
    change: inRule("flushRetry", (rule) => ({
      ...rule,
      branches: rule.branches.map((branch) => ({
        ...branch,
        outcomes: branch.outcomes.filter(({ action }) => action !== "flushDrop"),
      })),
    })),
    caughtBy: "counts",
  },
  {
    name: "flushing for the second time, retries are forgotten",
    scope: limited,
    change: withDelivery(deliveryMachine.provide({ guards: { retriesLeft: () => true } })),
    caughtBy: "refused",
  },
];
