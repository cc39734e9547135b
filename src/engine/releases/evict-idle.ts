import { isUp } from "../chunkio/chunk.ts";
import { inputChunkDown } from "../core/dispatch.ts";
import type { Release } from "../core/engine.ts";
import { v304 } from "./v3-0-4.ts";

/**
 * An alternative without extra memory: while there is no task to be had, an idle chunk has no use for
 * its place in memory, so dispatch puts it down and leaves the place to a retry.
 */
export const evictIdle: Release = {
  ...v304,
  name: "evict-idle",
  summary: "alternative without extra memory: idle chunks are put down while the task map is full",
  taskMapFull: (engine, chunk) => {
    const acted = isUp(chunk.chunk);
    inputChunkDown(engine, chunk);
    return { proceed: true, acted };
  },
};
