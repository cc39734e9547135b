import { Command, CommanderError, Help, type Option } from "commander";
import { commands } from "./commands.ts";
import { NoEngineRelease } from "./simulate/no-engine-release.ts";
import { exitCode } from "./exit-code.ts";
import { groupCommand, tellHelp } from "./help-text.ts";
import { UserError } from "../errors/user-error.ts";
import { Interrupted } from "./interrupted.ts";
import type { Terminal } from "./terminal.ts";
import { knowModels } from "./options/model-option.ts";
import { tooFewDescriptors } from "./too-few-descriptors.ts";
import { version } from "./version.ts";
import { knowSystem } from "./options/system-option.ts";

/** What the machine refuses: a file that is not there, a port that is taken, a full disk. */
function isOfTheMachine(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

/** The command whose options have to be known: the one to run, or the one to help with. */
function askedCommand(words: readonly string[]): string | undefined {
  const [first, ...others] = words.filter((word) => !word.startsWith("-"));
  return first === "help" ? others[0] : first;
}

/** An option as the help tells it: that a list is empty at first says nothing. */
function optionDescription(option: Option): string {
  const start: unknown = option.defaultValue;
  const isEmpty = Array.isArray(start) && start.length === 0;
  return isEmpty ? option.description : new Help().optionDescription(option);
}

const exitCodes = [
  "Exit codes: 0 it holds, 1 it is violated, 2 the input is wrong, 3 not decided;",
  "unstuck help COMMAND has examples, and the exit codes of that command.",
  "Begin with: unstuck check, or unstuck check --config FILE.",
].join("\n");

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

/** The model may have the release that the engine has not. */
async function engineSentence(error: NoEngineRelease): Promise<string> {
  const { loadReleases } = await import("../compile/load-releases.ts");
  return error.sentence(await loadReleases());
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
    .configureHelp({ optionDescription })
    .addHelpText("after", `\n${exitCodes}`)
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      outputError: (sentence, write) => {
        write(sentence.replace(/^error: /, "unstuck: "));
      },
    });
  const asked = askedCommand(words);
  for (const { name, description, usage, load } of commands) {
    const command = program.command(name).description(description);
    groupCommand(command);
    if (name === asked) {
      (await load())(command, terminal, (exit) => {
        code = exit;
      });
      tellHelp(command);
    } else if (usage !== undefined) command.arguments(usage);
  }
  program.hook("preAction", async (_, command) => {
    await knowSystem(command);
    await knowModels(command);
  });
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
    // What a command loads when it is asked for is missing then, too: the process has its sentence for that.
    if (tooFewDescriptors(error)) throw error;
    if (error instanceof UserError || isOfTheMachine(error)) {
      const sentence =
        error instanceof NoEngineRelease ? await engineSentence(error) : error.message;
      terminal.err(`unstuck: ${sentence}\n`);
      return exitCode.badInput;
    }
    terminal.err(defectText(error, words));
    return exitCode.defect;
  }
}
