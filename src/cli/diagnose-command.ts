import { createReadStream } from "node:fs";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { engineOfVersion } from "../config/engine-features.ts";
import { parseFluentBitVersion, type FluentBitVersion } from "../config/version.ts";
import { logJson, logText } from "../report/log-report.ts";
import { LogReader, type RunDiagnosis } from "../trace/log/log-reader.ts";
import { askedVersion } from "./asked-version.ts";
import { BadInput } from "./bad-input.ts";
import type { CommandRegistrar } from "./command-registrar.ts";
import { exitCode } from "./exit-code.ts";
import { atLeastOne } from "./option-values.ts";
import { ProgressLine } from "./progress-line.ts";
import type { Terminal } from "./terminal.ts";

interface Options {
  readonly fluentBit?: string;
  readonly taskMap?: number;
  readonly json?: true;
}

/** The bytes of a file, unpacked if its name ends in `.gz`; `-` is the standard input. */
function openLog(file: string): Readable {
  if (file === "-") return process.stdin;
  const bytes = createReadStream(file);
  if (!file.endsWith(".gz")) return bytes;
  // An error on either side is told by the one that is read.
  return pipeline(bytes, createGunzip(), () => undefined);
}

/** What was read, and the line in which the file breaks off, as a killed process leaves it; null where it is whole. */
interface ReadLog {
  readonly reader: LogReader;
  readonly breaksOffAt: number | null;
}

function isCutOff(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "Z_BUF_ERROR";
}

async function readLog(file: string, terminal: Terminal): Promise<ReadLog> {
  const progress = new ProgressLine(terminal);
  const reader = new LogReader();
  let number = 0;
  let rest = "";
  let breaksOffAt: number | null = null;
  try {
    for await (const text of openLog(file).setEncoding("utf8")) {
      const lines = (rest + String(text)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) reader.take(++number, line);
      progress.update(() => `${number} lines read`);
    }
  } catch (error) {
    if (!isCutOff(error)) {
      const why = error instanceof Error ? error.message : String(error);
      throw new BadInput(`cannot read ${file}: ${why}`);
    }
    breaksOffAt = number + 1;
  } finally {
    progress.end();
  }
  if (rest !== "") reader.take(number + 1, rest);
  return { reader, breaksOffAt };
}

/** The size of the task map of a version, as the log has it. */
function taskMapSizeOf(version: string | null, otherwise: FluentBitVersion): number {
  const known = version === null ? undefined : parseFluentBitVersion(version);
  return engineOfVersion(known ?? otherwise).taskMapSize;
}

function exitCodeOf(diagnoses: readonly RunDiagnosis[]): number {
  const isBad = ({ verdict, run }: RunDiagnosis): boolean =>
    verdict === "stuck" || run.counts.lost > 0 || run.counts.refused > 0;
  if (diagnoses.some(isBad)) return exitCode.violated;
  const isOpen = diagnoses.some(({ verdict }) => verdict === "blocked");
  return isOpen ? exitCode.notComplete : exitCode.holds;
}

/** `unstuck diagnose`. */
export const diagnoseCommand: CommandRegistrar = (program, terminal, finish) => {
  program
    .command("diagnose")
    .description("say whether the log of a real engine is that of a stuck one")
    .argument("<file>", "the log, plain or .gz; - for standard input")
    .option(
      "--fluent-bit <version>",
      "the version, where the log does not tell it (default: the newest known)",
    )
    .option("--task-map <number>", "how many tasks the engine can have", atLeastOne)
    .option("--json", "print JSON")
    .action(async (file: string, { fluentBit, taskMap, json }: Options) => {
      const otherwise = askedVersion(fluentBit);
      const { reader, breaksOffAt } = await readLog(file, terminal);
      const diagnoses = reader.diagnoses((version) => taskMap ?? taskMapSizeOf(version, otherwise));
      if (diagnoses.length === 0) {
        throw new BadInput(`${file}: no line is one of a log of Fluent Bit`);
      }
      const shown = json
        ? JSON.stringify(logJson(diagnoses, breaksOffAt))
        : logText(diagnoses, terminal.style);
      if (breaksOffAt !== null) {
        terminal.err(
          `unstuck: ${file} breaks off in line ${breaksOffAt}; what stands before is judged\n`,
        );
      }
      terminal.out(`${shown}\n`);
      finish(exitCodeOf(diagnoses));
    });
};
