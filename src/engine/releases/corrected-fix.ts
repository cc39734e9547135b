import type { Release } from "../core/engine.ts";
import { inputChunkReleaseOverLimit } from "../core/input-chunk.ts";
import { publishedFix } from "./published-fix.ts";

/** The published fix, with the unit given back when the chunk is closed, too. */
export const correctedFix: Release = {
  ...publishedFix,
  name: "corrected-fix",
  summary: "the published fix, with the quota given back when a chunk is closed",
  chunkClosing: inputChunkReleaseOverLimit,
};
