import { runCommandLine } from "../../src/cli/command-line.ts";
import { style } from "../../src/report/style.ts";

/** Has a command write its page into a file; returns what it complained about. */
export async function writePage(file: string, ...command: readonly string[]): Promise<string> {
  let complaints = "";
  const terminal = {
    out: () => undefined,
    err: (text: string) => {
      complaints += text;
    },
    style: style(false),
    showsProgress: false,
  };
  await runCommandLine([...command, "--html", file], terminal);
  return complaints;
}
