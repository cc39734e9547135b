import { alertsYaml } from "../../report/diagnosis/alert-rules.ts";
import { dashboardJson } from "../../report/diagnosis/dashboard.ts";
import type { CommandRegistrar } from "../command-registrar.ts";
import { exitCode } from "../exit-code.ts";
import { atLeastOne, secondsToWait } from "../options/option-values.ts";
import { toldLimits, type LimitOptions } from "../options/told-limits.ts";

interface Options extends LimitOptions {
  readonly scrapeInterval: number;
  readonly dashboard?: true;
}

/** `unstuck alerts`. */
export const alertsCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .option("--fluent-bit <version>", "the version of the engine (default: the newest known)")
    .option("--config <file>", "its configuration, for its limits")
    .option("--task-map <number>", "how many tasks it can have", atLeastOne)
    .option("--max-chunks-up <number>", "how many chunks can be in memory", atLeastOne)
    .option("--scrape-interval <seconds>", "how often Prometheus asks it", secondsToWait, 15)
    .option("--dashboard", "print a dashboard for Grafana instead")
    .action((options: Options) => {
      const limits = toldLimits(options)(null, null);
      terminal.out(
        options.dashboard === true
          ? `${JSON.stringify(dashboardJson(limits), null, 2)}\n`
          : alertsYaml(limits, { interval: options.scrapeInterval }),
      );
      finish(exitCode.holds);
    });
};
