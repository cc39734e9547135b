import { hasRoom, isUp } from "../chunkio/chunk.ts";
import { chunkUp, chunkUpForOutput } from "../chunkio/chunk-store.ts";
import type { Release } from "../core/engine.ts";
import { v304 } from "./v3-0-4.ts";

/**
 * The fix as an article of 2025-06-01 describes it (no public patch was found): when there is no room, a retry may bring its chunk up above the limit,
 * at the expense of its output, which has a few such units. A unit comes back when the chunk is put
 * down, but not when it is closed: after a delivery it is gone for good.
 */
export const publishedFix: Release = {
  ...v304,
  name: "published-fix",
  summary: "over-limit quota for each output, as proposed: given back in cio_file_down only",
  overLimitQuota: 2,
  setUpForRetry: (engine, retry) => {
    const { chunk } = retry.task.chunk;
    if (isUp(chunk)) return "ok";
    if (hasRoom(engine.store)) return chunkUp(engine.store, chunk);
    return chunkUpForOutput(engine.store, chunk, retry.output.quota, engine.overLimitQuota);
  },
};
