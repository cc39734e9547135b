import { inputChunkFlush } from "../core/input-chunk.ts";
import { isUp } from "../chunkio/chunk.ts";
import type { Release } from "../core/engine.ts";
import { v304 } from "./v3-0-4.ts";

/**
 * Fluent Bit up to v3.0.1: dispatch brings a chunk up first and then finds that there is no task for
 * it. The chunk stays up, idle and sealed, and the loop goes on to the next one.
 */
export const v301: Release = {
  ...v304,
  name: "v3.0.1",
  summary: "before the map check: dispatch brings a chunk up before it looks for a task",
  version: "3.0.1",
  taskMapFull: (engine, chunk) => {
    const wasUp = isUp(chunk.chunk);
    inputChunkFlush(engine, chunk);
    return { proceed: true, acted: !wasUp && isUp(chunk.chunk) };
  },
};
