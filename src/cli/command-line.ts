import { Command, CommanderError } from "commander";
import { loadReleases } from "../compile/load-releases.ts";
import { alertsCommand } from "./alerts-command.ts";
import { benchCommand } from "./bench-command.ts";
import { chartCommand } from "./chart-command.ts";
import { checkCommand } from "./check-command.ts";
import type { CommandRegistrar } from "./command-registrar.ts";
import { compareCommand } from "./compare-command.ts";
import { conformCommand } from "./conform-command.ts";
import { NoEngineRelease } from "./engine-release.ts";
import { exitCode } from "./exit-code.ts";
import { diagnoseCommand } from "./diagnose-command.ts";
import { exportCommand } from "./export-command.ts";
import { exploreCommand } from "./explore-command.ts";
import { inspectCommand } from "./inspect-command.ts";
import { runCommand } from "./run-command.ts";
import { generateCommand } from "./generate-command.ts";
import { portCommand } from "./port-command.ts";
import { proveCommand } from "./prove-command.ts";
import { replayCommand } from "./replay-command.ts";
import { simulateCommand } from "./simulate-command.ts";
import { UserError } from "../errors/user-error.ts";
import { Interrupted } from "./interrupted.ts";
import type { Terminal } from "./terminal.ts";
import { verifyCertificateCommand } from "./verify-certificate-command.ts";
import { knowModels } from "./model-option.ts";
import { version } from "./version.ts";

const commands: readonly CommandRegistrar[] = [
  checkCommand,
  proveCommand,
  verifyCertificateCommand,
  compareCommand,
  simulateCommand,
  runCommand,
  benchCommand,
  chartCommand,
  exportCommand,
  exploreCommand,
  inspectCommand,
  conformCommand,
  generateCommand,
  portCommand,
  diagnoseCommand,
  alertsCommand,
  replayCommand,
];

/** What the machine refuses: a file that is not there, a port that is taken, a full disk. */
function isOfTheMachine(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

/** What is needed to report a defect of this program. */
function defectText(error: unknown, words: readonly string[]): string {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    "unstuck: internal error, please report it with what follows",
    `version ${version()}, Node ${process.version}, ${process.platform}`,
    `command: unstuck ${words.join(" ")}`,
    what,
    "",
  ].join("\n");
}

/**
 * Runs the command line.
 *
 * @param words the arguments, without the program's name
 * @returns the exit code; what the user gave wrong becomes one sentence on standard error, a defect a report
 */
export async function runCommandLine(
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  let code: number = exitCode.holds;
  const program = new Command("unstuck")
    .description("Does Fluent Bit's engine always make progress?")
    .version(version())
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      outputError: (sentence, write) => {
        write(sentence.replace(/^error: /, "unstuck: "));
      },
    });
  for (const register of commands) {
    register(program, terminal, (exit) => {
      code = exit;
    });
  }
  program.hook("preAction", (_, command) => knowModels(command));
  try {
    await program.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    // Commander has already printed its own sentence.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCode.badInput;
    if (error instanceof Interrupted) {
      terminal.err(`unstuck: ${error.message}\n`);
      return exitCode.interrupted;
    }
    if (error instanceof UserError || isOfTheMachine(error)) {
      const sentence =
        error instanceof NoEngineRelease ? await error.sentence(loadReleases) : error.message;
      terminal.err(`unstuck: ${sentence}\n`);
      return exitCode.badInput;
    }
    terminal.err(defectText(error, words));
    return exitCode.defect;
  }
}
