import type { Command } from "commander";
import type { Terminal } from "./terminal.ts";

/**
 * Gives a command, which has its name and description, its arguments, options and action. What the command does ends in
 * `finish` with its exit code; whatever it throws becomes one sentence on standard error and the exit code for bad input.
 */
export type CommandRegistrar = (
  command: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
) => void;
