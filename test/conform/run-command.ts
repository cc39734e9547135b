import { runCommandLine } from "../../src/cli/command-line.ts";
import { style } from "../../src/report/style.ts";

/** What a command printed, and how it ended. */
interface CommandRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process. */
export async function runCommand(...words: readonly string[]): Promise<CommandRun> {
  let out = "";
  let err = "";
  const code = await runCommandLine(words, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    style: style(false),
    width: Number.POSITIVE_INFINITY,
    showsProgress: false,
  });
  return { code, out, err };
}
