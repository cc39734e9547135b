import type { CommandRegistrar } from "./command-registrar.ts";
import { bench } from "./bench.ts";
import { exitCode } from "./exit-code.ts";
import { atLeastOne } from "./option-values.ts";

/** `unstuck bench`. */
export const benchCommand: CommandRegistrar = (program, terminal, finish) => {
  program
    .command("bench")
    .description("measure the reference engine: on the virtual clock, and on real files")
    .option("--hours <number>", "virtual hours of outage at the real limits", atLeastOne, 48)
    .option("--records <number>", "records through run to a local endpoint", atLeastOne, 200_000)
    .action(async (options: { hours: number; records: number }) => {
      await bench(options, terminal);
      finish(exitCode.holds);
    });
};
