import type { Parameters } from "../../models/parameters.ts";

/** The counts of one row: labelled and canonical states, transitions, self-loops, most chunks up. */
type Counts = readonly [
  labelled: number,
  canonical: number,
  transitions: number,
  selfLoops: number,
  mostUp: number,
];

export interface ReferenceRow {
  readonly scope: Partial<Parameters>;
  readonly counts: Counts;
  /** Each violated property, with its shortest length where it has one. Every other property holds. */
  readonly violated: readonly string[];
}

const deadlock = ["recovery 6", "neverStuck 6"];
const leak = ["quotaConserved 8", "recovery 13", "neverStuck 13"];
const unfair = ["isolationFair", "noStarvation"];
const publishedFix = { overLimitQuota: 1, releaseOnClose: false };

/** The rows of Fluent Bit's own rules. */
export const releaseRows: readonly ReferenceRow[] = [
  { scope: {}, counts: [34, 18, 86, 4, 1], violated: [...deadlock, "noStarvation"] },
  {
    scope: publishedFix,
    counts: [72, 38, 180, 4, 2],
    violated: [...leak, "noStarvation"],
  },
  {
    scope: { ...publishedFix, schedulerFails: true },
    counts: [72, 38, 194, 4, 2],
    violated: ["noLoss 4", ...leak, "noStarvation"],
  },
  { scope: { overLimitQuota: 1 }, counts: [38, 20, 94, 0, 2], violated: ["noStarvation"] },
  {
    scope: { chunks: 3, overLimitQuota: 1 },
    counts: [134, 32, 392, 0, 2],
    violated: ["noStarvation"],
  },
  {
    scope: { evictIdleWhenMapFull: true },
    counts: [34, 18, 90, 4, 1],
    violated: ["noStarvation"],
  },
  {
    scope: { checkMapFirst: false },
    counts: [34, 18, 90, 4, 1],
    violated: [...deadlock, "noStarvation"],
  },
  {
    scope: { pauseOnChunksOverlimit: true },
    counts: [14, 8, 30, 0, 1],
    violated: [],
  },
  {
    scope: { retryLimit: 1 },
    counts: [42, 22, 106, 4, 1],
    violated: [...deadlock, "noStarvation"],
  },
  { scope: { outputs: 2 }, counts: [156, 80, 616, 0, 1], violated: ["isolation 5", ...unfair] },
  {
    scope: { schedulerFails: true },
    counts: [34, 18, 94, 4, 1],
    violated: ["noLoss 4", ...deadlock, "noStarvation"],
  },
  {
    scope: { overLimitQuota: 1, shutdown: true },
    counts: [76, 40, 132, 0, 2],
    violated: ["ownerAlive 7", "noStarvation"],
  },
  {
    scope: { overLimitQuota: 1, shutdown: true, detachOnOutputExit: true },
    counts: [76, 40, 132, 0, 2],
    violated: ["noStarvation"],
  },
  {
    scope: { chunks: 3, outputs: 2, routing: "any", overLimitQuota: 1, crash: true },
    counts: [4288, 872, 24000, 256, 2],
    violated: ["isolation 3", ...unfair],
  },
  {
    scope: { chunks: 3, taskMapSize: 2, maxChunksUp: 2 },
    counts: [194, 46, 716, 18, 2],
    violated: ["noStarvation"],
  },
  {
    scope: { chunks: 4, taskMapSize: 2, maxChunksUp: 2 },
    counts: [826, 74, 3530, 168, 2],
    violated: ["recovery 10", "neverStuck 10", "noStarvation"],
  },
  { scope: { taskMapSize: 2, maxChunksUp: 2 }, counts: [32, 20, 96, 0, 2], violated: [] },
  {
    scope: { chunks: 7, taskMapSize: 3, maxChunksUp: 3, outputs: 2, overLimitQuota: 1 },
    counts: [1858644, 4400, 15833028, 0, 3],
    violated: ["isolation 11", ...unfair],
  },
];

const anyOfTwo = { chunks: 3, outputs: 2, routing: "any" } as const;
/** The rows of the candidate `park`. */
export const parkRows: readonly ReferenceRow[] = (
  [
    [{}, [26, 14, 66, 0, 1]],
    [{ chunks: 4 }, [354, 42, 1186, 0, 1]],
    [{ chunks: 5, taskMapSize: 2, maxChunksUp: 2 }, [3682, 122, 15802, 0, 2]],
    [anyOfTwo, [3628, 720, 15248, 0, 1]],
    [{ ...anyOfTwo, chunks: 4, taskMapSize: 2, maxChunksUp: 2 }, [108420, 6012, 574200, 0, 2]],
    [{ ...anyOfTwo, outputs: 3 }, [104792, 18752, 556776, 0, 1]],
    [{ ...anyOfTwo, crash: true }, [3736, 760, 19524, 256, 1]],
    [{ ...anyOfTwo, retryLimit: 1 }, [18748, 3432, 71420, 0, 1]],
    [{ ...anyOfTwo, retryLimit: 1, crash: true }, [18856, 3472, 90816, 256, 1]],
  ] satisfies readonly (readonly [Partial<Parameters>, Counts])[]
).map(([scope, counts]) => ({ scope, counts, violated: [] }));

/** The rows of the candidate `park-breaker` that take no more than some seconds. */
export const breakerRows: readonly ReferenceRow[] = (
  [
    [{}, [84, 44, 220, 0, 1]],
    [{ outputs: 2 }, [1464, 740, 5496, 0, 1]],
    [{ outputs: 2, retryLimit: 1, crash: true }, [7836, 3956, 36988, 64, 1]],
    // Two tasks at once: only then can somebody be flushed to what a probe owes.
    [{ outputs: 2, taskMapSize: 2, maxChunksUp: 2 }, [2084, 1060, 8304, 0, 2]],
    [anyOfTwo, [42832, 7716, 193136, 0, 1]],
    [{ ...anyOfTwo, crash: true }, [42940, 7756, 236616, 256, 1]],
  ] satisfies readonly (readonly [Partial<Parameters>, Counts])[]
).map(([scope, counts]) => ({ scope, counts, violated: [] }));
