import { engineOfVersion } from "../config/engine-features.ts";
import { alertsYaml } from "../report/alert-rules.ts";
import { askedVersion } from "./asked-version.ts";
import type { CommandRegistrar } from "./command-registrar.ts";
import { exitCode } from "./exit-code.ts";
import { maxChunksUpIn } from "./max-chunks-up.ts";
import { atLeastOne } from "./option-values.ts";

interface Options {
  readonly fluentBit?: string;
  readonly taskMap?: number;
  readonly maxChunksUp?: number;
  readonly config?: string;
}

/** `unstuck alerts`. */
export const alertsCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .option("--fluent-bit <version>", "the version of the engine (default: the newest known)")
    .option("--config <file>", "its configuration, for its limits")
    .option("--task-map <number>", "how many tasks it can have", atLeastOne)
    .option("--max-chunks-up <number>", "how many chunks can be in memory", atLeastOne)
    .action(({ fluentBit, taskMap, maxChunksUp, config }: Options) => {
      const version = askedVersion(fluentBit);
      const fromFile = config === undefined ? null : maxChunksUpIn(config, version);
      terminal.out(
        alertsYaml({
          taskMapSize: taskMap ?? engineOfVersion(version).taskMapSize,
          taskMapIsKnown: true,
          maxChunksUp: maxChunksUp ?? fromFile,
        }),
      );
      finish(exitCode.holds);
    });
};
