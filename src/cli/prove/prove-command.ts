import { closeSync, openSync, writeSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import { loadReleases } from "../../compile/load-releases.ts";
import { certificateParts } from "../../prove/certificate/certificate.ts";
import type { ProofSummary } from "../../prove/proof-summary.ts";
import { proofJson } from "../../report/proof/proof-json.ts";
import { limitsWords } from "../../report/proof/limits-words.ts";
import { proofText } from "../../report/proof/proof-report.ts";
import { proofMarkdown, proofTable } from "../../report/proof/proof-table.ts";
import { systemWords } from "../../report/proof/proof-words.ts";
import { style } from "../../report/style.ts";
import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import { decidingSettings } from "../../config/settings/setting-in-use.ts";
import { settingSentence } from "../../analysis/configuration/setting-sentence.ts";
import { askedProofs, type AskedSystems } from "./asked-proofs.ts";
import { BadInput } from "../bad-input.ts";
import type { CommandRegistrar } from "../command-registrar.ts";
import { exitCode } from "../exit-code.ts";
import { atLeastOne, collect, wholeNumber } from "../options/option-values.ts";
import { ProgressLine } from "../progress-line.ts";
import type { ProofAnswer, ProofRequest } from "./proof-request.ts";
import { proveRequests } from "./prove-requests.ts";
import { judgedTraffic } from "../../analysis/configuration/scope-of-configuration.ts";
import type { Terminal } from "../terminal.ts";
import { modelOption } from "../options/model-option.ts";
import { systemOption } from "../options/system-option.ts";

interface Options extends AskedSystems {
  readonly timeLimit?: number;
  readonly certificate?: string;
  readonly markdown?: true;
  readonly json?: true;
}

const mostOutputs = 3;
/** Seconds for a system; with three outputs there are hundreds of ways in which chunks move. */
function defaultTimeLimit(outputs: number | undefined): number {
  return outputs === mostOutputs ? 600 : 60;
}

function outputsOption(text: string): number {
  const value = atLeastOne(text);
  if (value <= mostOutputs) return value;
  throw new InvalidArgumentError(`a whole number from 1 to ${mostOutputs} is needed.`);
}

function routingOption(text: string): "all" | "any" {
  if (text === "all" || text === "any") return text;
  throw new InvalidArgumentError("all or any is needed.");
}

function exitCodeOf(proofs: readonly ProofSummary[], notDecided: readonly string[]): number {
  const verdicts = proofs.flatMap(({ properties }) => properties.map(({ verdict }) => verdict));
  if (verdicts.includes("refuted")) return exitCode.violated;
  return notDecided.length > 0 || verdicts.includes("unknown")
    ? exitCode.notComplete
    : exitCode.holds;
}

async function proveAll(
  requests: readonly ProofRequest[],
  terminal: Terminal,
): Promise<readonly ProofAnswer[]> {
  const progress = new ProgressLine(terminal);
  try {
    return await proveRequests(requests, (request, claim, done) => {
      progress.update(() => {
        const count = requests.length > 1 ? `${done}/${requests.length} systems, ` : "";
        return `${count}${systemWords(request)}: ${claim}`.slice(0, 100);
      });
    });
  } finally {
    progress.end();
  }
}

/** Opens the file before hours are spent on what it shall hold. */
function openToWrite(file: string): number {
  try {
    return openSync(file, "w");
  } catch (error) {
    throw new BadInput(
      `cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function writeCertificate(descriptor: number, answers: readonly ProofAnswer[]): void {
  for (const part of certificateParts(answers.map(({ certificate }) => certificate))) {
    writeSync(descriptor, part);
  }
}

/** What of a configuration the proofs are not about, in sentences; empty without a configuration. */
function reservations(configuration: FluentBitConfiguration | null): readonly string[] {
  if (configuration === null) return [];
  const sentences = decidingSettings(configuration.settings).map(settingSentence);
  return judgedTraffic(configuration).routes.exact
    ? sentences
    : [
        ...sentences,
        "Which routes chunks have is not known for certain; all that are possible count.",
      ];
}

function shown(
  proofs: readonly ProofSummary[],
  notDecided: readonly string[],
  options: Options,
  terminal: Terminal,
): string {
  const [first] = proofs;
  if (options.json) {
    const runs = proofs.map(proofJson);
    return JSON.stringify(options.config === undefined ? { runs } : { runs, notDecided });
  }
  const below = notDecided
    .map((sentence) => `\n\nNot decided for the configuration as it is: ${sentence}`)
    .join("");
  if (options.markdown) return `${proofMarkdown(proofs, style(false))}${below}`;
  if (first === undefined || proofs.length > 1)
    return proofTable(proofs, terminal.style, terminal.width);
  const text = proofText(first, terminal.style);
  if (options.config === undefined) return text;
  const limits = notDecided.length === 0 ? `\n\n${limitsWords(first).join("\n")}` : "";
  return `${text}${limits}${below}`;
}

/** `unstuck prove`. */
export const proveCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .option(...systemOption)
    .option(...modelOption)
    .option("--release <name>", "prove this release only")
    .option("--outputs <number>", "how many outputs, 1 to 3 (default: 1, then 2)", outputsOption)
    .option(
      "--routing <all|any>",
      "whether every chunk goes to every output (default: all, then any)",
      routingOption,
    )
    .option("--set <name=value>", "set a flag of the system (repeatable)", collect, [])
    .option("--config <file>", "the outputs, routes and limits of this Fluent Bit configuration")
    .option("--fluent-bit <version>", "the version that reads it (default: the newest known)")
    .option(
      "--time-limit <seconds>",
      "for each system; what is not decided is unknown (default: 60; with 3 outputs 600)",
      wholeNumber,
    )
    .option("--certificate <file>", "write what shows it, for verify-certificate and other solvers")
    .option("--json", "print JSON")
    .option("--markdown", "print Markdown, for an issue tracker")
    .action(async (options: Options) => {
      if (options.json && options.markdown) {
        throw new BadInput("--json and --markdown exclude each other");
      }
      const { requests, configuration } = askedProofs(options, await loadReleases(), {
        only: null,
        timeLimitMs: (options.timeLimit ?? defaultTimeLimit(options.outputs)) * 1000,
        certificate: options.certificate !== undefined,
      });
      const file = options.certificate === undefined ? null : openToWrite(options.certificate);
      const answers = await proveAll(requests, terminal);
      if (file !== null) {
        writeCertificate(file, answers);
        closeSync(file);
      }
      const proofs = answers.map(({ summary }) => summary);
      const notDecided = reservations(configuration);
      terminal.out(`${shown(proofs, notDecided, options, terminal)}\n`);
      finish(exitCodeOf(proofs, notDecided));
    });
};
