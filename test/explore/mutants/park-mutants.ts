import { memoryFree, taskFree } from "../../../models/limits.ts";
import { toChunk, toTask } from "../../../models/messages.ts";
import {
  inBranch,
  inMessages,
  inReaction,
  inSystemRule,
  instead,
  without,
  type Mutant,
} from "./mutant.ts";

const any = { chunks: 3, outputs: 2, routing: "any" } as const;

const ignoreAges: Mutant["change"] = inBranch("dispatch", 1, (branch) => ({
  ...branch,
  where: {
    name: "the chunk is idle and down",
    holds: (slot) => slot.is("age", "new", "old") && slot.is("chunk", "down"),
  },
}));

/** The parts that `park` cannot do without, by the mutants that leave one out. */
export const ablations = {
  ages: "ages are ignored",
  idleChunksOnDisk: "ingest does not look for idle chunks that are down",
  freeTasks: "a parked chunk keeps its task",
} as const;

/** Wrong rules of the candidate `park`. */
export const parkMutants: readonly Mutant[] = [
  {
    name: "the gate never opens",
    scope: {},
    change: (description) => ({ ...description, gate: null }),
    caughtBy: "neverStuck",
  },
  {
    name: "the gate is always open",
    scope: {},
    change: (description) => ({
      ...description,
      gate: description.gate === null ? null : { ...description.gate, guard: [] },
    }),
    caughtBy: "noStarvation",
  },
  { name: ablations.ages, scope: {}, change: ignoreAges, caughtBy: "noStarvation" },
  {
    name: "ages are ignored, with two outputs",
    scope: any,
    change: ignoreAges,
    caughtBy: "isolationFair",
  },
  {
    name: ablations.idleChunksOnDisk,
    scope: {},
    change: inBranch("ingest", 0, (branch) => ({ ...branch, guard: () => [memoryFree] })),
    caughtBy: "neverStuck",
  },
  {
    name: "ingest makes the chunk in memory though others wait on disk",
    scope: {},
    change: inMessages("ingest", (sent) => instead(sent, "chunk", "createOverLimit", "create")),
    caughtBy: "memoryBound",
  },
  {
    name: "dispatch does not look at the task map",
    scope: { chunks: 3, maxChunksUp: 2 },
    change: inBranch("dispatch", 0, (branch) => ({ ...branch, guard: () => [] })),
    caughtBy: "taskMapBound",
  },
  {
    name: "dispatch brings a chunk up though memory is full",
    scope: { chunks: 5, taskMapSize: 2, maxChunksUp: 2 },
    change: inBranch("dispatch", 1, (branch) => ({ ...branch, guard: () => [taskFree] })),
    caughtBy: "memoryBound",
  },
  {
    name: "a parked chunk stays in memory",
    scope: any,
    change: inReaction("park", (one) => [
      { ...one, send: (slot, outputs) => without(one.send(slot, outputs), "chunk") },
    ]),
    caughtBy: "isolation",
  },
  {
    name: ablations.freeTasks,
    scope: any,
    change: inReaction("park", () => []),
    caughtBy: "isolation",
  },
  {
    name: "a parked chunk is old at once",
    scope: any,
    change: inReaction("park", (one) => [
      {
        ...one,
        send: (slot, outputs) => [
          ...one.send(slot, outputs),
          { to: "age", event: { type: "promote" } },
        ],
      },
    ]),
    caughtBy: "isolationFair",
  },
  {
    name: "a task ends with the chunk deleted though something is owed",
    scope: {},
    change: inReaction("park", (one) => [
      { ...one, send: () => [toTask("destroy"), toChunk("close")] },
    ]),
    caughtBy: "noLoss",
  },
  {
    name: "a failed flush is owed no more",
    scope: {},
    change: inMessages("flushRetry", (sent) => instead(sent, "delivery", "retry", "ok")),
    caughtBy: "noLoss",
  },
  {
    name: "flushDrop is left out",
    scope: { ...any, retryLimit: 1 },
    change: inBranch("flush", 0, (branch) => ({
      ...branch,
      outcomes: branch.outcomes.filter(({ action }) => action !== "flushDrop"),
    })),
    caughtBy: "counts",
  },
  {
    name: "dispatch flushes to the first output that is owed alone",
    scope: any,
    change: inMessages("dispatch", (sent) => {
      const first = sent.find(({ to }) => to === "delivery");
      return sent.filter((message) => message.to !== "delivery" || message === first);
    }),
    caughtBy: "counts",
  },
  {
    name: "crash leaves the chunk of a task out of the queue",
    scope: { ...any, crash: true },
    change: inSystemRule("crash", (rule) => ({
      ...rule,
      broadcast: (slot, outputs) => without(rule.broadcast?.(slot, outputs) ?? [], "age"),
    })),
    caughtBy: "recovery",
  },
  {
    name: "crash leaves idle chunks their ages",
    scope: { ...any, crash: true },
    change: inSystemRule("crash", (rule) => ({
      ...rule,
      broadcast: (slot, outputs) => without(rule.broadcast?.(slot, outputs) ?? [], "age", "crash"),
    })),
    caughtBy: "counts",
  },
  {
    name: "crash forgets what is owed",
    scope: { ...any, crash: true },
    change: inSystemRule("crash", (rule) => ({
      ...rule,
      broadcast: (slot, outputs) =>
        instead(rule.broadcast?.(slot, outputs) ?? [], "delivery", "crash", "ok"),
    })),
    caughtBy: "counts",
  },
];
