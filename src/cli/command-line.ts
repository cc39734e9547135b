import { Command, CommanderError, InvalidArgumentError } from "commander";
import { BadInput } from "./bad-input.ts";
import { check } from "./check.ts";
import { exitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

function atLeastOne(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError("a whole number of at least 1 is needed.");
  }
  return value;
}

function collect(value: string, values: readonly string[]): readonly string[] {
  return [...values, value];
}

interface CheckOptionValues {
  readonly release?: string;
  readonly set: readonly string[];
  readonly config?: string;
  readonly fluentBit?: string;
  readonly json?: true;
  readonly markdown?: true;
  readonly maxStates?: number;
  readonly maxMemory?: number;
}

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
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  program
    .command("check")
    .description("explore small scopes: which releases can get stuck, and the shortest way into it")
    .option("--release <name>", "check this release only")
    .option("--set <name=value>", "set a parameter of the scope (repeatable)", collect, [])
    .option("--config <file>", "judge this Fluent Bit configuration (classic or YAML)")
    .option("--fluent-bit <version>", "the version that reads it (default: the newest known)")
    .option("--json", "print JSON")
    .option("--markdown", "print Markdown, for an issue tracker")
    .option("--max-states <number>", "end the search after this many states", atLeastOne)
    .option("--max-memory <MiB>", "end the search at this much memory", atLeastOne)
    .action(async (options: CheckOptionValues) => {
      if (options.json && options.markdown) {
        throw new BadInput("--json and --markdown exclude each other");
      }
      code = await check(
        {
          set: options.set,
          format: options.json ? "json" : options.markdown ? "markdown" : "text",
          ...(options.config === undefined ? {} : { config: options.config }),
          ...(options.fluentBit === undefined ? {} : { fluentBit: options.fluentBit }),
          ...(options.release === undefined ? {} : { release: options.release }),
          ...(options.maxStates === undefined ? {} : { maxStates: options.maxStates }),
          ...(options.maxMemory === undefined ? {} : { maxBytes: options.maxMemory * 2 ** 20 }),
        },
        terminal,
      );
    });
  try {
    await program.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    // Commander has already printed its own sentence.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCode.badInput;
    const sentence = error instanceof Error ? error.message : String(error);
    terminal.err(`unstuck: ${sentence}\n`);
    return exitCode.badInput;
  }
}
