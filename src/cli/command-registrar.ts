import type { Command } from "commander";
import type { Terminal } from "./terminal.ts";

/**
 * Adds one command to the program. What the command does ends in `finish` with its exit code; whatever it throws
 * becomes one sentence on standard error and the exit code for bad input.
 */
export type CommandRegistrar = (
  program: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
) => void;
