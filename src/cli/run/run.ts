import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { setTimeout as passing } from "node:timers/promises";
import type { ChunkStore } from "../../engine/chunkio/chunk.ts";
import { engineCreate, type StartedEngine } from "../../engine/core/create-engine.ts";
import type { Release } from "../../engine/core/engine.ts";
import type { OutputPlugin, RetryLimit } from "../../engine/core/structures.ts";
import type { InputPlugin } from "../../engine/inputs/input-plugin.ts";
import { StdinInput } from "../../engine/inputs/stdin.ts";
import { TailInput } from "../../engine/inputs/tail.ts";
import { EngineLoop } from "../../engine/loop/engine-loop.ts";
import { httpOutput } from "../../engine/outputs/http.ts";
import { streamOutput } from "../../engine/outputs/stream.ts";
import { fileOutput } from "../../engine/outputs/text.ts";
import { createLog, type Log } from "../../engine/platform/log.ts";
import { nodeFileSystem } from "../../engine/platform/node-file-system.ts";
import { systemRandom } from "../../engine/platform/random.ts";
import { steadyClock } from "../../engine/platform/steady-clock.ts";
import { systemClock } from "../../engine/platform/system-clock.ts";
import { BadInput } from "../bad-input.ts";
import { engineRelease } from "../simulate/engine-release.ts";
import { exitCode } from "../exit-code.ts";
import { serveMetrics } from "./metrics-server.ts";
import {
  graceSeconds,
  httpTarget,
  logLevel,
  retryLimit,
  seconds,
  type RunOptions,
} from "./run-arguments.ts";
import { preparePlaces } from "./run-places.ts";
import { lockStorage } from "./storage-lock.ts";
import { tailPaths } from "./tail-paths.ts";
import type { Terminal } from "../terminal.ts";

/** What `run` needs of its process. */
export interface RunProcess {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly pid: number;
  /** Calls back once when the process is asked to stop. */
  readonly onStop: (stop: () => void) => void;
}

interface Plugin<P> {
  readonly name: string;
  readonly plugin: P;
}

function outputOf(options: RunOptions, log: Log, stdout: Writable): Plugin<OutputPlugin> {
  if (options.http !== undefined && options.file !== undefined) {
    throw new BadInput("--http and --file exclude each other");
  }
  if (options.http !== undefined) {
    const target = httpTarget(options.http);
    return { name: "http", plugin: httpOutput({ ...target, name: "http.0" }, log) };
  }
  if (options.file !== undefined) {
    return { name: "file", plugin: fileOutput(nodeFileSystem, options.file, log) };
  }
  return { name: "stdout", plugin: streamOutput(stdout) };
}

function inputOf(options: RunOptions, stdin: Readable, onEnd: () => void): Plugin<InputPlugin> {
  const { tail, db, tag } = options;
  if (tail === undefined) {
    if (db !== undefined) throw new BadInput("--db goes with --tail");
    return { name: "stdin", plugin: new StdinInput(stdin, tag, onEnd) };
  }
  const find = (): readonly string[] => tailPaths(tail);
  const plugin = new TailInput({ find, tag, ...(db === undefined ? {} : { db }) });
  return { name: "tail", plugin };
}

/** A log that cannot be written is no reason to stop delivering: it is told once, until it can be written again. */
function appendingTo(path: string, terminal: Terminal): (line: string) => void {
  let failed = false;
  return (line) => {
    try {
      nodeFileSystem.append(path, new TextEncoder().encode(`${line}\n`));
      failed = false;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (!failed) terminal.err(`unstuck: cannot write --log-file ${path}: ${why}\n`);
      failed = true;
    }
  };
}

/** Fluent Bit logs to standard error; so does `run`, unless a file is named. */
function logOf(options: RunOptions, milliseconds: boolean, terminal: Terminal): Log {
  const { logFile } = options;
  return createLog({
    clock: systemClock,
    level: logLevel(options.logLevel),
    timeStamp: milliseconds ? "milliseconds" : "seconds",
    write:
      logFile === undefined
        ? (line) => {
            terminal.err(`${line}\n`);
          }
        : appendingTo(logFile, terminal),
  });
}

function releaseOf({ release: name, quota }: RunOptions): Release {
  const release = engineRelease(name);
  if (quota !== undefined && release.overLimitQuota === 0) {
    throw new BadInput(`--quota: ${name} never brings chunks up above the limit`);
  }
  return release;
}

/** Waits until nothing is left to deliver, but not longer than `grace` seconds (-1: as long as it takes). */
async function drained(store: ChunkStore, grace: number, asked: AbortSignal): Promise<void> {
  // Not the clock on the wall: somebody may put that back.
  const end = grace < 0 ? Number.POSITIVE_INFINITY : performance.now() + grace * 1000;
  while (store.totalChunks > 0 && performance.now() < end && !asked.aborted) await passing(20);
}

function aborted(signal: AbortSignal): Promise<unknown> {
  return signal.aborted ? Promise.resolve() : once(signal, "abort");
}

/**
 * `unstuck run`: the reference engine on the real clock, with real files and a real endpoint, until the process is asked
 * to stop; then it shuts down cleanly within the grace time. When standard input ends, what is left is delivered first, as
 * far as the grace time allows.
 *
 * @throws BadInput if an option is wrong or a place cannot be used.
 */
export async function run(
  options: RunOptions,
  own: RunProcess,
  terminal: Terminal,
): Promise<number> {
  const release = releaseOf(options);
  const log = logOf(options, release.timeStamp === "milliseconds", terminal);
  const ended = new AbortController();
  const setup: Setup = {
    release,
    log,
    flush: seconds("--flush", options.flush, 0.05),
    grace: graceSeconds(options.grace),
    limit: retryLimit(options.retryLimit),
    output: outputOf(options, log, own.stdout),
    input: inputOf(options, own.stdin, () => {
      ended.abort();
    }),
    ended: ended.signal,
  };
  preparePlaces(options);
  const lock = await lockStorage(options.storage, own.pid);
  try {
    await runLocked(options, own, setup);
  } finally {
    lock.release();
  }
  return exitCode.holds;
}

/** What the options come to. */
interface Setup {
  readonly release: Release;
  readonly log: Log;
  readonly flush: number;
  readonly grace: number;
  readonly limit: RetryLimit;
  readonly output: Plugin<OutputPlugin>;
  readonly input: Plugin<InputPlugin>;
  /** Aborted when the input has ended. */
  readonly ended: AbortSignal;
}

async function runLocked(options: RunOptions, own: RunProcess, setup: Setup): Promise<void> {
  const { metricsPort } = options;
  const metrics = metricsPort === undefined ? undefined : await serveMetrics(metricsPort);
  const asked = new AbortController();
  const started = startEngine(options, own.pid, setup);
  metrics?.show(started.engine);
  own.onStop(() => {
    asked.abort();
  });
  const { flush, grace, input, ended } = setup;
  const loop = new EngineLoop(started, {
    clock: systemClock,
    flush,
    grace,
    inputs: [input.plugin],
    fileSystem: nodeFileSystem,
  });
  await Promise.race([aborted(ended), aborted(asked.signal)]);
  if (!asked.signal.aborted) await drained(started.engine.store, grace, asked.signal);
  await loop.stop();
  metrics?.close();
}

function startEngine(options: RunOptions, pid: number, setup: Setup): StartedEngine {
  const { release, log, input, output, limit } = setup;
  return engineCreate({
    release,
    clock: steadyClock,
    random: systemRandom,
    log,
    storage: {
      fileSystem: nodeFileSystem,
      rootPath: options.storage,
      maxChunksUp: options.maxChunksUp,
      checksum: options.checksum ?? false,
      keepRejected: true,
    },
    inputs: [{ plugin: input.name }],
    outputs: [{ pluginName: output.name, match: "*", retryLimit: limit, plugin: output.plugin }],
    ...(options.tasks === undefined ? {} : { taskMapSize: options.tasks }),
    ...(options.quota === undefined ? {} : { overLimitQuota: options.quota }),
    schedulerBase: options.schedulerBase,
    schedulerCap: options.schedulerCap,
    pid,
  });
}
