import type { Release } from "../../models/description.ts";
import { readFluentBitConfiguration } from "../config/read-configuration.ts";
import { configurationVerdictJson } from "../report/configuration-json.ts";
import { configurationMarkdown, configurationText } from "../report/configuration-report.ts";
import { askedVersion } from "./asked-version.ts";
import { exitCode } from "./exit-code.ts";
import { judgeConfiguration } from "./judge-configuration.ts";
import { ProgressLine } from "./progress-line.ts";
import { proveConfiguration } from "./prove-configuration.ts";
import type { Terminal } from "./terminal.ts";

/** `unstuck check --config FILE`: can this configuration get stuck, how, and what changes that? */
export async function checkConfiguration(
  file: string,
  fluentBit: string | undefined,
  format: "text" | "json" | "markdown",
  timeLimitMs: number,
  releases: readonly Release[],
  terminal: Terminal,
): Promise<number> {
  const version = askedVersion(fluentBit);
  const started = performance.now();
  const configuration = readFluentBitConfiguration(file, { version, environment: process.env });
  const progress = new ProgressLine(terminal);
  progress.update(() => "exploring small scopes");
  const explored = judgeConfiguration(configuration, releases);
  const everySize =
    explored.judged === null || timeLimitMs === 0
      ? null
      : await proveConfiguration(configuration, releases, timeLimitMs, progress);
  progress.end();
  const verdict = { ...explored, everySize };
  switch (format) {
    case "json":
      terminal.out(
        `${JSON.stringify(configurationVerdictJson(verdict, performance.now() - started))}\n`,
      );
      break;
    case "markdown":
      terminal.out(`${configurationMarkdown(verdict)}\n`);
      break;
    case "text":
      terminal.out(`${configurationText(verdict, terminal.style)}\n`);
      break;
  }
  if (verdict.judged === null) return exitCode.holds;
  const stalled = verdict.judged.properties.find(({ property }) => property === "stalled");
  return stalled?.verdict === "violated" ? exitCode.violated : exitCode.holds;
}
