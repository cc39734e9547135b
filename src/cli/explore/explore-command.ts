import type { CommandRegistrar } from "../command-registrar.ts";
import { exitCode } from "../exit-code.ts";
import { exploreScope } from "./explore-scope.ts";
import { collect, wholeNumber } from "../options/option-values.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { modelOption } from "../options/model-option.ts";
import { systemOption } from "../options/system-option.ts";

interface Options {
  readonly release: string;
  readonly set: readonly string[];
  readonly port: number;
}

/** `unstuck explore`. */
export const exploreCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .option(...systemOption)
    .option(...modelOption)
    .option("--release <name>", "the release", "v3.0.4")
    .option("--set <name=value>", "set a parameter of the scope (repeatable)", collect, [])
    .option("--port <number>", "the port on 127.0.0.1; 0 for any free one", wholeNumber, 0)
    .action(async (options: Options) => {
      const server = await exploreScope(options, terminal);
      terminal.out(`${server.url}  (Ctrl-C ends)\n`);
      await untilInterrupted();
      await server.close();
      finish(exitCode.holds);
    });
};
