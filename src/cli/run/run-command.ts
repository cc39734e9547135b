import type { CommandRegistrar } from "../command-registrar.ts";
import { atLeastOne } from "../options/option-values.ts";
import { portNumber, type RunOptions } from "./run-arguments.ts";
import { run } from "./run.ts";

/** `unstuck run`. */
export const runCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .requiredOption("--storage <path>", "where chunks are kept (storage.path)")
    .option("--tail <files...>", "follow these files or patterns; without it, read standard input")
    .option("--db <file>", "keep the offsets of --tail here across restarts")
    .option("--tag <tag>", "tag of the records", "run")
    .option("--http <url>", "post JSON lines to this endpoint")
    .option("--file <file>", "append JSON lines to this file (default: standard output)")
    .option("--release <name>", "behave like this release", "hardened-fix")
    .option("--flush <seconds>", "time between two flushes", "1")
    .option("--grace <seconds>", "time that a shutdown may take; -1: until all is delivered", "5")
    .option("--retry-limit <limit>", "Retry_Limit of the output", "no_limits")
    .option("--max-chunks-up <number>", "storage.max_chunks_up", atLeastOne, 128)
    .option("--tasks <number>", "size of the task map (default: the release's own)", atLeastOne)
    .option("--quota <number>", "chunks that the output may hold above the limit", atLeastOne)
    .option("--scheduler-base <seconds>", "scheduler.base", atLeastOne, 5)
    .option("--scheduler-cap <seconds>", "scheduler.cap", atLeastOne, 2000)
    .option("--checksum", "storage.checksum on")
    .option("--log-level <level>", "error, warn, info or debug", "info")
    .option("--log-file <file>", "log to this file (default: standard error)")
    .option("--metrics-port <port>", "serve Fluent Bit's metrics on 127.0.0.1", portNumber)
    .action(async (options: RunOptions) => {
      const own = {
        stdin: process.stdin,
        stdout: process.stdout,
        pid: process.pid,
        onStop: (stop: () => void) => {
          for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.once(signal, stop);
        },
      };
      const code = await run(options, own, terminal);
      finish(code);
      // Who does not read must not keep the process alive: what is left for him is in chunks.
      if (process.stdout.writableLength > 0) process.exit(code);
    });
};
