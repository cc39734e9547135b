import type { CommandRegistrar } from "../command-registrar.ts";
import { exitCode } from "../exit-code.ts";
import { inspectScope, type InspectArguments } from "./inspect-scope.ts";
import { atLeastOne, collect, wholeNumber } from "../options/option-values.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { modelOption } from "../options/model-option.ts";
import { systemOption } from "../options/system-option.ts";

/** `unstuck inspect`. */
export const inspectCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .option(...systemOption)
    .option(...modelOption)
    .option("--release <name>", "the release", "v3.0.4")
    .option("--set <name=value>", "set a parameter of the scope (repeatable)", collect, [])
    .option(
      "--counterexample <property>",
      "play the violation of this property, and the loop after it",
    )
    .option("--rounds <n>", "end the loop after so many rounds; default: never", atLeastOne)
    .option("--scenario <file>", "play the actions of a file, one a line, such as: flushOk c0 o0")
    .option("--random <seed>", "take random actions", wholeNumber)
    .option("--autoplay", "play at once; without it the page says when")
    .option("--pace <ms>", "milliseconds between two actions", atLeastOne, 700)
    .option("--port <number>", "the port on 127.0.0.1; 0 for any free one", wholeNumber, 0)
    .option("--allow-origin <origin>", "a web page that may connect (repeatable)", collect, [])
    .action(async (options: InspectArguments & { readonly autoplay?: true }) => {
      const inspector = await inspectScope(options, terminal);
      if (options.autoplay === true) inspector.run.play();
      terminal.out(
        [
          `${inspector.url}  the run, in your browser${options.autoplay === true ? "" : "; it waits for play there"} (Ctrl-C ends)`,
          `${inspector.url}stately  the same in stately.ai/inspect, which needs the internet`,
          `ws://127.0.0.1:${inspector.port}  for createWebSocketInspector of your own program`,
          "",
        ].join("\n"),
      );
      await untilInterrupted();
      await inspector.close();
      finish(exitCode.holds);
    });
};
