import type { StartedEngine } from "../core/create-engine.ts";
import { engineDispatch } from "../core/dispatch.ts";
import type { Engine } from "../core/engine.ts";
import { inputChunkAppend } from "../core/input-chunk.ts";
import { requestFrame, schedDestroy, scheduleRequestPromote } from "../core/scheduler.ts";
import { engineRescheduleRetries, engineShutdown, storageDestroy } from "../core/shutdown.ts";
import { backlogQueue } from "../core/storage-backlog.ts";
import { taskRunningCount, taskRunningPrint } from "../core/task.ts";
import type { InputPlugin } from "../inputs/input-plugin.ts";
import { type Clock, scheduleEvery, type TimerHandle } from "../platform/clock.ts";
import type { FileSystem } from "../platform/file-system.ts";

/** `[SERVICE]` settings of the event loop. */
export interface LoopOptions {
  /** Of the periodic timers and of the inputs. */
  readonly clock: Clock;
  /** `flush`, seconds. */
  readonly flush: number;
  /** `grace`, seconds; -1 waits until everything is flushed. */
  readonly grace: number;
  /** Plugins of the engine's inputs, in their order. */
  readonly inputs: readonly InputPlugin[];
  readonly fileSystem: FileSystem;
}

/**
 * The event loop: decides *when* the functions of the engine are called. It runs on whatever clock the
 * engine has. Stands for the second half of `flb_engine.c::flb_engine_start` (v3.0.4).
 */
export class EngineLoop {
  readonly #engine: Engine;
  readonly #options: LoopOptions;
  readonly #timers: TimerHandle[] = [];
  #graceCount = 0;
  /** While the engine is being stopped: the next look whether it may. */
  #nextLook: TimerHandle | undefined;

  constructor(started: StartedEngine, options: LoopOptions) {
    const { engine, backlog } = started;
    this.#engine = engine;
    this.#options = options;
    const every = (seconds: number, callback: () => void): void => {
      this.#timers.push(scheduleEvery(options.clock, seconds * 1000, callback));
    };
    every(options.flush, () => {
      engineFlush(engine);
    });
    every(requestFrame, () => {
      scheduleRequestPromote(engine);
    });
    every(1, () => {
      backlogQueue(engine, backlog);
    });
    this.#startInputs();
  }

  /**
   * Stops cleanly: no more input, one more flush, every waiting retry at once, then up to the grace
   * time for what is under way. Chunks that are left keep their files.
   * Stands for the handling of `FLB_ENGINE_STOP` and `FLB_ENGINE_SHUTDOWN` in `flb_engine_start`.
   */
  stop(): Promise<void> {
    const engine = this.#engine;
    const { clock, grace } = this.#options;
    engineFlush(engine);
    if (grace >= 0) {
      engine.log.warn(() => `[engine] service will shutdown in max ${grace} seconds`);
    } else {
      engine.log.warn(() => "[engine] service will shutdown when all remaining tasks are flushed");
    }
    engineRescheduleRetries(engine);
    engine.shuttingDown = true;
    for (const plugin of this.#options.inputs) plugin.stop();
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.#mustWait()) this.#nextLook = clock.schedule(1000, look);
        else {
          this.#finish();
          resolve();
        }
      };
      this.#nextLook = clock.schedule(1000, look);
    });
  }

  /** Lets go at once, as a kill does, also of a stop: nothing more happens, and the files are as they are. */
  kill(): void {
    this.#engine.running = false;
    this.#nextLook?.cancel();
    for (const plugin of this.#options.inputs) plugin.stop();
    for (const timer of this.#timers) timer.cancel();
    schedDestroy(this.#engine);
  }

  #startInputs(): void {
    const engine = this.#engine;
    for (const [index, plugin] of this.#options.inputs.entries()) {
      const input = engine.inputs[index];
      if (input === undefined) continue;
      plugin.start({
        clock: this.#options.clock,
        fileSystem: this.#options.fileSystem,
        log: engine.log,
        name: input.name,
        append: (tag, data, records) =>
          engine.running &&
          !engine.shuttingDown &&
          inputChunkAppend(engine, input, tag, data, records),
      });
    }
  }

  #mustWait(): boolean {
    const { grace } = this.#options;
    this.#graceCount += 1;
    const running = taskRunningCount(this.#engine);
    const waits = running > 0 && (this.#graceCount < grace || grace === -1);
    if (running > 0 && (!waits || this.#graceCount === 1)) taskRunningPrint(this.#engine);
    return waits;
  }

  #finish(): void {
    const engine = this.#engine;
    const pending = taskRunningCount(engine);
    engine.log.info(() => `[engine] service has stopped (${pending} pending tasks)`);
    for (const timer of this.#timers) timer.cancel();
    engineShutdown(engine);
    storageDestroy(engine);
    schedDestroy(engine);
  }
}

/** Dispatches what every input has. Stands for `flb_engine.c::flb_engine_flush`. */
function engineFlush(engine: Engine): void {
  engine.release.beforeFlush(engine);
  for (const input of engine.inputs) engineDispatch(engine, input);
}
