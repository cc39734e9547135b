import { InvalidArgumentError, Option } from "commander";
import type { LogLevel } from "../../engine/platform/log.ts";
import type { Limits } from "../../engine/simulation/scenario.ts";
import { BadInput } from "../bad-input.ts";
import type { CommandRegistrar } from "../command-registrar.ts";
import { atLeastOne, collect } from "../options/option-values.ts";
import { parsePhases } from "./simulate-phases.ts";
import { plainInput, type SimulationSettings } from "./simulate-settings.ts";
import { parseOffset, parseRate, parseRetryLimit, parseSeconds } from "./simulate-values.ts";
import { simulateStory } from "./simulate.ts";
import { modelOption } from "../options/model-option.ts";

interface Options {
  readonly phases?: string;
  readonly scenario?: string;
  readonly config?: string;
  readonly fluentBit?: string;
  readonly release: readonly string[];
  readonly tasks?: number;
  readonly maxChunksUp?: number;
  readonly quota?: number;
  readonly retryLimit?: Limits["retryLimit"];
  readonly schedulerBase?: number;
  readonly schedulerCap?: number;
  readonly timers?: number;
  readonly pauseOnChunksOverlimit?: true;
  readonly outputs?: number;
  readonly tags?: number;
  readonly rate?: number;
  readonly inputOffset?: number;
  readonly flush?: number;
  readonly seed?: number;
  readonly sampleEvery?: number;
  readonly json?: true;
  readonly svg?: string;
  readonly html?: string;
  readonly log?: string;
  readonly logLevel: LogLevel;
}

/** `unstuck simulate`. */
export const simulateCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .option("--phases <list>", 'what happens, such as "healthy 60s, outage 2h, healthy 1h"')
    .option("--scenario <file>", "read phases, outputs, inputs and limits from a YAML file")
    .option("--config <file>", "take limits, outputs and inputs from a Fluent Bit configuration")
    .option("--fluent-bit <version>", "the version that reads it (default: the newest known)")
    .option(...modelOption)
    .option(
      "--release <name>",
      "a release (repeatable; default: v3.0.4, hardened-fix)",
      collect,
      [],
    )
    .option("--tasks <number>", "size of the task map (default: the release's)", atLeastOne)
    .option("--max-chunks-up <number>", "storage.max_chunks_up (default: 128)", atLeastOne)
    .option(
      "--quota <number>",
      "chunks an output may hold above that limit (default: 2)",
      atLeastZero,
    )
    .option("--retry-limit <limit>", "no_limits (default), no_retries or a number", retryLimit)
    .option("--scheduler-base <seconds>", "scheduler.base (default: 5)", atLeastOne)
    .option("--scheduler-cap <seconds>", "scheduler.cap (default: 2000)", atLeastOne)
    .option("--timers <number>", "timers that retries may hold (default: unlimited)", atLeastOne)
    .option("--pause-on-chunks-overlimit", "pause inputs at storage.max_chunks_up")
    .option("--outputs <number>", "outputs, each of which gets everything (default: 1)", atLeastOne)
    .option("--tags <number>", "different tags (default: 140)", atLeastOne)
    .option("--rate <number>", "records a second for each tag (default: 1)", rate)
    .option("--input-offset <seconds>", "after a flush, when records come in", secondsOrNone)
    .option("--flush <seconds>", "seconds between two flushes (default: 1)", seconds)
    .option("--seed <number>", "of all that is left to chance (default: 1)", atLeastZero)
    .option("--sample-every <seconds>", "virtual seconds between two points of the plot", seconds)
    .option("--json", "print JSON")
    .option("--svg <file>", "write a picture")
    .option("--html <file>", "write a page that needs nothing but itself")
    .option("--log <file>", "write the log in Fluent Bit's words, one file a release")
    .addOption(
      new Option("--log-level <level>", "how much it says")
        .choices(["error", "warn", "info", "debug"])
        .default("info"),
    )
    .action((options: Options) => {
      if (options.fluentBit !== undefined && options.config === undefined) {
        throw new BadInput("--fluent-bit goes with --config");
      }
      if (options.phases !== undefined && options.scenario !== undefined) {
        throw new BadInput("--phases and --scenario exclude each other");
      }
      finish(
        simulateStory(
          {
            config: options.config,
            fluentBit: options.fluentBit,
            tags: options.tags,
            scenario: options.scenario,
            settings: settingsOf(options),
            json: options.json === true,
            svg: options.svg,
            html: options.html,
            log: options.log,
            logLevel: options.logLevel,
          },
          terminal,
        ),
      );
    });
};

function settingsOf(options: Options): SimulationSettings {
  const { release, phases, outputs, config, tags } = options;
  return {
    releases: release.length > 0 ? release : undefined,
    seed: options.seed,
    limits: limitsOf(options),
    flush: options.flush,
    outputs:
      outputs === undefined
        ? undefined
        : Array.from({ length: outputs }, (_, index) => ({
            name: String.fromCharCode("a".charCodeAt(0) + index),
            match: "*",
            retryLimit: undefined,
          })),
    inputs: tags === undefined || config !== undefined ? undefined : [plainInput(tags)],
    rate: options.rate,
    inputOffset: options.inputOffset,
    phases: phases === undefined ? undefined : parsePhases(phases, "--phases"),
    sampleEvery: options.sampleEvery,
  };
}

function limitsOf(options: Options): Partial<Limits> {
  const limits = {
    taskMapSize: options.tasks,
    maxChunksUp: options.maxChunksUp,
    overLimitQuota: options.quota,
    retryLimit: options.retryLimit,
    schedulerBase: options.schedulerBase,
    schedulerCap: options.schedulerCap,
    timerLimit: options.timers,
    pauseOnChunksOverlimit: options.pauseOnChunksOverlimit,
  };
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

function atLeastZero(text: string): number {
  return text === "0" ? 0 : atLeastOne(text);
}

function retryLimit(text: string): Limits["retryLimit"] {
  const value = parseRetryLimit(text);
  if (value !== undefined) return value;
  throw new InvalidArgumentError(
    "no_limits, no_retries or a whole number of at least 1 is needed.",
  );
}

function rate(text: string): number {
  const value = parseRate(text);
  if (value !== undefined) return value;
  throw new InvalidArgumentError("a number above 0 and up to 1000 is needed.");
}

function secondsOrNone(text: string): number {
  const value = parseOffset(text);
  if (value !== undefined) return value;
  throw new InvalidArgumentError("seconds are needed, such as 0, 0.1 or 100ms.");
}

function seconds(text: string): number {
  const value = parseSeconds(text);
  if (value !== undefined) return value;
  throw new InvalidArgumentError("seconds are needed, such as 10, 0.5 or 1m.");
}
