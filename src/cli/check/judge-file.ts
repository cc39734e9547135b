import type { Release } from "../../../models/description.ts";
import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import { readFluentBitConfiguration } from "../../config/read-configuration.ts";
import type { FluentBitVersion } from "../../config/version.ts";
import type { ConfigurationVerdict } from "../../analysis/configuration/configuration-verdict.ts";
import { Deadline } from "../../analysis/configuration/deadline.ts";
import { decideConfiguration } from "../../analysis/configuration/decide-configuration.ts";
import {
  judgeConfiguration,
  judgeRestart,
} from "../../analysis/configuration/judge-configuration.ts";
import { judgeRemedies } from "../../analysis/configuration/judge-remedies.ts";
import type { ProgressLine } from "../progress-line.ts";
import { proveConfiguration } from "./prove-configuration.ts";
import { shapeOfConfiguration } from "../../analysis/configuration/scope-of-configuration.ts";

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

/** How a configuration is read, and for how long it is looked at. */
export interface Judging {
  readonly version: FluentBitVersion;
  /** The path that Fluent Bit is given on its command line. */
  readonly storagePath: string | undefined;
  /** Milliseconds for everything; 0 for no limit, and no proof. */
  readonly timeLimitMs: number;
}

/**
 * Reads and judges one configuration.
 *
 * @throws ConfigurationError if it cannot be read, or Fluent Bit would refuse it
 */
export async function judgeFile(
  file: string,
  { version, storagePath, timeLimitMs }: Judging,
  releases: readonly Release[],
  progress: ProgressLine,
): Promise<ConfigurationVerdict> {
  const clock = timeLimitMs === 0 ? Deadline.never : Deadline.in(timeLimitMs);
  const configuration = readFluentBitConfiguration(file, {
    version,
    environment: process.env,
    ...(storagePath === undefined ? {} : { storagePath }),
  });
  return verdictOn(configuration, releases, clock, progress);
}
