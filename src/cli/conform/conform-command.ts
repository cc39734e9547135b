import { BadInput } from "../bad-input.ts";
import type { CommandRegistrar } from "../command-registrar.ts";
import { conformPort } from "./conform-port.ts";
import { atLeastOne, collect, secondsToWait, wholeNumber } from "../options/option-values.ts";
import type { SuiteOptions } from "../options/suite-options.ts";
import { modelOption } from "../options/model-option.ts";
import { systemOption } from "../options/system-option.ts";

interface Options extends SuiteOptions {
  readonly model: readonly string[];
  readonly release?: string;
  readonly replay?: string;
  readonly timeout: number;
  readonly junit?: string;
  readonly json?: true;
  readonly tap?: true;
}

/** `unstuck conform`. */
export const conformCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .argument("<command...>", "what starts the port, after --")
    .option(...systemOption)
    .option(...modelOption)
    .option("--release <name>", "this release only (default: all that the port supports)")
    .option("--set <name=value>", "this scope only; sets a parameter (repeatable)", collect, [])
    .option("--random <number>", "random walks for each scope", wholeNumber, 2)
    .option("--length <number>", "steps of a random walk", atLeastOne, 200)
    .option("--seed <number>", "seed of the first random walk", wholeNumber, 1)
    .option("--replay <steps>", "take these steps only, as a report gives them")
    .option("--timeout <seconds>", "how long the port may take for one answer", secondsToWait, 10)
    .option("--junit <file>", "write a JUnit report, too")
    .option("--json", "print JSON")
    .option("--tap", "print TAP")
    .action(async (command: string[], options: Options) => {
      const { json, tap, ...rest } = options;
      if (json && tap) throw new BadInput("--json and --tap exclude each other");
      const format = json ? "json" : tap ? "tap" : "text";
      finish(await conformPort({ ...rest, command, format }, terminal));
    });
};
