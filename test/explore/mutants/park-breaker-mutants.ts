import { taskFree } from "../../../models/limits.ts";
import {
  inBranch,
  inMessages,
  inReaction,
  inRule,
  inSystemRule,
  inTotal,
  instead,
  type Mutant,
  without,
  withoutRule,
} from "./mutant.ts";

const anyRoutes = { chunks: 3, outputs: 2, routing: "any" } as const;
const anyWithCrash = { ...anyRoutes, crash: true } as const;

/** Wrong rules of the candidate `park-breaker`; the queue itself is that of `park`. */
export const parkBreakerMutants: readonly Mutant[] = [
  {
    name: "a chunk that is held back keeps its place in the queue",
    scope: {},
    change: withoutRule("setAside"),
    caughtBy: "neverStuck",
  },
  {
    name: "a chunk that is set aside stays in memory",
    scope: {},
    change: inMessages("setAside", (sent) => without(sent, "chunk")),
    caughtBy: "neverStuck",
  },
  {
    name: "to be set aside takes a free task",
    scope: { outputs: 2 },
    change: inBranch("setAside", 0, (branch) => ({ ...branch, guard: () => [taskFree] })),
    caughtBy: "counts",
  },
  {
    name: "a chunk is set aside though something that it owes is let through",
    scope: { outputs: 2 },
    change: inMessages("setAside", (sent) => without(sent, "breaker")),
    caughtBy: "isolationFair",
  },
  { name: "nothing is recalled", scope: {}, change: withoutRule("recall"), caughtBy: "recovery" },
  {
    name: "a chunk is recalled though the breaker is open",
    scope: {},
    change: inMessages("recall", (sent) => without(sent, "breaker")),
    caughtBy: "noStarvation",
  },
  {
    name: "a recalled chunk is old at once",
    scope: {},
    change: inMessages("recall", (sent) => [...sent, { to: "age", event: { type: "promote" } }]),
    caughtBy: "counts",
  },
  { name: "there are no probes", scope: {}, change: withoutRule("probe"), caughtBy: "neverStuck" },
  {
    name: "a probe is sent whoever attempts the output",
    scope: {},
    change: inBranch("probe", 0, (branch) => ({ ...branch, guard: () => [] })),
    caughtBy: "counts",
  },
  {
    name: "a probe that waits in the queue does not count as an attempt",
    scope: {},
    change: inTotal("attempts", (slot, output) => slot.isFor("delivery", output, "flushing")),
    caughtBy: "counts",
  },
  {
    name: "a flush does not count as an attempt",
    scope: {},
    change: inTotal("attempts", (slot) => slot.is("age", "newProbe", "oldProbe")),
    caughtBy: "counts",
  },
  {
    name: "a probe is old at once",
    scope: { outputs: 2 },
    change: inMessages("probe", (sent) => [...sent, { to: "age", event: { type: "promote" } }]),
    caughtBy: "isolationFair",
  },
  {
    name: "the gate of the breaker's queue never opens",
    scope: {},
    change: (description) => ({ ...description, gate: null }),
    caughtBy: "neverStuck",
  },
  {
    name: "the gate opens though an old probe waits",
    scope: anyRoutes,
    change: inTotal("idleOld", (slot) => slot.is("age", "old")),
    caughtBy: "isolationFair",
  },
  {
    name: "a probe attempts the first output that it owes alone",
    scope: { outputs: 2 },
    change: inRule("dispatch a probe, let through to none, to try 0 and 1", (rule) => ({
      ...rule,
      branches: rule.branches.map((branch) => ({
        ...branch,
        outcomes: branch.outcomes.map((outcome) => ({
          ...outcome,
          send: (instance, slot) =>
            outcome
              .send(instance, slot)
              .filter((message) => message.to !== "delivery" || message.output === 0),
        })),
      })),
    })),
    caughtBy: "isolationFair",
  },
  {
    name: "a probe tries what somebody is being flushed to",
    scope: { outputs: 2, taskMapSize: 2, maxChunksUp: 2 },
    change: inTotal("flushing", () => false),
    caughtBy: "counts",
  },
  {
    name: "a probe leaves out what nobody is being flushed to",
    scope: { outputs: 2 },
    change: inTotal("flushing", () => true),
    caughtBy: "recovery",
  },
  {
    name: "a probe that has nothing to try keeps its place in the queue",
    scope: anyRoutes,
    change: withoutRule("setAside a probe"),
    caughtBy: "counts",
  },
  {
    name: "no breaker closes",
    scope: {},
    change: inMessages("flushOk", (sent) => without(sent, "breaker")),
    caughtBy: "noStarvation",
  },
  {
    name: "no failure opens a breaker",
    scope: {},
    change: inMessages("flushRetry", (sent) => without(sent, "breaker")),
    caughtBy: "counts",
  },
  {
    name: "a delivery that is dropped opens no breaker",
    scope: { outputs: 2, retryLimit: 1, crash: true },
    change: inMessages("flushDrop", (sent) => without(sent, "breaker")),
    caughtBy: "counts",
  },
  {
    name: "a chunk is flushed to outputs that are held back",
    scope: { outputs: 2 },
    change: inMessages("dispatch", (sent) => without(sent, "breaker")),
    caughtBy: "isolationFair",
  },
  {
    name: "a chunk that is aside keeps a new one out of memory",
    scope: {},
    change: inTotal("idleDown", (slot) => !slot.is("age", "none") && slot.is("chunk", "down")),
    caughtBy: "counts",
  },
  {
    name: "a chunk whose task ends stays in the queue",
    scope: {},
    change: inReaction("park", (one) => [
      {
        ...one,
        send: (slot, outputs) => instead(one.send(slot, outputs), "age", "setAside", "enqueue"),
      },
    ]),
    caughtBy: "counts",
  },
  {
    name: "a crash leaves the breakers as they are",
    scope: anyWithCrash,
    change: inSystemRule("crash", (rule) => ({
      ...rule,
      send: (instance) => without(rule.send(instance), "breaker"),
    })),
    caughtBy: "counts",
  },
  {
    name: "after a crash a probe is still one, and what was aside still is",
    scope: anyWithCrash,
    change: inSystemRule("crash", (rule) => ({
      ...rule,
      broadcast: (slot, outputs) => without(rule.broadcast?.(slot, outputs) ?? [], "age", "crash"),
    })),
    caughtBy: "counts",
  },
];
