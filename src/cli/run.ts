import { once } from "node:events";
import { mkdirSync } from "node:fs";
import type { Readable } from "node:stream";
import { engineCreate } from "../engine/core/create-engine.ts";
import type { OutputPlugin } from "../engine/core/structures.ts";
import type { InputPlugin } from "../engine/inputs/input-plugin.ts";
import { StdinInput } from "../engine/inputs/stdin.ts";
import { TailInput } from "../engine/inputs/tail.ts";
import { EngineLoop } from "../engine/loop/engine-loop.ts";
import { httpOutput } from "../engine/outputs/http.ts";
import { fileOutput, stdoutOutput } from "../engine/outputs/text.ts";
import { createLog, type Log } from "../engine/platform/log.ts";
import { nodeFileSystem } from "../engine/platform/node-file-system.ts";
import { systemRandom } from "../engine/platform/random.ts";
import { systemClock } from "../engine/platform/system-clock.ts";
import { findRelease, releases } from "../engine/releases/catalogue.ts";
import { BadInput } from "./bad-input.ts";
import { exitCode } from "./exit-code.ts";
import { serveMetrics } from "./metrics-server.ts";
import { httpTarget, logLevel, retryLimit, seconds, type RunOptions } from "./run-arguments.ts";
import type { Terminal } from "./terminal.ts";

/** What `run` needs of its process. */
export interface RunProcess {
  readonly stdin: Readable;
  readonly pid: number;
  /** Calls back once when the process is asked to stop. */
  readonly onStop: (stop: () => void) => void;
}

interface Plugin<P> {
  readonly name: string;
  readonly plugin: P;
}

function outputOf(options: RunOptions, log: Log, terminal: Terminal): Plugin<OutputPlugin> {
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
  return { name: "stdout", plugin: stdoutOutput(terminal.out) };
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
            nodeFileSystem.append(logFile, new TextEncoder().encode(`${line}\n`));
          },
  });
}

function makeStorage(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`cannot use ${path} as storage: ${why}`);
  }
}

/**
 * `unstuck run`: the reference engine on the real clock, with real files and a real endpoint, until standard input ends
 * or the process is asked to stop; then it shuts down cleanly within the grace time.
 *
 * @throws BadInput if an option is wrong or the storage path cannot be used.
 */
export async function run(
  options: RunOptions,
  own: RunProcess,
  terminal: Terminal,
): Promise<number> {
  const release = findRelease(options.release);
  if (release === undefined) {
    const known = releases.map(({ name }) => name).join(", ");
    throw new BadInput(`there is no release "${options.release}"; known releases are ${known}`);
  }
  const flush = seconds("--flush", options.flush, 0.05);
  const grace = seconds("--grace", options.grace, 0);
  const limit = retryLimit(options.retryLimit);
  const log = logOf(options, release.version.startsWith("5"), terminal);
  const output = outputOf(options, log, terminal);
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
  };
  const input = inputOf(options, own.stdin, stop);
  makeStorage(options.storage);

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
  const stopServing =
    options.metricsPort === undefined
      ? undefined
      : await serveMetrics(started.engine, options.metricsPort);
  const loop = new EngineLoop(started, {
    clock: systemClock,
    flush,
    grace,
    inputs: [input.plugin],
    fileSystem: nodeFileSystem,
  });
  own.onStop(stop);
  if (!stopping.signal.aborted) await once(stopping.signal, "abort");
  await loop.stop();
  stopServing?.();
  return exitCode.holds;
}
