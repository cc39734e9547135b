import { toChunk } from "../../../models/messages.ts";
import { inBranch, inMessages, inRule, instead, without, type Mutant } from "./mutant.ts";

const quota = { overLimitQuota: 1 };

function effects(changes: (machineAction: string) => boolean): Mutant["change"] {
  return (description) => ({
    ...description,
    counterEffects: description.counterEffects.filter(({ machineAction }) =>
      changes(machineAction),
    ),
  });
}

/** Wrong rules of `retryFire`, `retryFireOverLimit` and `reschedule`, and of giving the quota back. */
export const retryMutants: readonly Mutant[] = [
  {
    name: "retryFire brings a chunk up though memory is full",
    scope: {},
    change: inBranch("retryFire", 1, (branch) => ({ ...branch, guard: () => [] })),
    caughtBy: "memoryBound",
  },
  {
    name: "retryFire flushes a chunk that stays down",
    scope: {},
    change: inMessages("retryFire", (sent) => without(sent, "chunk")),
    caughtBy: "flushingIsMapped",
  },
  {
    name: "retryFire finds no chunk that is up already",
    scope: { outputs: 2 },
    change: inBranch("retryFire", 0, (branch) => ({ ...branch, outcomes: [] })),
    caughtBy: "recovery",
  },
  {
    name: "retryFire looks for quota before it looks for memory",
    scope: quota,
    change: inRule("retryFire", ({ branches: [mapped, memory, overLimit, ...rest], ...rule }) => ({
      ...rule,
      branches: [mapped, overLimit, memory, ...rest].filter((branch) => branch !== undefined),
    })),
    caughtBy: "counts",
  },
  {
    name: "retryFire gives up where memory is full",
    scope: {},
    change: inMessages("reschedule", (sent) => instead(sent, "delivery", "reschedule", "lose")),
    caughtBy: "noLoss",
  },
  {
    name: "reschedule is left out",
    scope: {},
    change: inBranch("retryFire", 3, (branch) => ({ ...branch, outcomes: [] })),
    caughtBy: "counts",
  },
  {
    name: "reschedule waits in memory",
    scope: {},
    change: inMessages("reschedule", (sent) => [...sent, toChunk("up")]),
    caughtBy: "memoryBound",
  },
  {
    name: "retryFireOverLimit is left out",
    scope: quota,
    change: inBranch("retryFire", 2, (branch) => ({ ...branch, outcomes: [] })),
    caughtBy: "neverStuck",
  },
  {
    name: "retryFireOverLimit does not look at the quota",
    scope: { ...quota, chunks: 4, taskMapSize: 2, maxChunksUp: 2 },
    change: inBranch("retryFire", 2, (branch) => ({ ...branch, guard: () => [] })),
    caughtBy: "refused",
  },
  {
    name: "retryFireOverLimit charges nobody",
    scope: { ...quota, chunks: 3, taskMapSize: 2 },
    change: inMessages("retryFireOverLimit", (sent) =>
      sent.map((message) => (message.to === "chunk" ? toChunk("up") : message)),
    ),
    caughtBy: "memoryBound",
  },
  {
    name: "retryFireOverLimit charges another output",
    scope: { chunks: 3, taskMapSize: 2, outputs: 2, routing: "any", overLimitQuota: 1 },
    change: inMessages("retryFireOverLimit", (sent, output) =>
      sent.map((message) =>
        message.to === "chunk"
          ? { ...message, event: { ...message.event, output: 1 - output } }
          : message,
      ),
    ),
    caughtBy: "refused",
  },
  {
    name: "taking quota is not counted",
    scope: quota,
    change: effects((action) => action !== "takeQuota"),
    caughtBy: "refused",
  },
  {
    name: "giving quota back is not counted",
    scope: quota,
    change: effects((action) => action !== "releaseQuota"),
    caughtBy: "quotaConserved",
  },
  {
    name: "closing a chunk does not give its unit back (the proposed fix)",
    scope: quota,
    change: (description) => ({
      ...description,
      slot: description.slot.map((role) =>
        role.name === "chunk" ? { ...role, input: { ...role.input, releaseOnClose: false } } : role,
      ),
    }),
    caughtBy: "quotaConserved",
  },
  {
    name: "a unit is given back twice",
    scope: quota,
    change: (description) => ({
      ...description,
      counterEffects: description.counterEffects.flatMap((effect) =>
        effect.adds === -1 ? [effect, effect] : [effect],
      ),
    }),
    caughtBy: "refused",
  },
];
