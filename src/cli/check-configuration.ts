import type { Release } from "../../models/description.ts";
import type { FluentBitConfiguration } from "../config/fluent-bit-configuration.ts";
import { readFluentBitConfiguration } from "../config/read-configuration.ts";
import { configurationVerdictJson } from "../report/configuration-json.ts";
import { configurationMarkdown } from "../report/configuration-markdown.ts";
import { configurationText } from "../report/configuration-text.ts";
import type { ConfigurationVerdict } from "../report/configuration-verdict.ts";
import { askedVersion } from "./asked-version.ts";
import { Deadline } from "./deadline.ts";
import { decideConfiguration } from "./decide-configuration.ts";
import { exitCode } from "./exit-code.ts";
import { judgeConfiguration, judgeRestart } from "./judge-configuration.ts";
import { judgeRemedies } from "./judge-remedies.ts";
import { ProgressLine } from "./progress-line.ts";
import { proveConfiguration } from "./prove-configuration.ts";
import { shapeOfConfiguration } from "./scope-of-configuration.ts";
import type { Terminal } from "./terminal.ts";

/** What `check --config` was asked. */
export interface AskedConfiguration {
  readonly file: string;
  /** The version of Fluent Bit, as written. */
  readonly fluentBit: string | undefined;
  /** The path that Fluent Bit is given on its command line. */
  readonly storagePath: string | undefined;
  readonly format: "text" | "json" | "markdown";
  /** Whether the text shows the state after each step of the path. */
  readonly trace: boolean;
  /** Whether the text shows the model's own scopes. */
  readonly verbose: boolean;
  /** Milliseconds for everything; 0 for no limit, and no proof. */
  readonly timeLimitMs: number;
}

const exitCodes = {
  stuck: exitCode.violated,
  free: exitCode.holds,
  undecided: exitCode.notComplete,
} as const;

/** Columns where there is no terminal. */
const usualWidth = 80;

/** Of the time that is left, what changes the verdict may take so much; the proof gets the rest. */
const shareOfRemedies = 0.4;

async function verdictOn(
  configuration: FluentBitConfiguration,
  releases: readonly Release[],
  clock: Deadline,
  progress: ProgressLine,
): Promise<ConfigurationVerdict> {
  progress.update(() => "exploring small scopes");
  const all = judgeConfiguration(configuration, releases, clock);
  const decision = decideConfiguration(configuration, all);
  const told = {
    shape: all.judged?.shape ?? all.shape,
    judged: all.judged?.result ?? null,
    isolation: all.isolation,
    lifted: all.lifted,
    restartFrees: judgeRestart(configuration, all, releases, clock),
  };
  if (decision.answer === "undecided") {
    return { configuration, ...told, decision, everySize: null, remedies: [] };
  }
  progress.update(() => "exploring what changes the verdict");
  const remedies = judgeRemedies(
    configuration,
    shapeOfConfiguration(configuration),
    all.stuckIn.length > 0,
    releases,
    clock === Deadline.never ? clock : Deadline.in(clock.left() * shareOfRemedies),
  );
  // A proof is about an engine that runs: it says nothing of what a start brings.
  const isOfStarts = all.stuckIn.length === 0 && decision.answer === "stuck";
  const everySize =
    clock === Deadline.never || isOfStarts
      ? null
      : await proveConfiguration(configuration, releases, clock.left(), progress);
  return { configuration, ...told, decision, everySize, remedies };
}

/** `unstuck check --config FILE`: can this configuration get stuck, how, and what changes that? */
export async function checkConfiguration(
  asked: AskedConfiguration,
  releases: readonly Release[],
  terminal: Terminal,
): Promise<number> {
  const version = askedVersion(asked.fluentBit);
  const started = performance.now();
  const clock = asked.timeLimitMs === 0 ? Deadline.never : Deadline.in(asked.timeLimitMs);
  const configuration = readFluentBitConfiguration(asked.file, {
    version,
    environment: process.env,
    ...(asked.storagePath === undefined ? {} : { storagePath: asked.storagePath }),
  });
  const progress = new ProgressLine(terminal);
  const verdict = await verdictOn(configuration, releases, clock, progress);
  progress.end();
  switch (asked.format) {
    case "json":
      terminal.out(
        `${JSON.stringify(configurationVerdictJson(verdict, performance.now() - started))}\n`,
      );
      break;
    case "markdown":
      terminal.out(`${configurationMarkdown(verdict)}\n`);
      break;
    case "text":
      terminal.out(
        `${configurationText(verdict, {
          style: terminal.style,
          width: Number.isFinite(terminal.width) ? terminal.width : usualWidth,
          trace: asked.trace,
          verbose: asked.verbose,
        })}\n`,
      );
      break;
  }
  return exitCodes[verdict.decision.answer];
}
