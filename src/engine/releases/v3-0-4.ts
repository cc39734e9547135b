import { hasRoom, isUp } from "../chunkio/chunk.ts";
import { chunkUp } from "../chunkio/chunk-store.ts";
import type { Release } from "../core/engine.ts";
import { flushRetry } from "../core/flush-retry.ts";
import { routesByTag } from "../core/router.ts";
import { taskDestroy } from "../core/task.ts";
import { retryCount } from "../core/task-retry.ts";

/**
 * Fluent Bit v3.0.2 to 3.2. Dispatch looks for a free task id before it touches a chunk. Every other
 * release is described by how it differs from this one.
 */
export const v304: Release = {
  name: "v3.0.4",
  summary: "v3.0.2 to 3.2: dispatch looks for a task before it brings a chunk up",
  version: "3.0.4",
  timeStamp: "seconds",
  taskMap: { size: 2048, limit: 2048, growth: 0 },
  overLimitQuota: 0,
  opensUp: (engine) => hasRoom(engine.store),
  openedDown: () => undefined,
  chunkIdle: () => undefined,
  chunkBusy: () => undefined,
  mayDispatch: () => true,
  attempted: (_engine, chunk) => chunk.routes,
  beforeFlush: () => undefined,
  taskMapFull: () => ({ proceed: false, acted: false }),
  setUpForRetry: (engine, retry) => {
    const { chunk } = retry.task.chunk;
    return isUp(chunk) ? "ok" : chunkUp(engine.store, chunk);
  },
  flushFailed: flushRetry,
  retriesUsed: (_engine, { task }, output) =>
    task === undefined ? 0 : (retryCount(task, output) ?? 0),
  routeEnded: () => undefined,
  settle: (engine, task) => {
    taskDestroy(engine, task, true);
  },
  ownWaits: () => [],
  chunkClosing: () => undefined,
  routesOnDisk: (engine, _chunk, tag) => routesByTag(engine, tag),
  outputExit: () => undefined,
  endOfStep: () => undefined,
  ownSteps: {},
  parkedAs: () => undefined,
  reportOutput: (_engine, { quota }) => ({ overLimitUp: quota.overLimitUp }),
};
