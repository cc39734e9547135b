import { engineOfVersion } from "../config/engine-features.ts";
import { parseFluentBitVersion, type FluentBitVersion } from "../config/version.ts";
import { Evidence } from "../diagnose/evidence.ts";
import type { EvidencePlace } from "../diagnose/evidence-place.ts";
import { diagnoseEngine, diagnoseMetrics, type Diagnosis } from "../diagnose/judge/diagnosis.ts";
import { isBad, isOpen } from "../diagnose/judge/finding.ts";
import type { Limits } from "../diagnose/judge/limits.ts";
import type { LoggedEngine } from "../diagnose/log/engine-logs.ts";
import { decodedText } from "../diagnose/read/decoded-text.ts";
import { diagnosisJson } from "../report/diagnosis-json.ts";
import { diagnosisText } from "../report/diagnosis-text.ts";
import { askedVersion } from "./asked-version.ts";
import { BadInput } from "./bad-input.ts";
import type { CommandRegistrar } from "./command-registrar.ts";
import { bytesOf, diagnoseSources, nameOf, type DiagnoseSource } from "./diagnose-sources.ts";
import { exitCode } from "./exit-code.ts";
import { maxChunksUpIn } from "./max-chunks-up.ts";
import { atLeastOne } from "./option-values.ts";
import { ProgressLine } from "./progress-line.ts";
import type { Terminal } from "./terminal.ts";

interface Options {
  readonly fluentBit?: string;
  readonly taskMap?: number;
  readonly maxChunksUp?: number;
  readonly config?: string;
  readonly json?: true;
}

function isCutOff(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "Z_BUF_ERROR";
}

/**
 * Reads a file.
 *
 * @returns where it breaks off, as a killed process leaves it; null where it is whole
 */
async function readSource(
  { file, log }: DiagnoseSource,
  evidence: Evidence,
  progress: ProgressLine,
): Promise<EvidencePlace | null> {
  let number = 0;
  let rest = "";
  let breaksOff: EvidencePlace | null = null;
  try {
    for await (const text of decodedText(bytesOf(file))) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) evidence.take(file, log, ++number, line);
      progress.update(() => `${file}: ${number} lines read`);
    }
  } catch (error) {
    if (!isCutOff(error)) {
      const why = error instanceof Error ? error.message : String(error);
      throw new BadInput(`cannot read ${file}: ${why}`);
    }
    breaksOff = { file, line: number + 1, at: null };
  }
  if (rest !== "") evidence.take(file, log, number + 1, rest);
  evidence.end(file, log);
  return breaksOff;
}

/** What is told of the engine besides its logs and metrics. */
interface Told {
  readonly version: FluentBitVersion | null;
  readonly taskMap: number | null;
  readonly maxChunksUp: number | null;
}

function toldBy(options: Options): Told {
  const version = options.fluentBit === undefined ? null : askedVersion(options.fluentBit);
  const fromFile =
    options.config === undefined ? null : maxChunksUpIn(options.config, version ?? undefined);
  return {
    version,
    taskMap: options.taskMap ?? null,
    maxChunksUp: options.maxChunksUp ?? fromFile,
  };
}

function limitsOf(told: Told, logged: string | null, maxChunksUp: number | null): Limits {
  const known = logged === null ? undefined : parseFluentBitVersion(logged);
  const version = known ?? told.version;
  return {
    taskMapSize: told.taskMap ?? engineOfVersion(version ?? askedVersion(undefined)).taskMapSize,
    taskMapIsKnown: told.taskMap !== null || version !== null,
    maxChunksUp: maxChunksUp ?? told.maxChunksUp,
  };
}

/** Metrics belong to the engine whose log is read with them; where there are several, they are judged by themselves. */
function judged(evidence: Evidence, told: Told): readonly Diagnosis[] {
  const limits = (version: string | null, maxChunksUp: number | null): Limits =>
    limitsOf(told, version, maxChunksUp);
  const { engines, samples } = evidence;
  const [only, ...others] = engines;
  const named = ({ log, source }: LoggedEngine): string => (source === "" ? nameOf(log) : source);
  if (only !== undefined && others.length === 0) {
    const all = [...samples.values()].flat();
    return diagnoseEngine({ ...only, name: named(only) }, all, limits);
  }
  return [
    ...engines.flatMap((engine) => diagnoseEngine({ ...engine, name: named(engine) }, [], limits)),
    ...[...samples].map(([file, own]) => diagnoseMetrics(nameOf(file), own, limits)),
  ];
}

function exitCodeOf(diagnoses: readonly Diagnosis[]): number {
  const findings = diagnoses.flatMap((diagnosis) => diagnosis.findings);
  if (findings.some(isBad)) return exitCode.violated;
  return findings.some(isOpen) ? exitCode.notComplete : exitCode.holds;
}

async function diagnose(
  files: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<number> {
  const told = toldBy(options);
  const evidence = new Evidence((version) => limitsOf(told, version, null).taskMapSize);
  const progress = new ProgressLine(terminal);
  const brokenOff: EvidencePlace[] = [];
  try {
    for (const source of diagnoseSources(files)) {
      const place = await readSource(source, evidence, progress);
      if (place !== null) brokenOff.push(place);
    }
  } finally {
    progress.end();
  }
  const diagnoses = judged(evidence, told);
  if (diagnoses.length === 0) {
    throw new BadInput(
      `${files.join(", ")}: no line is one of a log of Fluent Bit, or of its metrics`,
    );
  }
  for (const { file, line } of brokenOff) {
    terminal.err(`unstuck: ${file} breaks off in line ${line}; what stands before is judged\n`);
  }
  const shown = options.json
    ? JSON.stringify(diagnosisJson(diagnoses, brokenOff))
    : diagnosisText(diagnoses, terminal.style);
  terminal.out(`${shown}\n`);
  return exitCodeOf(diagnoses);
}

/** `unstuck diagnose`. */
export const diagnoseCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .argument(
      "<files...>",
      "logs and metrics: files, plain or packed, or folders; - for standard input",
    )
    .option("--fluent-bit <version>", "the version, where nothing that is read tells it")
    .option("--config <file>", "the configuration of the engine, for its limits")
    .option("--task-map <number>", "how many tasks the engine can have", atLeastOne)
    .option("--max-chunks-up <number>", "how many chunks can be in memory", atLeastOne)
    .option("--json", "print JSON")
    .action(async (files: string[], options: Options) => {
      finish(await diagnose(files, options, terminal));
    });
};
