import { Option } from "commander";
import { BadInput } from "../bad-input.ts";
import { benchStart } from "./bench-start.ts";
import { benchScope, searches } from "./bench-scope.ts";
import type { CommandRegistrar } from "../command-registrar.ts";
import { bench } from "./bench.ts";
import { exitCode } from "../exit-code.ts";
import { atLeastOne, collect } from "../options/option-values.ts";

interface Options {
  readonly hours: number;
  readonly records: number;
  readonly release?: string;
  readonly set: readonly string[];
  readonly maxStates?: number;
  readonly only?: string;
  readonly json?: true;
  readonly start?: true;
}

/** `unstuck bench`. */
export const benchCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .option("--hours <number>", "virtual hours of outage at the real limits", atLeastOne, 48)
    .option("--records <number>", "records through run to a local endpoint", atLeastOne, 200_000)
    .option("--release <name>", "search a scope of this release (default: v3.0.4)")
    .option("--set <name=value>", "set a parameter of the scope (repeatable)", collect, [])
    .option("--max-states <number>", "end each search after this many states", atLeastOne)
    .addOption(new Option("--only <search>", "do one search of the scope").choices(searches))
    .option("--start", "what a command takes to start, beside node -e 0")
    .option("--json", "print JSON, of a scope")
    .action(async (options: Options) => {
      const { hours, records, release, set, maxStates, only, json, start } = options;
      const ofScope = release !== undefined || set.length > 0;
      if (!ofScope && (json || only !== undefined || maxStates !== undefined)) {
        throw new BadInput("--json, --only and --max-states go with --release or --set");
      }
      if (start && (ofScope || json)) {
        throw new BadInput("--start goes alone");
      }
      if (start) benchStart(terminal);
      else if (ofScope) {
        const asked = { release: release ?? "v3.0.4", set, json: json ?? false };
        await benchScope(
          {
            ...asked,
            ...(maxStates === undefined ? {} : { maxStates }),
            ...(only === undefined ? {} : { only }),
          },
          terminal,
        );
      } else await bench({ hours, records }, terminal);
      finish(exitCode.holds);
    });
};
