import { memoryFree, taskFree } from "../../../models/limits.ts";
import { inBranch, type Mutant } from "./mutant.ts";

const scope = { chunks: 3, maxChunksUp: 2 };
const belowTheLastPlace = { ...memoryFree, bound: { constant: -1, maxChunksUp: 1 } };

/** Wrong rules of `reserve-slot`: who may use the last place. */
export const reserveSlotMutants: readonly Mutant[] = [
  {
    name: "ingest takes the last place",
    scope,
    change: inBranch("ingest", 0, (branch) => ({ ...branch, guard: () => [memoryFree] })),
    caughtBy: "neverStuck",
  },
  {
    name: "ingest takes two places more than it may",
    scope,
    change: inBranch("ingest", 0, (branch) => ({
      ...branch,
      guard: () => [{ ...memoryFree, bound: { constant: 1, maxChunksUp: 1 } }],
    })),
    caughtBy: "memoryBound",
  },
  {
    name: "dispatch brings a chunk up in the last place",
    scope: { chunks: 5, taskMapSize: 2, maxChunksUp: 3 },
    change: inBranch("dispatch", 1, (branch) => ({
      ...branch,
      guard: () => [taskFree, memoryFree],
    })),
    caughtBy: "counts",
  },
  {
    name: "a retry leaves the last place, too",
    scope,
    change: inBranch("retryFire", 1, (branch) => ({
      ...branch,
      guard: () => [belowTheLastPlace],
    })),
    caughtBy: "neverStuck",
  },
];
