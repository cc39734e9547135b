import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadReleases } from "../../compile/load-releases.ts";
import {
  checkCertificate,
  type Asked,
  type CheckedRun,
} from "../../prove/certificate/check-certificate.ts";
import { NoCertificate, UnfitCertificate } from "../../prove/certificate/no-certificate.ts";
import { scriptOf } from "../../prove/logic/smt-lib.ts";
import { startZ3 } from "../../prove/logic/solver.ts";
import {
  certificateJson,
  certificateText,
  isConfirmed,
} from "../../report/proof/certificate-report.ts";
import { systemWords } from "../../report/proof/proof-words.ts";
import { BadInput } from "../bad-input.ts";
import type { CommandRegistrar } from "../command-registrar.ts";
import { exitCode } from "../exit-code.ts";
import { ProgressLine } from "../progress-line.ts";
import { readJsonFile } from "../read-json-file.ts";
import type { Terminal } from "../terminal.ts";
import { modelOption } from "../options/model-option.ts";
import { numberIn } from "../../../models/system.ts";

interface Options {
  readonly smtLib?: string;
  readonly json?: true;
}

/** Writes a statement where other solvers find it: a folder for each run, a file for each statement. */
function writeScript(folder: string, asked: Asked): void {
  const { statement, run, release, parameters, index, of } = asked;
  const outputs = numberIn(parameters, "outputs");
  const routing =
    typeof parameters["routing"] === "string" ? parameters["routing"] : "listed-routes";
  const number = String(run + 1).padStart(2, "0");
  const runFolder = join(folder, `${number}-${release}-${outputs}-${routing}`);
  if (index === 0) mkdirSync(runFolder, { recursive: true });
  const name = String(index + 1).padStart(String(of).length, "0");
  writeFileSync(join(runFolder, `${name}.smt2`), scriptOf(statement));
}

async function checked(
  file: string,
  options: Options,
  terminal: Terminal,
): Promise<readonly CheckedRun[]> {
  const json = readJsonFile(file);
  const releases = await loadReleases();
  const progress = new ProgressLine(terminal);
  const solver = await startZ3();
  try {
    return await checkCertificate(json, releases, solver, (asked) => {
      if (options.smtLib !== undefined) writeScript(options.smtLib, asked);
      const { index, of, statement } = asked;
      progress.update(() =>
        `${systemWords(asked)}, ${index}/${of}: ${statement.claim}`.slice(0, 100),
      );
    });
  } finally {
    progress.end();
    await solver.close();
  }
}

/** `unstuck verify-certificate`. */
export const verifyCertificateCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .option(...modelOption)
    .argument("<file>", "the certificate")
    .option("--smt-lib <folder>", "also write each statement as a script for any SMT solver")
    .option("--json", "print JSON")
    .action(async (file: string, options: Options) => {
      try {
        const runs = await checked(file, options, terminal);
        terminal.out(
          options.json
            ? `${JSON.stringify(certificateJson(runs))}\n`
            : `${certificateText(runs, terminal.style)}\n`,
        );
        finish(isConfirmed(runs) ? exitCode.holds : exitCode.violated);
      } catch (error) {
        if (error instanceof NoCertificate) {
          throw new BadInput(`${file} is no certificate: ${error.message}`);
        }
        if (!(error instanceof UnfitCertificate)) throw error;
        terminal.err(`unstuck: ${file} does not fit the model: ${error.message}\n`);
        finish(exitCode.violated);
      }
    });
};
