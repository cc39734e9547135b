import { Command, CommanderError } from "commander";
import { loadReleases } from "../compile/load-releases.ts";
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
import { Interrupted } from "./interrupted.ts";
import type { Terminal } from "./terminal.ts";
import { verifyCertificateCommand } from "./verify-certificate-command.ts";
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
  replayCommand,
];

/**
 * Runs the command line.
 *
 * @param words the arguments, without the program's name
 * @returns the exit code; whatever goes wrong becomes one sentence on standard error
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
  try {
    await program.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    // Commander has already printed its own sentence.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCode.badInput;
    const sentence =
      error instanceof NoEngineRelease
        ? await error.sentence(loadReleases)
        : error instanceof Error
          ? error.message
          : String(error);
    terminal.err(`unstuck: ${sentence}\n`);
    return error instanceof Interrupted ? exitCode.interrupted : exitCode.badInput;
  }
}
