import { hasRoom, isUp } from "../chunkio/chunk.ts";
import { engineCreate } from "../core/create-engine.ts";
import { dispatchChunk, tasksStart } from "../core/dispatch.ts";
import type { Engine, Release } from "../core/engine.ts";
import { inputChunkAppend } from "../core/input-chunk.ts";
import { encodeLogEvent } from "../core/log-event.ts";
import { handleOutputEvent } from "../core/output-event.ts";
import { schedEventHandler } from "../core/scheduler.ts";
import { engineShutdown } from "../core/shutdown.ts";
import { backlogQueue } from "../core/storage-backlog.ts";
import type { InputChunk, RetryLimit, Task, TaskRetry, TaskRoute } from "../core/structures.ts";
import { mapIsFull } from "../core/task-map.ts";
import { findRetry } from "../core/task-retry.ts";
import type { Clock } from "../platform/clock.ts";
import type { FileSystem } from "../platform/file-system.ts";
import { silentLog, type Log } from "../platform/log.ts";
import { MemoryFileSystem } from "../platform/memory-file-system.ts";
import { seededRandom } from "../platform/random.ts";
import { type EngineSnapshot, slotSnapshot } from "./snapshot.ts";
import type { Step } from "./step.ts";

/** The size of an engine that is driven step by step; names as in the specification. */
export interface CoreParameters {
  readonly release: Release;
  readonly chunks: number;
  readonly taskMapSize: number;
  readonly maxChunksUp: number;
  readonly outputs: number;
  readonly retryLimit: number | "unlimited";
  /** Counts only for releases that have a quota. */
  readonly overLimitQuota: number;
  readonly pauseOnChunksOverlimit: boolean;
  /** Defaults to files in memory. */
  readonly fileSystem?: FileSystem;
  readonly log?: Log;
}

/** Time stands still: what happens, and in which order, is the caller's choice. */
const stillClock: Clock = {
  now: () => 0,
  schedule: () => ({ cancel: () => undefined }),
};

/**
 * The engine, one step at a time. Every step calls the same functions that the event loop calls; the
 * only difference is who decides when. A step that is not possible now answers false and changes
 * nothing.
 */
export class EngineCore {
  readonly #parameters: CoreParameters;
  readonly #fileSystem: FileSystem;
  readonly #online: boolean[];
  readonly #slots: (InputChunk | undefined)[];
  #processes = 0;
  #engine: Engine;

  constructor(parameters: CoreParameters) {
    this.#parameters = parameters;
    this.#fileSystem = parameters.fileSystem ?? new MemoryFileSystem();
    this.#online = Array.from({ length: parameters.outputs }, () => true);
    this.#slots = Array.from({ length: parameters.chunks }, () => undefined);
    this.#engine = this.#start();
  }

  /** The whole observable state. */
  snapshot(): EngineSnapshot {
    const engine = this.#engine;
    return {
      running: engine.running,
      up: engine.store.totalChunksUp,
      total: engine.store.totalChunks,
      tasks: engine.taskMap.count,
      paused: engine.inputs[0]?.paused ?? false,
      outputs: engine.outputs.map((output) => ({
        online: this.#online[output.id] === true,
        report: engine.release.reportOutput(engine, output),
      })),
      slots: this.#slots.map((chunk) =>
        chunk === undefined ? undefined : slotSnapshot(engine, chunk),
      ),
    };
  }

  /** Executes one step; false if it is not enabled in this state. */
  step(step: Step): boolean {
    if (!this.#engine.running) return false;
    const done = this.#execute(step);
    if (done) this.#forgetClosed();
    return done;
  }

  #execute(step: Step): boolean {
    switch (step.type) {
      case "ingest":
        return this.#ingest(step.slot, step.routes);
      case "dispatch":
      case "dispatchWithoutTask":
      case "evict":
        return this.#dispatch(step.type, step.slot);
      case "flushOk":
      case "flushRetry":
      case "flushDrop":
        return this.#flush(step.type, step.slot, step.output);
      case "retryFire":
      case "retryFireOverLimit":
      case "reschedule":
        return this.#fire(step.type, step.slot, step.output);
      case "scheduleFail":
        return this.#scheduleFail(step.slot, step.output);
      case "outputDown":
      case "outputUp": {
        const online = step.type === "outputUp";
        if (this.#online[step.output] !== !online) return false;
        this.#online[step.output] = online;
        return true;
      }
      case "crash":
        return this.#crash();
      case "shutdown":
        engineShutdown(this.#engine);
        return true;
      case "append":
        return this.#append(step.slot);
      case "own":
        return this.#own(step.action, step.slot, step.output);
    }
  }

  #ingest(slot: number, routes: readonly number[]): boolean {
    const engine = this.#engine;
    const input = engine.inputs[0];
    if (input === undefined || slot >= this.#slots.length || slot < 0) return false;
    if (this.#slots[slot] !== undefined || routes.length === 0) return false;
    if (routes.some((output) => engine.outputs[output] === undefined)) return false;
    const tag = `${slot}${routes.map(routeMark).join("")}`;
    if (!inputChunkAppend(engine, input, tag, eventOf(slot), 1)) return false;
    this.#slots[slot] = input.chunkOfTag.get(tag);
    return true;
  }

  /** An append to an idle chunk: a step only where it pauses the input. */
  #append(slot: number): boolean {
    const engine = this.#engine;
    const chunk = this.#slots[slot];
    if (chunk === undefined || chunk.busy || chunk.input !== engine.inputs[0]) return false;
    if (!this.#parameters.pauseOnChunksOverlimit || hasRoom(engine.store)) return false;
    return inputChunkAppend(engine, chunk.input, chunk.tag, eventOf(slot), 1);
  }

  #dispatch(type: "dispatch" | "dispatchWithoutTask" | "evict", slot: number): boolean {
    const engine = this.#engine;
    const chunk = this.#slots[slot];
    if (chunk === undefined || chunk.busy) return false;
    const up = isUp(chunk.chunk);
    const full = mapIsFull(engine.taskMap);
    const expected = !full ? "dispatch" : up ? "evict" : "dispatchWithoutTask";
    if (type !== expected || (!up && !hasRoom(engine.store))) return false;
    const { acted } = dispatchChunk(engine, chunk);
    tasksStart(engine, chunk.input);
    return acted;
  }

  #flush(type: "flushOk" | "flushRetry" | "flushDrop", slot: number, output: number): boolean {
    const delivery = this.#delivery(slot, output);
    if (delivery?.route.status !== "flushing") return false;
    const { task, route } = delivery;
    const expected = this.#online[output] === true ? "flushOk" : this.#failure(task, route);
    if (type !== expected) return false;
    handleOutputEvent(this.#engine, task, route, type === "flushOk" ? "ok" : "retry");
    return true;
  }

  #fire(
    type: "retryFire" | "retryFireOverLimit" | "reschedule",
    slot: number,
    output: number,
  ): boolean {
    const retry = this.#waitingRetry(slot, output);
    if (retry === undefined || type !== this.#outcomeOfFiring(retry)) return false;
    return this.#fireNow(retry);
  }

  #scheduleFail(slot: number, output: number): boolean {
    const { scheduler } = this.#engine;
    const delivery = this.#delivery(slot, output);
    const retry = this.#waitingRetry(slot, output);
    const failing =
      delivery?.route.status === "flushing" &&
      this.#online[output] === false &&
      this.#failure(delivery.task, delivery.route) === "flushRetry";
    const putOff = retry !== undefined && this.#outcomeOfFiring(retry) === "reschedule";
    if (!failing && !putOff) return false;
    scheduler.refuseNext = true;
    if (retry !== undefined && putOff) this.#fireNow(retry);
    else if (delivery !== undefined) {
      handleOutputEvent(this.#engine, delivery.task, delivery.route, "retry");
    }
    // A release that never asks for a timer has nothing that could fail.
    scheduler.refuseNext = false;
    return true;
  }

  #own(action: string, slot: number, output: number | undefined): boolean {
    const engine = this.#engine;
    const chunk = this.#slots[slot];
    const about = output === undefined ? undefined : engine.outputs[output];
    if (chunk === undefined || (output !== undefined && about === undefined)) return false;
    return engine.release.ownSteps[action]?.(engine, chunk, about) === true;
  }

  #crash(): boolean {
    this.#engine.running = false;
    this.#engine = this.#start();
    const byName = new Map<string, InputChunk>();
    for (const input of this.#engine.inputs) {
      for (const chunk of input.chunks) byName.set(chunk.chunk.name, chunk);
    }
    for (const [slot, chunk] of this.#slots.entries()) {
      if (chunk !== undefined) this.#slots[slot] = byName.get(chunk.chunk.name);
    }
    return true;
  }

  #start(): Engine {
    const { release, retryLimit, ...limits } = this.#parameters;
    this.#processes += 1;
    const limit: RetryLimit = retryLimit === "unlimited" ? "no_limits" : retryLimit;
    const { engine, backlog } = engineCreate({
      release,
      clock: stillClock,
      random: seededRandom(1),
      log: limits.log ?? silentLog,
      storage: {
        fileSystem: this.#fileSystem,
        rootPath: "/storage",
        maxChunksUp: limits.maxChunksUp,
      },
      inputs: [{ plugin: "lib", pauseOnChunksOverlimit: limits.pauseOnChunksOverlimit }],
      outputs: Array.from({ length: limits.outputs }, (_, output) => ({
        pluginName: "lib",
        match: `*${routeMark(output)}*`,
        retryLimit: limit,
        plugin: { flush: () => undefined, exit: () => undefined },
      })),
      taskMapSize: limits.taskMapSize,
      overLimitQuota: limits.overLimitQuota,
      backlogMemoryLimit: Number.POSITIVE_INFINITY,
      pid: this.#processes,
    });
    backlogQueue(engine, backlog);
    return engine;
  }

  #delivery(slot: number, output: number): { task: Task; route: TaskRoute } | undefined {
    const task = this.#slots[slot]?.task;
    const route = task?.routes.find((candidate) => candidate.output.id === output);
    return task === undefined || route === undefined ? undefined : { task, route };
  }

  #waitingRetry(slot: number, output: number): TaskRetry | undefined {
    const delivery = this.#delivery(slot, output);
    if (delivery?.route.status !== "retry") return undefined;
    return findRetry(delivery.task, delivery.route.output);
  }

  #failure(task: Task, { output }: TaskRoute): "flushRetry" | "flushDrop" {
    const used = this.#engine.release.retriesUsed(this.#engine, task.chunk, output);
    const limit = output.retryLimit;
    return typeof limit === "number" && used >= limit ? "flushDrop" : "flushRetry";
  }

  #outcomeOfFiring(retry: TaskRetry): "retryFire" | "retryFireOverLimit" | "reschedule" {
    const { store, overLimitQuota } = this.#engine;
    if (isUp(retry.task.chunk.chunk) || hasRoom(store)) return "retryFire";
    return retry.output.quota.overLimitUp < overLimitQuota ? "retryFireOverLimit" : "reschedule";
  }

  #fireNow(retry: TaskRetry): boolean {
    const request = this.#engine.scheduler.requests.get(retry);
    if (request === undefined) return false;
    schedEventHandler(this.#engine, request);
    return true;
  }

  #forgetClosed(): void {
    for (const [slot, chunk] of this.#slots.entries()) {
      if (chunk !== undefined && !chunk.input.chunks.has(chunk)) this.#slots[slot] = undefined;
    }
  }
}

function eventOf(slot: number): Uint8Array {
  return encodeLogEvent({ time: 0, body: { slot } });
}

function routeMark(output: number): string {
  return `.o${output}.`;
}
