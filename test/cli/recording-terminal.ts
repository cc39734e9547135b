import { runCommandLine } from "../../src/cli/command-line.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { style } from "../../src/report/style.ts";

/** What a command left behind. */
export interface Recorded {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process, and records what it writes. */
export async function run(
  words: readonly string[],
  { coloured = false, showsProgress = false } = {},
): Promise<Recorded> {
  let out = "";
  let err = "";
  const terminal: Terminal = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    style: style(coloured),
    showsProgress,
  };
  const code = await runCommandLine(words, terminal);
  return { code, out, err };
}
