import { memoryFree, taskFree } from "../../../models/limits.ts";
import { toChunk, toTask } from "../../../models/messages.ts";
import { inBranch, inMessages, inRule, instead, without, type Mutant } from "./mutant.ts";

const early = { checkMapFirst: false };
const evicting = { evictIdleWhenMapFull: true };

/** Wrong rules of `ingest`, `dispatch`, `dispatchWithoutTask` and `evict`. */
export const dispatchMutants: readonly Mutant[] = [
  {
    name: "ingest makes the chunk in memory though memory is full",
    scope: {},
    change: inMessages("ingest", (sent) => instead(sent, "chunk", "createOverLimit", "create")),
    caughtBy: "memoryBound",
  },
  {
    name: "ingest compares with max_chunks_up one too high",
    scope: {},
    change: inBranch("ingest", 0, (branch) => ({
      ...branch,
      guard: () => [{ ...memoryFree, bound: { constant: 1, maxChunksUp: 1 } }],
    })),
    caughtBy: "memoryBound",
  },
  {
    name: "ingest makes every chunk down",
    scope: {},
    change: inMessages("ingest", (sent) => instead(sent, "chunk", "create", "createOverLimit")),
    caughtBy: "counts",
  },
  {
    name: "ingest goes on while the input is paused",
    scope: { pauseOnChunksOverlimit: true },
    change: inMessages("ingest", (sent) => without(sent, "input")),
    caughtBy: "counts",
  },
  {
    name: "ingest forgets the route to output 1",
    scope: { outputs: 2 },
    change: inMessages("ingest", (sent) => sent.filter(({ output }) => output !== 1)),
    caughtBy: "counts",
  },
  {
    name: "dispatch of a mapped chunk does not look at the task map",
    scope: {},
    change: inBranch("dispatch", 0, (branch) => ({ ...branch, guard: () => [] })),
    caughtBy: "taskMapBound",
  },
  {
    name: "dispatch of a chunk that is down does not look at the task map",
    scope: {},
    change: inBranch("dispatch", 1, (branch) => ({ ...branch, guard: () => [memoryFree] })),
    caughtBy: "taskMapBound",
  },
  {
    name: "dispatch takes one task more than the task map has",
    scope: { chunks: 4, taskMapSize: 2, maxChunksUp: 2 },
    change: inBranch("dispatch", 0, (branch) => ({
      ...branch,
      guard: () => [{ ...taskFree, bound: { constant: 1, taskMapSize: 1 } }],
    })),
    caughtBy: "taskMapBound",
  },
  {
    name: "dispatch brings a chunk up though memory is full",
    scope: { chunks: 3, taskMapSize: 2, maxChunksUp: 2 },
    change: inBranch("dispatch", 1, (branch) => ({ ...branch, guard: () => [taskFree] })),
    caughtBy: "memoryBound",
  },
  {
    name: "dispatch flushes a chunk that stays down",
    scope: {},
    change: inMessages("dispatch", (sent) => without(sent, "chunk")),
    caughtBy: "flushingIsMapped",
  },
  {
    name: "dispatch wants free memory for a chunk that is up already",
    scope: { evictIdleWhenMapFull: true },
    change: inBranch("dispatch", 0, (branch) => ({
      ...branch,
      guard: () => [taskFree, memoryFree],
    })),
    caughtBy: "neverStuck",
  },
  {
    name: "dispatch does not flush to output 1",
    scope: { outputs: 2 },
    change: inMessages("dispatch", (sent) => sent.filter(({ output }) => output !== 1)),
    caughtBy: "noLoss",
  },
  {
    name: "dispatchWithoutTask does not wait for a full task map",
    scope: early,
    change: inBranch("dispatchWithoutTask", 0, (branch) => ({
      ...branch,
      guard: () => [memoryFree],
    })),
    caughtBy: "counts",
  },
  {
    name: "dispatchWithoutTask brings a chunk up though memory is full",
    scope: early,
    change: inBranch("dispatchWithoutTask", 0, (branch) => ({
      ...branch,
      guard: (instance, slot) => branch.guard(instance, slot).slice(0, 1),
    })),
    caughtBy: "memoryBound",
  },
  {
    name: "dispatchWithoutTask takes a task",
    scope: early,
    change: inMessages("dispatchWithoutTask", (sent) => [...sent, toTask("create")]),
    caughtBy: "taskMapBound",
  },
  {
    name: "dispatchWithoutTask is left out",
    scope: early,
    change: inRule("dispatchWithoutTask", (rule) => ({ ...rule, branches: [] })),
    caughtBy: "counts",
  },
  {
    name: "evict is left out",
    scope: evicting,
    change: inRule("evict", (rule) => ({ ...rule, branches: [] })),
    caughtBy: "neverStuck",
  },
  {
    name: "evict deletes the chunk",
    scope: evicting,
    change: inMessages("evict", (sent) => [...without(sent, "chunk"), toChunk("close")]),
    caughtBy: "noLoss",
  },
  {
    name: "evict does not wait for a full task map",
    scope: evicting,
    change: inBranch("evict", 0, (branch) => ({ ...branch, guard: () => [] })),
    caughtBy: "counts",
  },
];
