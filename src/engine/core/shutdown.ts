import { chunkClose } from "../chunkio/chunk-store.ts";
import type { Engine } from "./engine.ts";
import { schedRetryNow } from "./scheduler.ts";

/**
 * Makes every waiting retry due at once: the last chance before the grace time is over.
 * Stands for `flb_engine.c::flb_engine_reschedule_retries` (v3.0.4).
 */
export function engineRescheduleRetries(engine: Engine): void {
  for (const input of engine.inputs) {
    for (const task of input.tasks) {
      for (const retry of task.retries) {
        if (retry.route.status !== "retry") continue;
        if (schedRetryNow(engine, retry)) {
          engine.log.debug(
            () => `[engine] re-scheduled retry=${retry.address} for task ${task.id}`,
          );
        } else {
          engine.log.warn(
            () =>
              `[engine] failed to immediately re-schedule retry=${retry.address} for task ${task.id}. Err: 24`,
          );
        }
      }
    }
  }
}

/**
 * Stops the engine and destroys its outputs. The chunks are still open; {@link storageDestroy} closes
 * them afterwards, in this order as in `flb_engine.c::flb_engine_shutdown` (v3.0.4). That order is why
 * a chunk that is charged to an output must be detached here.
 */
export function engineShutdown(engine: Engine): void {
  engine.running = false;
  for (const input of engine.inputs) {
    engine.log.info(() => `[input] pausing ${input.name}`);
  }
  for (const output of engine.outputs) {
    engine.release.outputExit(engine, output);
    output.plugin.exit();
    output.quota.alive = false;
  }
}

/** Closes every chunk and keeps every file. Stands for `flb_storage.c::flb_storage_destroy`. */
export function storageDestroy(engine: Engine): void {
  for (const input of engine.inputs) {
    for (const chunk of input.chunks) engine.release.chunkClosing(engine, chunk);
    input.chunks.clear();
    input.tasks.clear();
    input.chunkOfTag.clear();
  }
  for (const stream of engine.store.streams.values()) {
    for (const chunk of stream.chunks) chunkClose(engine.store, chunk, false);
  }
}
