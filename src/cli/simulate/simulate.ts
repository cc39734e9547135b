import { type LogLevel } from "../../engine/platform/log.ts";
import { simulate } from "../../engine/simulation/simulate.ts";
import type { Scenario } from "../../engine/simulation/scenario.ts";
import { pageFiles } from "../../inspect/page-files.ts";
import { simulationHtml } from "../../report/simulation/simulation-html.ts";
import { simulationJson } from "../../report/simulation/simulation-json.ts";
import { LogDigest } from "../../report/simulation/simulation-log.ts";
import type { SimulationReport, SimulationRun } from "../../report/simulation/simulation-run.ts";
import { simulationSvg } from "../../report/simulation/simulation-svg.ts";
import { simulationText } from "../../report/simulation/simulation-text.ts";
import { durationWords } from "../../report/simulation/simulation-words.ts";
import { exitCode } from "../exit-code.ts";
import { ProgressLine } from "../progress-line.ts";
import { settingsOfConfiguration } from "./simulate-configuration.ts";
import { logPath, ResultFile } from "./simulate-files.ts";
import { settingsOfScenarioFile } from "./simulate-scenario-file.ts";
import { mergeSettings, planSimulation, type SimulationSettings } from "./simulate-settings.ts";
import type { Terminal } from "../terminal.ts";

/** What `simulate` was asked. */
export interface SimulateArguments {
  /** A Fluent Bit configuration. */
  readonly config?: string | undefined;
  /** The version that reads it. */
  readonly fluentBit?: string | undefined;
  /** How many tags are made up for a configuration. */
  readonly tags?: number | undefined;
  /** A scenario file. */
  readonly scenario?: string | undefined;
  /** What the command line itself says. */
  readonly settings: SimulationSettings;
  readonly json: boolean;
  readonly svg?: string | undefined;
  readonly html?: string | undefined;
  readonly log?: string | undefined;
  readonly logLevel: LogLevel;
}

/**
 * `unstuck simulate`: a story of outages on the virtual clock, told by the reference engine.
 *
 * @returns the exit code: 1 if an engine is stuck at the end, else 0
 */
export function simulateStory(asked: SimulateArguments, terminal: Terminal): number {
  const configured =
    asked.config === undefined
      ? { settings: {}, notes: [] }
      : settingsOfConfiguration(asked.config, asked.fluentBit, asked.tags);
  const settings = mergeSettings([
    configured.settings,
    asked.scenario === undefined ? {} : settingsOfScenarioFile(asked.scenario),
    asked.settings,
  ]);
  const { scenarios, outputNames } = planSimulation(settings, asked.html !== undefined);
  const svg = asked.svg === undefined ? undefined : new ResultFile(asked.svg);
  const html = asked.html === undefined ? undefined : new ResultFile(asked.html);
  const logs = scenarios.map(({ release }) =>
    asked.log === undefined
      ? undefined
      : new ResultFile(logPath(asked.log, release.name, scenarios.length === 1)),
  );
  const progress = new ProgressLine(terminal);
  const runs = scenarios.map((scenario, index): SimulationRun => {
    const log = logs[index];
    const digest = html === undefined ? undefined : new LogDigest();
    const result = simulate({
      ...scenario,
      ...logInto(log, digest, asked.logLevel),
      onSample: ({ time }) => {
        digest?.endInterval(time);
        progress.update(() => progressWords(scenario, time));
      },
    });
    log?.close();
    return { scenario, result, ...(digest === undefined ? {} : { log: digest }) };
  });
  progress.end();
  const report: SimulationReport = { runs, outputNames, notes: configured.notes };
  writeWhole(svg, () => simulationSvg(report));
  writeWhole(html, () => simulationHtml(report, pageFiles("simulation-page")));
  terminal.out(
    asked.json
      ? `${JSON.stringify(simulationJson(report))}\n`
      : `${simulationText(report, terminal.style)}\n`,
  );
  return runs.some(({ result }) => result.outcome.kind === "stuck")
    ? exitCode.violated
    : exitCode.holds;
}

function logInto(
  file: ResultFile | undefined,
  digest: LogDigest | undefined,
  level: LogLevel,
): Pick<Scenario, "log"> {
  if (file === undefined && digest === undefined) return {};
  return {
    log: {
      level,
      write: (line) => {
        file?.write(`${line}\n`);
        digest?.add(line);
      },
    },
  };
}

function writeWhole(file: ResultFile | undefined, content: () => string): void {
  if (file === undefined) return;
  file.write(content());
  file.close();
}

/** e.g. `v3.0.4: 1h12m of 3h1m`. */
function progressWords({ release, phases }: Scenario, time: number): string {
  const total = phases.reduce((sum, { seconds }) => sum + seconds, 0);
  return `${release.name}: virtual time ${durationWords(time)} of ${durationWords(total)}`;
}
