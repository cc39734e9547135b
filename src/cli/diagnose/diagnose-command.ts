import { Evidence } from "../../diagnose/evidence.ts";
import type { EvidencePlace } from "../../diagnose/evidence-place.ts";
import type { Diagnosis } from "../../diagnose/judge/diagnosis.ts";
import { judgedEngines } from "../../diagnose/judge/judged-engines.ts";
import { decodedText } from "../../diagnose/read/decoded-text.ts";
import { diagnosisHtml } from "../../report/diagnosis/diagnosis-html.ts";
import { diagnosisMarkdown } from "../../report/diagnosis/diagnosis-markdown.ts";
import { diagnosisJson } from "../../report/diagnosis/diagnosis-json.ts";
import { diagnosisText } from "../../report/diagnosis/diagnosis-text.ts";
import { BadInput } from "../bad-input.ts";
import type { CommandRegistrar } from "../command-registrar.ts";
import { bytesOf, diagnoseSources, nameOf, type DiagnoseSource } from "./diagnose-sources.ts";
import { diagnosisExitCode } from "./diagnosis-exit-code.ts";
import { atLeastOne } from "../options/option-values.ts";
import { ProgressLine } from "../progress-line.ts";
import { ResultFile } from "../simulate/simulate-files.ts";
import type { Terminal } from "../terminal.ts";
import { toldLimits, type LimitOptions } from "../options/told-limits.ts";

interface Options extends LimitOptions {
  readonly json?: true;
  readonly markdown?: true;
  readonly html?: string;
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

function shown(
  diagnoses: readonly Diagnosis[],
  brokenOff: readonly EvidencePlace[],
  { json, markdown }: Options,
  { style }: Terminal,
): string {
  if (json) return JSON.stringify(diagnosisJson(diagnoses, brokenOff));
  return markdown ? diagnosisMarkdown(diagnoses) : diagnosisText(diagnoses, style);
}

async function diagnose(
  files: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<number> {
  if (options.json && options.markdown) {
    throw new BadInput("--json and --markdown exclude each other");
  }
  const limitsOf = toldLimits(options);
  const sources = diagnoseSources(files);
  const evidence = new Evidence((version) => limitsOf(version, null).taskMapSize);
  const progress = new ProgressLine(terminal);
  const brokenOff: EvidencePlace[] = [];
  try {
    for (const source of sources) {
      const place = await readSource(source, evidence, progress);
      if (place !== null) brokenOff.push(place);
    }
  } finally {
    progress.end();
  }
  const diagnoses = judgedEngines(evidence, limitsOf, nameOf);
  if (diagnoses.length === 0) {
    throw new BadInput(
      `${files.join(", ")}: no line is one of a log of Fluent Bit, or of its metrics`,
    );
  }
  // Opened when there is something to write: a page that is there already is not emptied for bad input.
  const page = options.html === undefined ? undefined : new ResultFile(options.html);
  for (const { file, line } of brokenOff) {
    terminal.err(`unstuck: ${file} breaks off in line ${line}; what stands before is judged\n`);
  }
  terminal.out(`${shown(diagnoses, brokenOff, options, terminal)}\n`);
  page?.write(diagnosisHtml(diagnoses));
  page?.close();
  return diagnosisExitCode(diagnoses);
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
    .option("--markdown", "print Markdown, for an issue tracker")
    .option("--html <file>", "also write a page with a time line and plots")
    .action(async (files: string[], options: Options) => {
      finish(await diagnose(files, options, terminal));
    });
};
