import { BadInput } from "../bad-input.ts";
import { check } from "./check.ts";
import type { CommandRegistrar } from "../command-registrar.ts";
import { atLeastOne, collect, wholeNumber } from "../options/option-values.ts";
import { modelOption } from "../options/model-option.ts";
import { systemOption } from "../options/system-option.ts";

interface Options {
  readonly system?: string;
  readonly release?: string;
  readonly set: readonly string[];
  readonly config?: readonly string[];
  readonly fluentBit?: string;
  readonly storagePath?: string;
  readonly trace?: true;
  readonly verbose?: true;
  readonly coverage?: true;
  readonly json?: true;
  readonly markdown?: true;
  readonly sarif?: true;
  readonly html?: string;
  readonly maxStates?: number;
  readonly maxMemory?: number;
  readonly timeLimit?: number;
}

/** `unstuck check`. */
export const checkCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .option(...systemOption)
    .option(...modelOption)
    .option("--release <name>", "check this release only")
    .option("--set <name=value>", "set a parameter of the scope (repeatable)", collect, [])
    .option(
      "--config <file>",
      "judge this Fluent Bit configuration, classic or YAML (repeatable)",
      (file, files: readonly string[] | undefined) => collect(file, files ?? []),
    )
    .option("--fluent-bit <version>", "the version that reads it (default: the newest known)")
    .option("--storage-path <path>", "the path that Fluent Bit gets by -b or --storage_path")
    .option(
      "--time-limit <seconds>",
      "for the search of a scope, or for everything about each configuration (default: 20; 0: no limit, and no proof)",
      wholeNumber,
    )
    .option("--trace", "with --config: show the state after each step of the way in")
    .option("--verbose", "with --config: show the scopes of the model that were explored")
    .option("--coverage", "also list the branches and comparisons of the model that were not met")
    .option("--json", "print JSON")
    .option("--markdown", "print Markdown, for an issue tracker")
    .option("--sarif", "with --config: print SARIF, for annotations in a code review")
    .option("--html <file>", "also write a page on which every step can be looked at")
    .option("--max-states <number>", "end the search after this many states", atLeastOne)
    .option("--max-memory <MiB>", "end the search at this much memory", atLeastOne)
    .action(async (options: Options) => {
      const formats = (["json", "markdown", "sarif"] as const).filter((one) => options[one]);
      if (formats.length > 1) {
        throw new BadInput(`--${formats.join(" and --")} exclude each other`);
      }
      finish(
        await check(
          {
            set: options.set,
            format: formats[0] ?? "text",
            ...(options.config === undefined ? {} : { config: options.config }),
            ...(options.fluentBit === undefined ? {} : { fluentBit: options.fluentBit }),
            ...(options.storagePath === undefined ? {} : { storagePath: options.storagePath }),
            ...(options.system === undefined ? {} : { system: options.system }),
            ...(options.trace === undefined ? {} : { trace: true }),
            ...(options.verbose === undefined ? {} : { verbose: true }),
            ...(options.coverage === undefined ? {} : { coverage: true }),
            ...(options.release === undefined ? {} : { release: options.release }),
            ...(options.html === undefined ? {} : { html: options.html }),
            ...(options.maxStates === undefined ? {} : { maxStates: options.maxStates }),
            ...(options.timeLimit === undefined ? {} : { timeLimitMs: options.timeLimit * 1000 }),
            ...(options.maxMemory === undefined ? {} : { maxBytes: options.maxMemory * 2 ** 20 }),
          },
          terminal,
        ),
      );
    });
};
