import type { Release } from "../core/engine.ts";
import { v304 } from "./v3-0-4.ts";

/** Fluent Bit since v4.0: the task map grows. It gets full all the same, later. */
export const v51: Release = {
  ...v304,
  name: "v5.1",
  summary: "since 4.0: the task map grows to 16384",
  version: "5.1.1",
  timeStamp: "milliseconds",
  taskMap: { size: 2048, limit: 16384, growth: 256 },
  openedDown: (engine, { chunk }) => {
    // A spurious error: the chunk is written all the same, and delivered later.
    engine.log.error(() => `[storage] cannot mmap/read chunk '${chunk.path}'`);
  },
};
