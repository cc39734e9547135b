import type { Release } from "../core/engine.ts";
import { inputChunkReleaseOverLimit } from "../core/input-chunk.ts";
import { correctedFix } from "./corrected-fix.ts";

/**
 * The corrected fix, made safe at its edges: an output that exits takes its mark off the chunks charged
 * to it, so that closing them later touches nothing that is gone; and a retry for which there is no
 * timer waits without one, in the list of retries that are due later, until the scheduler's next frame.
 */
export const hardenedFix: Release = {
  ...correctedFix,
  name: "hardened-fix",
  summary: "the corrected fix, detached when an output exits; no chunk is lost for want of a timer",
  keepsUnscheduled: true,
  outputExit: (engine, output) => {
    for (const input of engine.inputs) {
      for (const chunk of input.chunks) {
        if (chunk.chunk.overLimitOwner === output.quota) inputChunkReleaseOverLimit(engine, chunk);
      }
    }
  },
};
