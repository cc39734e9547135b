import { setTimeout as passing } from "node:timers/promises";
import { askHttp } from "../../diagnose/live/http-question.ts";
import { GrowingLog } from "../../diagnose/live/growing-log.ts";
import { BadInput } from "../bad-input.ts";
import type { CommandRegistrar } from "../command-registrar.ts";
import { atLeastOne, secondsToWait } from "../options/option-values.ts";
import { toldLimits, type LimitOptions } from "../options/told-limits.ts";
import { probe, watch, type WatchClock, type Watching } from "./watch.ts";
import { watchedAddress } from "./watched-address.ts";

interface Options extends LimitOptions {
  readonly log?: string;
  readonly interval: number;
  readonly untilStuck?: true;
  readonly probe?: true;
  readonly json?: true;
}

/** No page of Fluent Bit is longer than this, in bytes. */
const longestPage = 8 * 2 ** 20;
/** Two questions, one after the other, are over within a second. */
const probePatience = 400;
/** A probe reads this much of the end of a log, in bytes. */
const probeLog = 2 ** 20;

const systemWatchClock: WatchClock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    try {
      await passing(milliseconds, undefined, { signal });
    } catch {
      // It was told to stop.
    }
  },
};

function opened(path: string | undefined, most: number | undefined): Watching["log"] {
  if (path === undefined) return null;
  try {
    return { path, file: new GrowingLog(path, most) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`cannot read --log ${path}: ${why}`);
  }
}

/**
 * Does something that is told to stop when somebody presses Ctrl-C, the process is asked to end, or nobody reads what it prints
 * any more.
 */
async function untilStopped(act: (stop: AbortSignal) => Promise<number>): Promise<number> {
  const stop = new AbortController();
  const abort = (): void => {
    stop.abort();
  };
  process.once("SIGINT", abort).once("SIGTERM", abort);
  process.stdout.once("error", abort);
  try {
    return await act(stop.signal);
  } finally {
    process.off("SIGINT", abort).off("SIGTERM", abort);
    process.stdout.off("error", abort);
  }
}

/** `unstuck watch`. */
export const watchCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .argument("<url>", "the HTTP server of the engine, such as http://127.0.0.1:2020")
    .option("--log <file>", "its log, which is read while it grows")
    .option("--interval <seconds>", "from one question to the next", secondsToWait, 5)
    .option("--until-stuck", "end with exit code 1 when the engine is stuck")
    .option("--probe", "ask once, within a second: exit code 1 if the engine is stuck, else 0")
    .option("--fluent-bit <version>", "the version, where the engine does not tell it")
    .option("--config <file>", "the configuration of the engine, for its limits")
    .option("--task-map <number>", "how many tasks the engine can have", atLeastOne)
    .option("--max-chunks-up <number>", "how many chunks can be in memory", atLeastOne)
    .option("--json", "print a line of JSON for each status")
    .action(async (url: string, options: Options) => {
      const isProbe = options.probe === true;
      const { shown, page } = watchedAddress(url);
      const milliseconds = isProbe ? probePatience : Math.max(1000, options.interval * 1000);
      const patience = { milliseconds, bytes: longestPage };
      const watching: Watching = {
        address: shown,
        ask: (path) => askHttp(page(path), patience),
        limitsOf: toldLimits(options),
        interval: options.interval * 1000,
        json: options.json === true,
        log: opened(options.log, isProbe ? probeLog : undefined),
      };
      const untilStuck = options.untilStuck === true;
      try {
        finish(
          await untilStopped((stop) =>
            isProbe
              ? probe(watching, systemWatchClock, stop, terminal)
              : watch(watching, systemWatchClock, stop, untilStuck, terminal),
          ),
        );
      } finally {
        watching.log?.file.close();
      }
    });
};
