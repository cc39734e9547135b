import { runCommandLine } from "../command-line.ts";
import { processTerminal } from "../terminal.ts";

/** Runs the command line of this process; answers its exit code. */
export function runProcess(): Promise<number> {
  return runCommandLine(process.argv.slice(2), processTerminal());
}
