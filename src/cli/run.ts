import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { setTimeout as passing } from "node:timers/promises";
import type { ChunkStore } from "../engine/chunkio/chunk.ts";
import { engineCreate } from "../engine/core/create-engine.ts";
import type { Release } from "../engine/core/engine.ts";
import type { OutputPlugin } from "../engine/core/structures.ts";
import type { InputPlugin } from "../engine/inputs/input-plugin.ts";
import { StdinInput } from "../engine/inputs/stdin.ts";
import { TailInput } from "../engine/inputs/tail.ts";
import { EngineLoop } from "../engine/loop/engine-loop.ts";
import { httpOutput } from "../engine/outputs/http.ts";
import { streamOutput } from "../engine/outputs/stream.ts";
import { fileOutput } from "../engine/outputs/text.ts";
import { createLog, type Log } from "../engine/platform/log.ts";
import { nodeFileSystem } from "../engine/platform/node-file-system.ts";
import { systemRandom } from "../engine/platform/random.ts";
import { systemClock } from "../engine/platform/system-clock.ts";
import { BadInput } from "./bad-input.ts";
import { engineRelease } from "./engine-release.ts";
import { exitCode } from "./exit-code.ts";
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
import type { Terminal } from "./terminal.ts";

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
    return { name: "file", plugin: fileOutput(nodeFileSystem, options.file) };
  }
  return { name: "stdout", plugin: streamOutput(stdout) };
}

function inputOf(options: RunOptions, stdin: Readable, onEnd: () => void): Plugin<InputPlugin> {
  const { tail, db, tag } = options;
  if (tail === undefined) {
    if (db !== undefined) throw new BadInput("--db goes with --tail");
    return { name: "stdin", plugin: new StdinInput(stdin, tag, onEnd) };
  }
  const plugin = new TailInput({ path: tail, tag, ...(db === undefined ? {} : { db }) });
  return { name: "tail", plugin };
}

/** A log that cannot be written is no reason to stop delivering. */
function appendLine(path: string, line: string): void {
  try {
    nodeFileSystem.append(path, new TextEncoder().encode(`${line}\n`));
  } catch {
    // There is nowhere to complain.
  }
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
        : (line) => {
            appendLine(logFile, line);
          },
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
  const end = grace < 0 ? Number.POSITIVE_INFINITY : systemClock.now() + grace * 1000;
  while (store.totalChunks > 0 && systemClock.now() < end && !asked.aborted) await passing(20);
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
  const flush = seconds("--flush", options.flush, 0.05);
  const grace = graceSeconds(options.grace);
  const limit = retryLimit(options.retryLimit);
  const log = logOf(options, release.timeStamp === "milliseconds", terminal);
  const output = outputOf(options, log, own.stdout);
  const ended = new AbortController();
  const asked = new AbortController();
  const input = inputOf(options, own.stdin, () => {
    ended.abort();
  });
  preparePlaces(options);
  const { metricsPort } = options;
  const metrics = metricsPort === undefined ? undefined : await serveMetrics(metricsPort);

  const started = engineCreate({
    release,
    clock: systemClock,
    random: systemRandom,
    log,
    storage: {
      fileSystem: nodeFileSystem,
      rootPath: options.storage,
      maxChunksUp: options.maxChunksUp,
      checksum: options.checksum ?? false,
    },
    inputs: [{ plugin: input.name }],
    outputs: [{ pluginName: output.name, match: "*", retryLimit: limit, plugin: output.plugin }],
    ...(options.tasks === undefined ? {} : { taskMapSize: options.tasks }),
    ...(options.quota === undefined ? {} : { overLimitQuota: options.quota }),
    schedulerBase: options.schedulerBase,
    schedulerCap: options.schedulerCap,
    pid: own.pid,
  });
  metrics?.show(started.engine);
  own.onStop(() => {
    asked.abort();
  });
  const loop = new EngineLoop(started, {
    clock: systemClock,
    flush,
    grace,
    inputs: [input.plugin],
    fileSystem: nodeFileSystem,
  });
  await Promise.race([aborted(ended.signal), aborted(asked.signal)]);
  if (!asked.signal.aborted) await drained(started.engine.store, grace, asked.signal);
  await loop.stop();
  metrics?.close();
  return exitCode.holds;
}
