import type { Release } from "../core/engine.ts";
import { inputChunkReleaseOverLimit } from "../core/input-chunk.ts";
import { publishedFix } from "./published-fix.ts";

/** The proposed fix, with the unit given back when the chunk is closed, too. */
export const correctedFix: Release = {
  ...publishedFix,
  name: "corrected-fix",
  summary: "over-limit quota for each output, also given back when the chunk is closed",
  chunkClosing: inputChunkReleaseOverLimit,
};
