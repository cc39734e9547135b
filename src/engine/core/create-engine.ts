import type { ChunkStoreOptions } from "../chunkio/chunk.ts";
import { chunkStoreCreate, streamCreate } from "../chunkio/chunk-store.ts";
import { scanStreams } from "../chunkio/scan.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Random } from "../platform/random.ts";
import { engineDispatchRetry } from "./dispatch.ts";
import type { Engine, Release } from "./engine.ts";
import { backlogRegister, type StorageBacklog } from "./storage-backlog.ts";
import type { InputInstance, OutputPlugin, RetryLimit } from "./structures.ts";
import { taskMapCreate } from "./task-map.ts";

/** One `[INPUT]` section. */
interface InputOptions {
  /** e.g. `tail`. */
  readonly plugin: string;
  readonly pauseOnChunksOverlimit?: boolean;
}

/** One `[OUTPUT]` section. */
interface OutputOptions {
  /** e.g. `http`. */
  readonly pluginName: string;
  readonly alias?: string;
  readonly match: string;
  readonly retryLimit: RetryLimit;
  readonly plugin: OutputPlugin;
}

/** Everything that makes an engine. Sizes and limits default to Fluent Bit's own. */
export interface EngineOptions {
  readonly release: Release;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly storage: Omit<
    ChunkStoreOptions,
    "maxChunksUp" | "checksum" | "fullSync" | "deleteIrrecoverable" | "keepRejected"
  > &
    Partial<ChunkStoreOptions>;
  readonly inputs: readonly InputOptions[];
  readonly outputs: readonly OutputOptions[];
  /** A fixed number of task ids in the place of the release's own map. */
  readonly taskMapSize?: number;
  readonly overLimitQuota?: number;
  /** Seconds. */
  readonly schedulerBase?: number;
  /** Seconds. */
  readonly schedulerCap?: number;
  /** Timers that retries may hold at once; unlimited if absent. */
  readonly timerLimit?: number;
  /** Bytes. */
  readonly backlogMemoryLimit?: number;
  readonly pid?: number;
}

/** An engine and the input that brings back the chunks of its predecessor. */
export interface StartedEngine {
  readonly engine: Engine;
  readonly backlog: StorageBacklog;
}

/**
 * Makes an engine on a storage path and registers the chunks that it finds there. Nothing moves until a
 * driver says so. Stands for the first half of `flb_engine.c::flb_engine_start` (v3.0.4).
 */
export function engineCreate(options: EngineOptions): StartedEngine {
  const { release, log } = options;
  const map = release.taskMap;
  const size = options.taskMapSize;
  const pid = options.pid ?? 1;
  log.info(() => `[fluent bit] version=${release.version}, release=${release.name}, pid=${pid}`);
  const store = chunkStoreCreate(
    {
      maxChunksUp: 128,
      checksum: false,
      fullSync: false,
      deleteIrrecoverable: false,
      keepRejected: false,
      ...options.storage,
    },
    log,
  );
  const engine: Engine = {
    release,
    clock: options.clock,
    random: options.random,
    log,
    store,
    taskMap: taskMapCreate(
      size ?? map.size,
      size ?? map.limit,
      size === undefined ? map.growth : 0,
    ),
    scheduler: {
      base: options.schedulerBase ?? 5,
      cap: options.schedulerCap ?? 2000,
      timerLimit: options.timerLimit ?? Number.POSITIVE_INFINITY,
      timersInUse: 0,
      refuseNext: false,
      requests: new Map(),
      dispatchRetry: engineDispatchRetry,
    },
    inputs: [],
    outputs: [],
    overLimitQuota:
      release.overLimitQuota === 0 ? 0 : (options.overLimitQuota ?? release.overLimitQuota),
    pid,
    running: true,
    shuttingDown: false,
    nextAddress: 0,
    lastName: { time: 0, count: 0 },
  };
  logStorage(engine, options.inputs.length);
  scanStreams(store);
  for (const input of options.inputs) inputAdd(engine, input);
  const backlogInput = inputAdd(engine, { plugin: "storage_backlog" });
  for (const output of options.outputs) outputAdd(engine, output);
  const backlog: StorageBacklog = {
    input: backlogInput,
    waiting: [],
    memoryLimit: options.backlogMemoryLimit ?? 5_000_000,
  };
  backlogRegister(engine, backlog);
  return { engine, backlog };
}

function inputAdd(engine: Engine, options: InputOptions): InputInstance {
  const id = engine.inputs.length;
  const name = `${options.plugin}.${id}`;
  const input: InputInstance = {
    id,
    name,
    plugin: options.plugin,
    stream: streamCreate(engine.store, name),
    chunks: new Set(),
    tasks: new Set(),
    chunkOfTag: new Map(),
    pauseOnChunksOverlimit: options.pauseOnChunksOverlimit ?? false,
    paused: false,
    metrics: { records: 0, bytes: 0 },
  };
  engine.inputs.push(input);
  engine.log.info(() => `[input:${input.plugin}:${name}] initializing`);
  return input;
}

function outputAdd(engine: Engine, options: OutputOptions): void {
  const id = engine.outputs.length;
  const name = options.alias ?? `${options.pluginName}.${id}`;
  engine.outputs.push({
    id,
    name,
    pluginName: options.pluginName,
    match: options.match,
    retryLimit: options.retryLimit,
    quota: { name, overLimitUp: 0, alive: true },
    plugin: options.plugin,
    metrics: {
      procRecords: 0,
      procBytes: 0,
      errors: 0,
      retries: 0,
      retriesFailed: 0,
      droppedRecords: 0,
      retriedRecords: 0,
    },
  });
}

function logStorage({ log, store }: Engine, inputs: number): void {
  const { checksum, fullSync, maxChunksUp } = store.options;
  log.info(
    () =>
      `[storage] ver=1.5.2, type=memory+filesystem, sync=${fullSync ? "full" : "normal"}, ` +
      `checksum=${checksum ? "on" : "off"}, max_chunks_up=${maxChunksUp}`,
  );
  log.info(() => `[storage] backlog input plugin: storage_backlog.${inputs}`);
}
