import type { Release } from "../core/engine.ts";
import { inputChunkReleaseOverLimit } from "../core/input-chunk.ts";
import { correctedFix } from "./corrected-fix.ts";

/**
 * The corrected fix, made safe at its edge: an output that exits takes its mark off the chunks charged
 * to it, so that closing them later touches nothing that is gone.
 */
export const hardenedFix: Release = {
  ...correctedFix,
  name: "hardened-fix",
  summary: "the corrected fix; an exiting output also takes its mark off its chunks",
  outputExit: (engine, output) => {
    for (const input of engine.inputs) {
      for (const chunk of input.chunks) {
        if (chunk.chunk.overLimitOwner === output.quota) inputChunkReleaseOverLimit(engine, chunk);
      }
    }
  },
};
