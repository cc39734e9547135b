import { isUp } from "../chunkio/chunk.ts";
import type { Engine, Release } from "../core/engine.ts";
import { v304 } from "./v3-0-4.ts";

/**
 * An alternative without extra memory: new chunks may use one place less than `storage.max_chunks_up`, so that a retry
 * always finds one once what holds the last place is delivered. With a single place there is none to keep, and the engine
 * is v3.0.4.
 */
export const reserveSlot: Release = {
  ...v304,
  name: "reserve-slot",
  summary: "alternative without extra memory: one place in memory is kept for retries",
  opensUp: hasRoomForNew,
  mayDispatch: (engine, { chunk }) => isUp(chunk) || hasRoomForNew(engine),
};

function hasRoomForNew({ store }: Engine): boolean {
  return store.totalChunksUp < Math.max(1, store.options.maxChunksUp - 1);
}
