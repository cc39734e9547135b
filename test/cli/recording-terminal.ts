import { runCommandLine } from "../../src/cli/command-line.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { style } from "../../src/report/style.ts";

/** What a command left behind. */
export interface Recorded {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A terminal, and what was written to it so far. */
interface RecordingTerminal extends Terminal {
  readonly written: { out: string; err: string };
}

/** A terminal that records what is written. */
export function recordingTerminal({
  coloured = false,
  showsProgress = false,
  width = Number.POSITIVE_INFINITY,
} = {}): RecordingTerminal {
  const written = { out: "", err: "" };
  return {
    written,
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    style: style(coloured),
    width,
    showsProgress,
  };
}

/** Runs the command line in this process, and records what it writes. */
export async function run(
  words: readonly string[],
  options: { readonly coloured?: boolean; readonly showsProgress?: boolean } = {},
): Promise<Recorded> {
  const terminal = recordingTerminal(options);
  const code = await runCommandLine(words, terminal);
  return { code, ...terminal.written };
}
